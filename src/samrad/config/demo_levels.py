"""What the demo's cooperation agrees on about a shared cost, and what a chief executive asks for downwards."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from samrad.cases.actions import Plan, give_assignment, plan_costs
from samrad.cases.models import Decision

if TYPE_CHECKING:
    from samrad.config.demo_way import Walk


def share(way: Walk) -> None:
    """The secretariat says how the cost is shared, and that it starts when three have approved."""
    host = way.world.towns[way.tiltak.owner].pk
    plan = Plan(key="mixed", equal_percent=40, use={}, host_id=host, start_count=3)
    way.do("sekretariat", plan_costs, case_id=way.case.pk, version=None, plan=plan)


def ask_downwards(way: Walk, row: Decision) -> None:
    """The chief executive asks a head of sector for something, by the decision."""
    way.do(
        f"{row.municipality.slug}-direktor",
        give_assignment,
        decision_id=row.pk,
        text="Legg fram en plan for opplæring av nattjenesten før oppstart.",
        person_id=way.world.people[f"{row.municipality.slug}-leder-{way.tiltak.sector}"].pk,
        due=way.world.today + timedelta(days=30),
    )
