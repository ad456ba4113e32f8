"""Setting a rank order, approving it for the portfolio board, and publishing it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.core.verdict import Refused, Stale, refuse
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.organisation.models import Unit
from samrad.portfolio import events
from samrad.portfolio.models import Portfolio, Ranking, RankPlace, house_in
from samrad.portfolio.policy import can_approve_ranking, can_publish_ranking, can_rank, places_lack, reasons_lack
from samrad.portfolio.queries import board_of
from samrad.portfolio.queries.ranking import differences, own_orders, places_of, rankings_of, to_rank

Place = tuple[int, str]
"""A place, and why."""


def _locked(ranking_id: int, version: int | None) -> Ranking:
    found = Ranking.objects.select_for_update(of=("self",)).select_related("portfolio", "sector__owner")
    ranking = found.get(pk=ranking_id)
    if version is not None and version != ranking.version:
        raise Stale(_("Someone has changed this since you opened the page. Look at it again before you go on."))
    return ranking


@transaction.atomic
def keep_ranking(
    *,
    by: Actor,
    at: datetime,
    portfolio: Portfolio,
    sector: Unit | None,
    version: int | None,
    places: Mapping[int, Place],
) -> Ranking:
    """Set the rank order, as a draft: {project: (place, reason)}. One that was approved is a draft again."""
    can_rank(by, portfolio, sector).require()
    rows = Ranking.objects.filter(portfolio=portfolio, sector=sector).exclude(state=Ranking.State.PUBLISHED)
    ranking = rows.select_for_update(of=("self",)).first()
    if version is not None and version != (ranking.version if ranking else 0):
        raise Stale(_("Someone has changed this since you opened the page. Look at it again before you go on."))
    known = {project.pk: project for project in to_rank(by, portfolio, sector)}
    refuse(places_lack({pk: place for pk, (place, _reason) in places.items()}))
    if set(places) - set(known):
        raise Refused(_("A project you ranked is no longer under way here. Look at the list again."))
    if ranking is None:
        owner = sector.owner_id if sector else portfolio.owner_id
        share = portfolio.owner_id if owner != portfolio.owner_id else portfolio.shared_with_id
        ranking = Ranking(owner_id=owner, shared_with_id=share, portfolio=portfolio, sector=sector, version=0)
    ranking.state, ranking.approved_by, ranking.approved_at, ranking.approved_in = Ranking.State.DRAFT, None, None, ""
    ranking.made_at, ranking.made_by_id = at, by.person
    ranking.version += 1
    ranking.save()
    house = {"owner_id": ranking.owner_id, "shared_with_id": ranking.shared_with_id}
    ranking.places.all().delete()
    RankPlace.objects.bulk_create(
        RankPlace(
            **(house if known[pk].portfolio_id == portfolio.pk else house_in(portfolio, known[pk])),
            ranking=ranking,
            project_id=pk,
            place=place,
            reason=reason.strip(),
        )
        for pk, (place, reason) in places.items()
    )
    event = events.RankingKept(
        portfolio_id=portfolio.pk, ranking_id=ranking.pk, sector_id=ranking.sector_id, places=len(places)
    )
    record(event, by=by, at=at, house=ranking)
    return ranking


@transaction.atomic
def approve_ranking(*, by: Actor, at: datetime, ranking_id: int, version: int | None, where: str) -> Ranking:
    """Approve the rank order for the portfolio board, saying where it was treated."""
    ranking = _locked(ranking_id, version)
    board = {person.pk for person in board_of(ranking.portfolio, on=localdate(at))}
    can_approve_ranking(by, ranking, board).require()
    rankings = list(rankings_of([ranking.portfolio]))
    places = places_of(rankings)
    refuse(reasons_lack(differences(places.get(ranking.pk, []), own_orders(rankings, places))))
    ranking.state, ranking.approved_at, ranking.approved_by_id = Ranking.State.APPROVED, at, by.person
    ranking.approved_in = where.strip()
    ranking.version += 1
    ranking.save()
    event = events.RankingApproved(portfolio_id=ranking.portfolio_id, ranking_id=ranking.pk)
    record(event, by=by, at=at, house=ranking)
    return ranking


@transaction.atomic
def publish_ranking(*, by: Actor, at: datetime, ranking_id: int, version: int | None) -> Ranking:
    """Publish the rank order: from now it holds, and everyone reads it. A sector's own its head answers for alone."""
    ranking = _locked(ranking_id, version)
    can_publish_ranking(by, ranking).require()
    if ranking.sector_id is not None:
        ranking.approved_at, ranking.approved_by_id = at, by.person
    ranking.state, ranking.published_at, ranking.published_by_id = Ranking.State.PUBLISHED, at, by.person
    ranking.version += 1
    ranking.save()
    event = events.RankingPublished(
        portfolio_id=ranking.portfolio_id, ranking_id=ranking.pk, sector_id=ranking.sector_id
    )
    record(event, by=by, at=at, house=ranking)
    return ranking
