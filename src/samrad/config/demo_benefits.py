"""The demo's plans for benefits: one approved before its project was carried out, one half-written."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from samrad.benefits.actions import PlanLine, approve_plan, plan_benefit
from samrad.initiatives.queries import benefits_of

if TYPE_CHECKING:
    from samrad.config.demo_way import Walk


class Measure(NamedTuple):
    """What a benefit is measured by: before, how that was found, and the goal."""

    indicator: str
    before: Decimal
    goal: Decimal
    how: str
    unit: str = "timer"


MEDICINE = Measure(
    "Tid til utdeling av medisin per vakt",
    Decimal("2.5"),
    Decimal(1),
    "Alle vaktene i to soner noterer tiden i to uker. Avdelingslederen samler inn.",
)


def plan(way: Walk, measured: Measure) -> None:
    """Plan every benefit of the initiative, and approve the plan."""
    owner, today = f"{way.tiltak.owner}-leder-{way.tiltak.sector}", way.world.today
    line = PlanLine(
        benefit_owner_id=way.world.people[owner].pk,
        indicator=measured.indicator,
        unit=measured.unit,
        baseline_value=measured.before,
        baseline_how=measured.how,
        baseline_date=today - timedelta(days=60),
        target_value=measured.goal,
        target_date=today + timedelta(days=365),
    )
    _write(way, line, planned=True)
    way.do(owner, approve_plan, initiative_id=way.initiative.pk if way.initiative else 0, version=None)


def begin(way: Walk) -> None:
    """The plan is only begun: nobody has measured how it is today."""
    _write(way, PlanLine(indicator="Tid til kjøring per vakt", unit="timer"), planned=False)


def _write(way: Walk, line: PlanLine, *, planned: bool) -> None:
    need, manager = way.initiative, f"{way.tiltak.owner}-ansatt-{way.tiltak.sector}"
    assert need is not None
    for benefit in way.read(lambda: benefits_of(need)):
        given = {"initiative_id": need.pk, "benefit_id": benefit.pk, "version": None, "line": line}
        way.do(manager, plan_benefit, **given, planned=planned)
