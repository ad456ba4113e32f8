"""The region's strategy in the world of every door: one adopted with plans and input, and one that is a draft."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from samrad.strategy import actions
from samrad.strategy.models import Strategy
from tests.anchoring.line import AT

if TYPE_CHECKING:
    from tests.access.world import World

ADOPTED: dict[str, Any] = {"adopted_by": "Kommunestyrene", "adopted_date": date(2026, 1, 1), "version": None}
NUMBERS: dict[str, Any] = {"unit": "%", "baseline": Decimal(10), "target": Decimal(20), "target_date": date(2031, 1, 1)}


def _draft(world: World, prefix: str, by: Any) -> Strategy:
    made, region = world.objects, world.line.entities["region"]
    last = date(2035, 12, 31)
    drafted = actions.draft_strategy(
        by=by, at=AT, owner=region, title=f"Strategi {prefix}", valid_from=date(2026, 1, 1), valid_to=last
    )
    made[f"{prefix}_area"] = actions.save_area(by=by, at=AT, strategy_id=drafted.pk, name="Helse")
    made[f"{prefix}_goal"] = actions.save_goal(by=by, at=AT, area_id=made[f"{prefix}_area"].pk, text="Trygg hjemme")
    goal = made[f"{prefix}_goal"].pk
    made[f"{prefix}_indicator"] = actions.save_indicator(by=by, at=AT, goal_id=goal, name="Andel", **NUMBERS)
    made[f"{prefix}_strategy"] = drafted
    return drafted


def _plan(world: World, prefix: str, year: int, by: Any) -> int:
    made = world.objects
    plan = actions.make_plan(by=by, at=AT, strategy_id=made["adopted_strategy"].pk, year=year)
    made[f"{prefix}_plan"] = plan
    made[f"{prefix}_point"] = actions.save_point(
        by=by,
        at=AT,
        plan_id=plan.pk,
        title="E-lås",
        area_id=made["adopted_area"].pk,
        responsible_id=world.line.people["author"].pk,
    )
    return plan.pk


def steer(world: World) -> None:
    """Everything the pages about the strategy are about."""
    line, made = world.line, world.objects
    with line.acting("secretary") as by:
        _draft(world, "draft", by)
        adopted = _draft(world, "adopted", by)
        actions.adopt_strategy(by=by, at=AT, strategy_id=adopted.pk, **ADOPTED)
        actions.adopt_plan(by=by, at=AT, plan_id=_plan(world, "adopted", 2031, by), **ADOPTED)
        _plan(world, "draft", 2032, by)
        asked = {"question": "Hva er viktigst?", "opens_on": date(2026, 1, 1), "closes_on": date(2035, 1, 1)}
        made["round"] = actions.open_round(by=by, at=AT, strategy_id=adopted.pk, year=2031, **asked)
    with line.acting("elected_rep") as by:
        made["said"] = actions.give_input(by=by, at=AT, round_id=made["round"].pk, text="Skolen først.")
