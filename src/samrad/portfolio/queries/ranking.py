"""Reads about rank orders: those that hold, those in work, and where the common one differs from the sectors' own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor
from samrad.organisation.models import Unit
from samrad.portfolio.models import Portfolio, Project, Ranking, RankPlace
from samrad.portfolio.queries.lines import visible_to
from samrad.portfolio.queries.showing import within

OVER = [Initiative.Phase.DONE]


@dataclass(frozen=True)
class Difference:
    """A project of a sector: its place among the sector's own, as the sector ranks them and as they are ranked in common."""

    project_id: int
    title: str
    sector: str
    own: int
    common: int
    reason: str
    own_reason: str

    @property
    def moved(self) -> bool:
        """Does it stand otherwise than the sector wants?"""
        return self.own != self.common


def rankings_of(portfolios: Collection[Portfolio]) -> QuerySet[Ranking]:
    """Every rank order of some portfolios, the newest first, with those who made, approved and published it."""
    named = ("sector__owner", "made_by", "approved_by", "published_by")
    return Ranking.objects.filter(portfolio__in=portfolios).select_related("portfolio", *named)


def newest_of(rankings: list[Ranking]) -> dict[int | None, Ranking]:
    """What holds: the newest published rank order of each sector, and the common one (None)."""
    found: dict[int | None, Ranking] = {}
    published = [r for r in rankings if r.published_at is not None]
    for ranking in sorted(published, key=lambda r: (r.published_at, r.pk)):
        found[ranking.sector_id] = ranking
    return found


def to_rank(actor: Actor, portfolio: Portfolio, sector: Unit | None) -> list[Project]:
    """The projects that can be given a place: those under way, a sector's own only for a sector."""
    rows = visible_to(actor).filter(within(portfolio)).exclude(initiative__phase__in=OVER)
    rows = rows.filter(initiative__status__in=["active", "paused"])
    if sector is not None:
        rows = rows.filter(initiative__owning_sector=sector)
    return list(
        rows.select_related("initiative__owner", "initiative__owning_sector").order_by("initiative__title_sort", "pk")
    )


def places_of(rankings: list[Ranking]) -> dict[int, list[RankPlace]]:
    """The places of some rank orders, in order."""
    found: dict[int, list[RankPlace]] = defaultdict(list)
    rows = RankPlace.objects.filter(ranking__in=rankings).select_related(
        "project__initiative__owner", "project__initiative__owning_sector"
    )
    for row in rows.order_by("ranking", "place"):
        found[row.ranking_id].append(row)
    return found


def differences(common: list[RankPlace], own: dict[str, list[RankPlace]]) -> list[Difference]:
    """Each project that a sector has ranked and that is ranked in common, placed among the same projects both times."""
    at = {row.project_id: row for row in common}
    found = []
    for sector, rows in own.items():
        both = [row for row in rows if row.project_id in at]
        among = sorted(both, key=lambda row: at[row.project_id].place)
        order = {row.project_id: place for place, row in enumerate(among, start=1)}
        found += [
            Difference(
                project_id=row.project_id,
                title=row.project.initiative.title,
                sector=sector,
                own=place,
                common=order[row.project_id],
                reason=at[row.project_id].reason,
                own_reason=row.reason,
            )
            for place, row in enumerate(both, start=1)
        ]
    return found


def sector_words(unit: Unit) -> str:
    """A sector with its municipality: several have one of the same name."""
    return f"{unit.name}, {unit.owner.name}"


def own_orders(rankings: list[Ranking], places: dict[int, list[RankPlace]]) -> dict[str, list[RankPlace]]:
    """The sectors' own rank orders that hold, by the sector's name."""
    holding = newest_of(rankings).items()
    return {
        sector_words(r.sector): places.get(r.pk, []) for pk, r in holding if pk is not None and r.sector is not None
    }
