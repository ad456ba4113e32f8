"""The demo's projects: how far they have come, and what steers them."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from samrad.initiatives.actions import mark_reusable
from samrad.portfolio.actions import (
    MoneyRow,
    Status,
    answer_gate,
    decide_gate,
    keep_money,
    report_status,
    staff_project,
)
from samrad.portfolio.checklists import BENEFIT_PLAN, DEFAULT, DPIA
from samrad.portfolio.models import Project
from samrad.portfolio.queries import period_of

if TYPE_CHECKING:
    from samrad.config.demo_way import Walk

EXECUTED = "Elektronisk medisindispenser i hjemmetjenesten"
PLANNED = "Ruteplan for hjemmetjenesten"
NOTES = {DPIA: "Sak 26/1412, dokument 9.", BENEFIT_PLAN: "Sak 26/1412, dokument 11."}


def _reported_at(way: Walk) -> datetime:
    """The end of the last working day; now, where that day lies before the quarter that is reported."""
    day = way.world.weekday(1)
    if day < period_of(way.world.today)[0]:
        return way.world.now
    return way.world.hour(day, 449) + timedelta(minutes=1 + way.place % 30)


def run(way: Walk, project: Project) -> None:
    """Name the project's people, steer it as far as it has come, and report its status."""
    world, t = way.world, way.tiltak
    people = {
        "project_owner": world.people[f"{t.owner}-leder-{t.sector}"].pk,
        "project_manager": world.people[f"{t.owner}-ansatt-{t.sector}"].pk,
        "benefit_responsible": world.people[f"{t.owner}-leder-{t.sector}"].pk,
    }
    start = world.today - timedelta(days=20)
    way.do(
        "portefolje",
        staff_project,
        project_id=project.pk,
        version=None,
        people=people,
        start_date=start,
        end_date=start + timedelta(days=240 + 15 * way.place),
    )
    steer(way, project)
    if t.stage == "project_unreported":
        return
    red = t.stage == "project_red"
    lights = dict.fromkeys(["progress", "economy", "risk", "resources", "benefit"], "green")
    texts: dict[str, str] = {}
    if red or way.place % 4 == 0:
        lights["progress"] = "red" if red else "amber"
        texts["progress"] = "Leverandøren er forsinket. Vi har bedt om ny plan innen to uker."
    if red:
        lights["economy"], texts["economy"] = "amber", "Prognosen er over budsjettet. Vi ser på omfanget."
    status = Status(
        lights=lights,
        texts=texts,
        spent_kr=Decimal(t.once * 3 // 10),
        forecast_kr=Decimal(t.once * (125 if red else 100) // 100),
    )
    world.do(
        f"{t.owner}-ansatt-{t.sector}",
        report_status,
        at=_reported_at(way),
        project_id=project.pk,
        version=None,
        status=status,
        period=world.today,
    )
    if way.place % 5 == 0 and way.initiative:
        told = "Løsningen virker. Avtal opplæring med alle skift før dere starter."
        way.do("sekretariat", mark_reusable, initiative_id=way.initiative.pk, result=told)


def budget(way: Walk, project: Project) -> None:
    """What it costs over two years: half of it an investment, some of it a grant."""
    once, year = Decimal(way.tiltak.once), way.world.today.year
    over = Decimal("1.25") if way.tiltak.stage == "project_red" else Decimal(1)
    half, grant = once // 2, once // 5
    rest = once - half - grant
    rows = [
        MoneyRow(
            year=year, kind="investment", source="own", budget_kr=half, actual_kr=once * 3 // 10, forecast_kr=half
        ),
        MoneyRow(year=year + 1, kind="running", source="own", budget_kr=rest, forecast_kr=rest * over // 1),
        MoneyRow(year=year + 1, kind="running", source="grant", budget_kr=grant, forecast_kr=grant),
    ]
    manager = f"{way.tiltak.owner}-ansatt-{way.tiltak.sector}"
    way.do(manager, keep_money, project_id=project.pk, version=None, rows=rows)


def steer(way: Walk, project: Project) -> None:
    """Let a project come as far as it has: past a gate, or half-way before it."""
    t = way.tiltak
    owner, manager = f"{t.owner}-leder-{t.sector}", f"{t.owner}-ansatt-{t.sector}"
    if t.stage != "project_unreported":
        budget(way, project)
    asked = [question.code for question in DEFAULT["BP3"]]
    if t.title == EXECUTED:
        said = {code: {"answer": "yes", "note": NOTES.get(code, "")} for code in asked}
        way.do(manager, answer_gate, project_id=project.pk, version=0, answers=said)
        why = "Planen henger sammen, og linja har satt av folk. Vi begynner i to soner."
        way.do(owner, decide_gate, project_id=project.pk, version=None, passes=True, text=why)
    if t.title == PLANNED:
        half = {code: {"answer": "yes", "note": ""} for code in asked[:5]}
        way.do(manager, answer_gate, project_id=project.pk, version=0, answers=half)
