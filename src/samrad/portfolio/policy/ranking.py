"""Who drafts, approves and publishes a rank order, and what it may not lack."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import gettext as _

from samrad.core.verdict import Lack, Verdict
from samrad.organisation.actors import Actor
from samrad.organisation.models import Unit
from samrad.portfolio.models import Portfolio, Ranking
from samrad.portfolio.policy.projects import can_manage
from samrad.portfolio.queries.ranking import Difference


def can_rank(by: Actor, portfolio: Portfolio, sector: Unit | None) -> Verdict:
    """May this person set the rank order? The portfolio manager the common one, the head of a sector its own."""
    if sector is None:
        return can_manage(by, portfolio)
    if by.holds("sector_head", entity_id=sector.owner_id, unit_id=sector.pk):
        return Verdict.yes()
    return Verdict.no(_("Only the head of the sector sets the sector's own rank order."))


def can_approve_ranking(by: Actor, ranking: Ranking, board: Collection[int]) -> Verdict:
    """May this person approve it for the portfolio board? One who sits on it, while it is a draft of the common order."""
    if ranking.sector_id is not None:
        return Verdict.no(_("The portfolio board approves the common rank order only."))
    if ranking.state != Ranking.State.DRAFT:
        return Verdict.no(_("This rank order is approved already."))
    if by.is_person and by.person_id in board:
        return Verdict.yes()
    return Verdict.no(_("Only the portfolio board approves the rank order."))


def can_publish_ranking(by: Actor, ranking: Ranking) -> Verdict:
    """May this person publish it? Who sets it, the common one when the board has approved it."""
    may = can_rank(by, ranking.portfolio, ranking.sector)
    if not may:
        return may
    if ranking.state == Ranking.State.PUBLISHED:
        return Verdict.no(_("This rank order is published already."))
    if ranking.sector_id is None and ranking.state != Ranking.State.APPROVED:
        return Verdict.no(_("The portfolio board must approve the rank order first."))
    return Verdict.yes()


def places_lack(places: Mapping[int, int]) -> tuple[Lack, ...]:
    """What is wrong with a rank order: every place is given once, from one and on."""
    taken: dict[int, int] = {}
    found = []
    for project, place in places.items():
        if place < 1:
            found.append(Lack(_("A place is a whole number from 1."), f"id_place_{project}"))
        elif place in taken:
            text = _("Place %(place)s is given to two projects. Give each project its own.") % {"place": place}
            found.append(Lack(text, f"id_place_{project}"))
        taken[place] = project
    if not places:
        found.append(Lack(_("Give at least one project a place.")))
    return tuple(found)


def reasons_lack(differences: Sequence[Difference]) -> tuple[Lack, ...]:
    """Which projects stand otherwise than their sector wanted, without a reason (S53)."""
    return tuple(
        Lack(
            _("Say why «%(title)s» stands otherwise than %(sector)s wants.")
            % {"title": row.title, "sector": row.sector},
            f"id_reason_{row.project_id}",
        )
        for row in differences
        if row.moved and not row.reason.strip()
    )
