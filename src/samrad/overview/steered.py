"""How a case is steered, for its story: whether it is paused, stopped or merged, what was asked downwards, when it may start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from samrad.cases.models import Assignment, Case, CostPlan, Decision, Turn
from samrad.cases.queries import Start, start_of


@dataclass(frozen=True)
class TurnTold:
    """One turn the case took, with its reason."""

    label: str
    reason: str
    who: str
    at: datetime
    into_id: int | None
    into: str


@dataclass(frozen=True)
class Asked:
    """An assignment given downwards, and whether it is answered."""

    pk: int
    text: str
    who: str
    due: date
    answered: bool


@dataclass(frozen=True)
class Steered:
    """What the story says of how the case is steered."""

    turns: list[TurnTold]
    assignments: list[Asked]
    start: Start | None
    host: str


def steered_told() -> dict[str, Any]:
    """What a query for a case must also ask, for `steered_of` to know how it is steered."""
    about = OuterRef("initiative_id")
    turns = Turn.objects.filter(case__initiative_id=about).order_by("pk")
    asked = Assignment.objects.filter(decision__case__initiative_id=about).order_by("pk")
    turn = {"who": "made_by__name", "at": "made_at", "into_id": "into_id", "into": "into__title"}
    one = {"pk": "pk", "text": "text", "who": "person__name", "due": "due_date", "answered_at": "answered_at"}
    plan = JSONObject(count="start_count", kr="start_kr", host="host__name")
    return {
        "turned": ArraySubquery(turns.values(told=JSONObject(kind="kind", reason="reason", **turn))),
        "assigned": ArraySubquery(asked.values(told=JSONObject(**one))),
        "planned": ArraySubquery(CostPlan.objects.filter(case=OuterRef("pk")).values(told=plan)),
    }


def _start(case: Case, told: dict[str, Any], decisions: Sequence[Decision]) -> Start:
    mine = [d for d in decisions if d.case_id == case.pk and d.level == Decision.Level.CHIEF_EXECUTIVE]
    last = max((d.round for d in mine), default=1)
    kr = None if told["kr"] is None else Decimal(str(told["kr"]))
    return start_of(CostPlan(start_count=told["count"], start_kr=kr), [d for d in mine if d.round == last])


def steered_of(case: Case | None, decisions: Sequence[Decision], *, costs: bool) -> Steered:
    """How the case is steered, as it came with the case. `costs`: may the reader see what it costs?"""
    told: Any = case
    if case is None or not hasattr(told, "turned"):
        return Steered([], [], None, "")
    labels = dict(Turn.Kind.choices)
    turns = [
        TurnTold(
            str(labels[t["kind"]]),
            t["reason"],
            t["who"],
            datetime.fromisoformat(t["at"]),
            t["into_id"],
            t["into"] or "",
        )
        for t in told.turned
    ]
    asked = [
        Asked(a["pk"], a["text"], a["who"], date.fromisoformat(a["due"]), a["answered_at"] is not None)
        for a in told.assigned
    ]
    plan = told.planned[0] if told.planned else None
    start = _start(case, plan, decisions) if plan and costs else None
    return Steered(turns, asked, start, (plan or {}).get("host") or "")
