"""The demo's projects: how far they have come, and what steers them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from samrad.config import demo_benefits
from samrad.initiatives.actions import mark_reusable
from samrad.portfolio.actions import (
    LessonRow,
    MoneyRow,
    NewGateCondition,
    PlannedStep,
    RiskRow,
    Status,
    answer_gate,
    ask_change,
    decide_gate,
    keep_activity,
    keep_lesson,
    keep_money,
    keep_plan,
    keep_programme,
    keep_risk,
    keep_series,
    link_project,
    report_status,
    send_report,
    staff_project,
    take_report,
    treat_report,
)
from samrad.portfolio.checklists import BENEFIT_PLAN, DEFAULT, DPIA
from samrad.portfolio.models import Portfolio, Project
from samrad.portfolio.periods import quarter_of
from samrad.portfolio.queries.status import REPORTED

if TYPE_CHECKING:
    from samrad.config.demo import World
    from samrad.config.demo_way import Walk

EXECUTED = "Elektronisk medisindispenser i hjemmetjenesten"
PLANNED = "Ruteplan for hjemmetjenesten"
BEGUN = ("Digitalt tilsyn om natta", "eByggeSak med kart og arkiv")  # a study of what it takes was paid last year
NOTES = {DPIA: "Sak 26/1412, dokument 9.", BENEFIT_PLAN: "Sak 26/1412, dokument 11."}


def _reported_at(way: Walk) -> datetime:
    """The end of the last working day; now, where that day lies before the quarter that is reported."""
    day = way.world.weekday(1)
    if day < quarter_of(way.world.today):
        return way.world.now
    return way.world.hour(day, 449) + timedelta(minutes=1 + way.place % 30)


def start(way: Walk, project: Project) -> None:
    """Name the project's people and dates, and give it a budget."""
    world, t = way.world, way.tiltak
    people = {
        "project_owner": world.people[f"{t.owner}-leder-{t.sector}"].pk,
        "project_manager": world.people[f"{t.owner}-ansatt-{t.sector}"].pk,
        "benefit_responsible": world.people[f"{t.owner}-leder-{t.sector}"].pk,
    }
    way.begun = begins = world.today - timedelta(days=max(20, way.day))
    way.do(
        "portefolje",
        staff_project,
        project_id=project.pk,
        version=None,
        people=people,
        start_date=begins,
        end_date=begins + timedelta(days=240 + 15 * way.place),
    )
    if t.stage != "project_unreported":
        budget(way, project)


def go_on(way: Walk, project: Project, lights: Mapping[str, tuple[str, str]] | None = None) -> None:
    """Steer the project as far as it has come, and report its status."""
    world, t = way.world, way.tiltak
    steer(way, project)
    if t.stage == "project_unreported":
        return
    red = t.stage == "project_red"
    said = dict(lights or {})
    if red or way.place % 4 == 0:
        late = "Leverandøren er forsinket. Vi har bedt om ny plan innen to uker."
        said.setdefault("progress", ("red" if red else "amber", late))
    report(way, project, said, at=_reported_at(way), period=world.today)
    if red:
        why = "Leverandøren har økt prisen, og vi har bedt om et påslag for å rekke innføringen."
        asked = {"reason": why, "frame_kr": _share(way, project, 100 + way.over)}
        way.do(f"{t.owner}-ansatt-{t.sector}", ask_change, project_id=project.pk, version=None, **asked)
    if way.place % 5 == 0 and way.initiative:
        told = "Løsningen virker. Avtal opplæring med alle skift før dere starter."
        way.do("sekretariat", mark_reusable, initiative_id=way.initiative.pk, result=told)


def report(
    way: Walk, project: Project, said: Mapping[str, tuple[str, str]], *, at: datetime, period: date, spent: int = 0
) -> None:
    """Report the project's status for a period: green, but for the lights that are said otherwise, with why."""
    status = Status(
        lights=dict.fromkeys(REPORTED, "green") | {name: light for name, (light, _why) in said.items()},
        texts={name: why for name, (_light, why) in said.items()},
        spent_kr=_share(way, project, spent or way.spent),
        forecast_kr=_share(way, project, 100 + way.over),
    )
    manager = f"{way.tiltak.owner}-ansatt-{way.tiltak.sector}"
    given = {"project_id": project.pk, "version": None, "status": status, "period": period}
    way.world.do(manager, report_status, at=at, **given)


def _share(way: Walk, project: Project, percent: int) -> Decimal:
    """So many per cent of the frame, in whole kroner."""
    return _frame(way, project) * percent // 100


def _frame(way: Walk, project: Project) -> Decimal:
    """What was approved; what was asked for where nobody has said how much."""
    base = way.read(lambda: project.baselines.first())
    return base.frame_kr if base and base.frame_kr else Decimal(way.tiltak.once)


