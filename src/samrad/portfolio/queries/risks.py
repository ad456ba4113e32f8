"""Reads about risks: of a project, and of a portfolio with all its projects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max, QuerySet

from samrad.initiatives.queries import masked_groups
from samrad.organisation.actors import Actor
from samrad.portfolio.models import Portfolio, Project, Risk
from samrad.portfolio.queries.lines import visible_to
from samrad.portfolio.queries.showing import within

TOP = 10
# What tells who sees a project; its texts are not read for that.
SIGHT = tuple(f"initiative__{name}" for name in ("stage", "owner", "shared_with", "participant_ids"))


@dataclass(frozen=True)
class Seen:
    """A risk with its number on the page, and whether it should have been looked at again."""

    number: int
    risk: Risk
    overdue: bool


@dataclass(frozen=True)
class Cell:
    """One square of the matrix: how large, and the numbers of the risks there."""

    size: int
    numbers: list[int]


def largest_first(rows: QuerySet[Risk]) -> QuerySet[Risk]:
    """The open ones, the largest after measures first."""
    open_ones = rows.filter(closed_at__isnull=True).select_related("responsible", "project__initiative")
    return open_ones.order_by((F("likelihood_after") * F("impact_after")).desc(), "pk")


def numbered(rows: list[Risk], *, on: date) -> list[Seen]:
    """The risks with their numbers."""
    return [Seen(number, risk, risk.overdue_on(on)) for number, risk in enumerate(rows, 1)]


def matrix_of(seen: list[Seen], *, after: bool) -> list[tuple[int, list[Cell]]]:
    """Likelihood downwards from 5, impact to the right from 1, with the numbers of what stands there."""
    where: dict[tuple[int, int], list[int]] = {}
    for row in seen:
        r = row.risk
        place = (r.likelihood_after, r.impact_after) if after else (r.likelihood, r.impact)
        where.setdefault(place, []).append(row.number)
    return [
        (high, [Cell(high * wide, where.get((high, wide), [])) for wide in range(1, 6)]) for high in range(5, 0, -1)
    ]


def risks_of(project: Project) -> QuerySet[Risk]:
    """The project's risks and opportunities, also those that are closed."""
    return Risk.objects.filter(project=project)


def own_risks(portfolio: Portfolio) -> QuerySet[Risk]:
    """The risks of the portfolio itself."""
    return Risk.objects.filter(portfolio=portfolio, project__isnull=True)


def portfolio_risks(actor: Actor, portfolio: Portfolio, *, on: date) -> list[Risk]:
    """The portfolio's own risks with the largest of its projects, of what the actor may read (S51)."""
    seen = list(visible_to(actor).filter(within(portfolio)).select_related("initiative").only(*SIGHT))
    hidden = masked_groups(actor, [project.initiative for project in seen], on=on)
    told = [project.pk for project in seen if not hidden.get(project.initiative_id)]
    of_projects = largest_first(Risk.objects.filter(project_id__in=told, kind=Risk.Kind.RISK))[:TOP]
    every = [*largest_first(own_risks(portfolio)), *of_projects]
    return sorted(every, key=lambda r: (-r.after, r.pk))


def worst_risk(project: Project) -> int | None:
    """The worst open risk of the project after its measures; None where there is none."""
    rows = risks_of(project).filter(closed_at__isnull=True, kind=Risk.Kind.RISK)
    found: int | None = rows.aggregate(worst=Max(F("likelihood_after") * F("impact_after")))["worst"]
    return found
