"""The demo's plans for benefits: one approved before its project was carried out, one half-written."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from samrad.benefits.actions import PlanLine, approve_plan, plan_benefit
from samrad.initiatives.queries import benefits_of

if TYPE_CHECKING:
    from samrad.config.demo_way import Walk


def plan(way: Walk, *, whole: bool) -> None:
    """Plan every benefit of the initiative and approve the plan; or only begin, and leave the baseline open."""
    need, t, today = way.initiative, way.tiltak, way.world.today
    assert need is not None
    line = PlanLine(indicator="Tid til kjøring per vakt", unit="timer")
    if whole:
        line = PlanLine(
            benefit_owner_id=way.world.people[f"{t.owner}-leder-{t.sector}"].pk,
            indicator="Tid til utdeling av medisin per vakt",
            unit="timer",
            baseline_value=Decimal("2.5"),
            baseline_how="Alle vaktene i to soner noterer tiden i to uker. Avdelingslederen samler inn.",
            baseline_date=today - timedelta(days=60),
            target_value=Decimal("1"),
            target_date=today + timedelta(days=365),
        )
    manager, owner = f"{t.owner}-ansatt-{t.sector}", f"{t.owner}-leder-{t.sector}"
    for benefit in way.read(lambda: benefits_of(need)):
        given = {"initiative_id": need.pk, "benefit_id": benefit.pk, "version": None, "line": line}
        way.do(manager, plan_benefit, **given, planned=whole)
    if whole:
        way.do(owner, approve_plan, initiative_id=need.pk, version=None)