def budget(way: Walk, project: Project) -> None:
    """What it costs over two years, or three where it began last year: half of it an investment, some of it a grant."""
    once, year = _frame(way, project), way.world.today.year
    half, grant, begun = once // 2, once // 5, once // 10 if way.tiltak.title in BEGUN else Decimal(0)
    rest, paid = once - half - grant - begun, _share(way, project, way.spent)
    now = max(half, paid - begun)  # what is paid already is also what is expected
    later = rest + _share(way, project, way.over) - (now - half)
    rows = [
        MoneyRow(year=year, kind="investment", source="own", budget_kr=half, actual_kr=paid - begun, forecast_kr=now),
        MoneyRow(year=year + 1, kind="running", source="own", budget_kr=rest, forecast_kr=later),
        MoneyRow(year=year + 1, kind="running", source="grant", budget_kr=grant, forecast_kr=grant),
    ]
    if begun:
        spent = {"budget_kr": begun, "actual_kr": begun, "forecast_kr": begun}
        rows.append(MoneyRow(year=year - 1, kind="running", source="own", **spent))
    manager = f"{way.tiltak.owner}-ansatt-{way.tiltak.sector}"
    way.do(manager, keep_money, project_id=project.pk, version=None, rows=rows)


PlanStep = tuple[str, int, str]
PLAN: tuple[PlanStep, ...] = (
    ("Avtale med leverandøren", 40, "milestone"),
    ("Opplæringen er holdt", 120, "deliverable"),
    ("I bruk", 200, "milestone"),
)


def lay_plan(
    way: Walk,
    project: Project,
    *,
    late: int = 0,
    reached: bool = False,
    start: date | None = None,
    steps: Sequence[PlanStep] = PLAN,
) -> None:
    """The milestones from the start, all but the first so many days late; then the first is reached."""
    start = start or way.world.today - timedelta(days=90)
    standing = way.read(lambda: list(project.milestones.all()))
    first = steps[0][1]
    rows = [
        PlannedStep(
            id=row.pk if row else None,
            name=name,
            kind=kind,
            due_date=start + timedelta(days=days + (late if days > first else 0)),
            reached_date=start + timedelta(days=days) if (late or reached) and days == first else None,
        )
        for (name, days, kind), row in zip_longest(steps, standing)
    ]
    manager = f"{way.tiltak.owner}-ansatt-{way.tiltak.sector}"
    dates = {"start_date": start, "end_date": start + timedelta(days=steps[-1][1] + 30 + late)}
    way.do(manager, keep_plan, project_id=project.pk, version=None, steps=rows, **dates)


RISKS = (
    RiskRow(
        title="Leverandøren blir forsinket",
        cause="Samme leverandør leverer til tre andre regioner i høst.",
        likelihood=4,
        impact=4,
        measure="Dagmulkt i kontrakten og møte hver uke.",
        likelihood_after=3,
        impact_after=3,
    ),
    RiskRow(title="For få superbrukere i vaktene", likelihood=3, impact=3, measure="To for hver vakt.", impact_after=2),
    RiskRow(title="Nabokommunen blir med", kind="opportunity", likelihood=3, impact=4, measure="Opsjon i kontrakten."),
)


def risks(way: Walk, project: Project, rows: Sequence[RiskRow] = RISKS) -> None:
    """What may go wrong, and well."""
    manager = f"{way.tiltak.owner}-ansatt-{way.tiltak.sector}"
    look = way.world.today + timedelta(days=45 - 4 * (way.place % 16))
    owner = way.world.people[f"{way.tiltak.owner}-leder-{way.tiltak.sector}"]
    for row in rows:
        given = {"portfolio": way.world.portfolio, "project": project, "risk_id": None, "version": 0}
        way.do(manager, keep_risk, **given, row=replace(row, review_date=look, responsible=owner))


LESSONS = (
    LessonRow(
        title="Ta med nattevaktene i planen fra første dag",
        happened="Opplæringen var lagt til dagtid, og nattevaktene kom ikke.",
        learnt="De som går turnus, trenger egne tider og en egen superbruker.",
        advice="Lag opplæringsplanen sammen med turnusansvarlig før dere skriver avtalen.",
        kind="bad",
        theme="change",
        phase="plan",
        reach="cooperation",
    ),
    LessonRow(
        title="En felles testdag sparte oss for tre runder",
        happened="Leverandøren, IKT og tre sykepleiere testet integrasjonen i samme rom.",
        learnt="Feilene ble rettet samme dag i stedet for over flere uker.",
        advice="Sett av en hel dag, og ta med noen som gir medisin til vanlig.",
        kind="good",
        theme="technology",
        phase="execute",
        reach="house",
    ),
)


def lessons(way: Walk, project: Project) -> None:
    """What the project has learnt so far."""
    manager = f"{way.tiltak.owner}-ansatt-{way.tiltak.sector}"
    for row in LESSONS:
        way.do(manager, keep_lesson, project=project, lesson_id=None, version=0, row=row)


