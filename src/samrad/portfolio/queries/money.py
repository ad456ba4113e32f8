"""Reads about a project's money: its lines, the frame, and what falls on each municipality."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.timezone import localdate

from samrad.cases.models import Decision
from samrad.cases.queries import asked_of, current_case, sharers, split
from samrad.governance.models import Body
from samrad.governance.queries import mandate_in_force
from samrad.organisation.models import Entity
from samrad.portfolio.models import Baseline, MoneyLine, Project, ProjectAmount
from samrad.portfolio.money import Forecast, Sum, by_year, percent_over, summed
from samrad.portfolio.queries.forecasts import forecast_of


@dataclass(frozen=True)
class Money:
    """A project's money as its page shows it."""

    lines: list[MoneyLine]
    years: list[Sum]
    total: Sum
    frame_kr: Decimal | None
    contingency_kr: Decimal | None
    forecast: Forecast

    @property
    def over_percent(self) -> Decimal | None:
        """How far the forecast is above the approved frame."""
        return percent_over(self.frame_kr, self.forecast.kr)

    @property
    def budget_over_kr(self) -> Decimal | None:
        """How much more is budgeted than is approved; None where it is not more."""
        if self.frame_kr is None or self.total.budget_kr is None or self.total.budget_kr <= self.frame_kr:
            return None
        return self.total.budget_kr - self.frame_kr


def latest_baseline(project: Project) -> Baseline | None:
    """What the project is measured against now."""
    return project.baselines.order_by("-number").first()


def decided_frame(project: Project) -> Decimal | None:
    """The frame the decision gave, in whole kroner; None where it is unknown or in another currency."""
    row = ProjectAmount.objects.filter(project=project, kind="budget", currency="NOK").first()
    if row is None or row.value is None:
        return None
    return (row.value * row.unit).quantize(Decimal(1), ROUND_HALF_UP)


def frames_of(project_ids: Collection[int]) -> dict[int, Baseline]:
    """The baseline that holds for each project that has one, in one query."""
    rows = Baseline.objects.filter(project_id__in=project_ids).order_by("project_id", "-number")
    return {row.project_id: row for row in rows.distinct("project_id")}


def money_of(project: Project) -> Money:
    """The project's money, with the frame of its newest baseline, else of its decision."""
    lines, base = list(project.money.all()), latest_baseline(project)
    frame = base.frame_kr if base and base.frame_kr is not None else decided_frame(project)
    contingency = base.contingency_kr if base else None
    return Money(lines, by_year(lines), summed(lines), frame, contingency, forecast_of(project))


@dataclass(frozen=True)
class Share:
    """What falls on one municipality: kroner for each year, and in all."""

    place: str
    years: list[Decimal]

    @property
    def total(self) -> Decimal:
        return sum(self.years, Decimal(0))


@dataclass(frozen=True)
class Sharing:
    """A budget as it falls on those who have approved, by which key, and who else was asked: they carry nothing now."""

    key: str = ""
    shares: list[Share] = field(default_factory=list)
    if_all: list[Share] = field(default_factory=list)  # where some have not settled it: if they all come along
    declined: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)


def shared_budget(project: Project, years: list[Sum], *, at: datetime) -> Sharing:
    """What falls on each municipality of each year's budget, by the key of the case, else of the council's mandate.

    Those who have approved share all of it. Where nobody was asked, all who take part do. No shares where nothing is
    shared, or where the figures the key asks for are not registered.
    """
    need, on = project.initiative, localdate(at)
    places = sorted(sharers(need, at), key=lambda place: place.name)
    if len(places) < 2 or not years:
        return Sharing()
    case = current_case(need)
    outcomes = {row.municipality_id: row.outcome for row in asked_of(case)} if case else {}
    pay, declined, waiting = paying(places, outcomes)
    plan = getattr(case, "cost_plan", None)
    mandate = None if plan else mandate_in_force(project.shared_with_id or project.owner_id, Body.Kind.COUNCIL, on=on)

    def each(among: list[Entity]) -> list[Share]:
        found = [split(one.budget_kr or Decimal(0), among, plan, mandate) for one in years]
        return [Share(place.name, [year[place.pk] for year in found]) for place in among] if all(found) else []

    return Sharing(
        str(plan.get_key_display() if plan else mandate.get_cost_key_display() if mandate else ""),
        each(pay),
        each([place for place in places if place not in declined]) if waiting else [],
        [place.name for place in declined],
        [place.name for place in waiting],
    )


def paying(places: list[Entity], outcomes: Mapping[int, str]) -> tuple[list[Entity], list[Entity], list[Entity]]:
    """Of those who take part: those who pay, those who said no, and those who have not settled it. All pay where none was asked."""
    if not outcomes:
        return places, [], []
    pay = [place for place in places if outcomes.get(place.pk) in Decision.YES]
    declined = [place for place in places if outcomes.get(place.pk) == Decision.Outcome.REJECTED]
    return pay, declined, [place for place in places if place not in pay and place not in declined]