NEEDS = (
    ("skarholt-ansatt-helse", PLANNED, EXECUTED, "Rutene legges etter hvem som får dispenser."),
    (
        "sundneset-ansatt-oppvekst",
        "Felles barnehagesystem med app for foreldre",
        "Felles brukeradministrasjon",
        "Foresatte og ansatte logger inn med den nye påloggingen.",
    ),
    (
        "granlia-ansatt-helse",
        "Digitalt tilsyn om natta",
        "Digital trygghetsalarm og responssenter",
        "Responssenteret tar imot varslene fra tilsynet.",
    ),
)


def tie_together(world: World) -> None:
    """A programme, an activity in the line, and what depends on what."""
    titles = {p.initiative.title: p for p in world.read(lambda: list(Project.objects.select_related("initiative")))}
    home = [title for title in (EXECUTED, PLANNED) if title in titles]
    if world.portfolio is None or len(home) < 2:
        return
    at, portfolio = world.ago(3), world.portfolio
    purpose = "Flere bor trygt hjemme lenger, med de samme folkene."
    found = {"name": "Trygg hjemme", "purpose": purpose, "project_ids": [titles[title].pk for title in home]}
    world.do("portefolje", keep_programme, at=at, portfolio=portfolio, programme_id=None, version=0, **found)
    days = {"start_date": world.weekday(30), "end_date": world.weekday(-60), "hours": 240}
    line = {"title": "Rydde i tilganger før ny pålogging", "responsible": world.people["fjelldal-leder-organisasjon"]}
    world.do("portefolje", keep_activity, at=at, portfolio=portfolio, activity_id=None, version=0, **line, **days)
    own = RiskRow(
        title="For mange endringer for hjemmetjenesten samtidig",
        likelihood=4,
        impact=4,
        measure="Ingen oppstart i desember og i juli.",
        likelihood_after=2,
    )
    world.do("portefolje", keep_risk, at=at, portfolio=portfolio, project=None, risk_id=None, version=0, row=own)
    series = {"name": "Styringsgruppa", "rhythm": "month", "due_days": 5, "active": True}
    world.do("portefolje", keep_series, at=at, portfolio=portfolio, series_id=None, version=0, **series)
    for who, title, needed, note in NEEDS:
        if title in titles and needed in titles:
            needs = {"project_id": titles[title].pk, "needs_id": titles[needed].pk, "note": note}
            world.do(who, link_project, at=at, **needs)


def to_the_board(world: World) -> None:
    """The portfolio report as the portfolio board has read it."""
    said = "Ta det som er ute av rute, opp i neste møte. Vi vil se en ny plan da."
    if world.portfolio is not None:
        freeze(world, world.portfolio, at=world.ago(2), read=(world.ago(1), said))


def freeze(
    world: World,
    portfolio: Portfolio,
    *,
    at: datetime,
    period: tuple[date, date] | None = None,
    read: tuple[datetime, str] | None = None,
) -> None:
    """Freeze a report and send it to the board; where it has been read, with what the board remarked."""
    made = world.do("portefolje", take_report, at=at, portfolio=portfolio, period=period)
    world.do("portefolje", send_report, at=at, snapshot_id=made.pk)
    if read is not None:
        when, text = read
        said = {"outcome": "remarks", "text": text, "version": 1, "treated_on": localdate(when)}
        world.do("granlia-direktor", treat_report, at=when, snapshot_id=made.pk, **said)


def answer_all(way: Walk, project: Project) -> None:
    """The project manager has answered the whole check list of the gate before execution."""
    said = {q.code: {"answer": "yes", "note": NOTES.get(q.code, "")} for q in DEFAULT["BP3"]}
    manager = f"{way.tiltak.owner}-ansatt-{way.tiltak.sector}"
    way.do(manager, answer_gate, project_id=project.pk, version=0, answers=said)


def pass_gate(way: Walk, project: Project, why: str, conditions: Sequence[NewGateCondition] = ()) -> None:
    """The project owner lets the project be carried out."""
    decided = {"passes": True, "text": why, "conditions": conditions}
    way.do(f"{way.tiltak.owner}-leder-{way.tiltak.sector}", decide_gate, project_id=project.pk, version=None, **decided)


def steer(way: Walk, project: Project) -> None:
    """Let a project come as far as it has: past a gate, or half-way before it."""
    t = way.tiltak
    owner, manager = f"{t.owner}-leder-{t.sector}", f"{t.owner}-ansatt-{t.sector}"
    if t.title == EXECUTED:
        due = way.world.today + timedelta(days=24)
        asked_for = NewGateCondition(
            text="Opplæringsplanen for nattevaktene er godkjent.", responsible_id=way.world.people[owner].pk, due=due
        )
        answer_all(way, project)
        lay_plan(way, project)
        demo_benefits.plan(way, demo_benefits.MEDICINE)
        why = "Planen henger sammen, og linja har satt av folk. Vi begynner i to soner."
        pass_gate(way, project, why, [asked_for])
        lessons(way, project)
        lay_plan(way, project, late=35)
        risks(way, project)
    if t.title == PLANNED:
        half = {question.code: {"answer": "yes", "note": ""} for question in DEFAULT["BP3"][:5]}
        way.do(manager, answer_gate, project_id=project.pk, version=0, answers=half)
        demo_benefits.begin(way)
