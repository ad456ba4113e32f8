"""What the rows of a spreadsheet would do, and the actions that do it: those that keep the same by hand.

No verbs of their own: import_rows carries them out, and leaves the trace.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.core.sheets.files import Sheet
from samrad.core.verdict import Verdict
from samrad.organisation.models import Person
from samrad.portfolio.actions.money import MoneyRow, keep_money
from samrad.portfolio.actions.plan import PlannedStep, keep_plan
from samrad.portfolio.actions.resources import QuarterRow, keep_resource
from samrad.portfolio.actions.risks import RiskRow, keep_risk
from samrad.portfolio.actions.rowscenes import CHANGED, NEW, SAME, Outcome, Scene
from samrad.portfolio.actions.status import Status, report_status
from samrad.portfolio.models import Portfolio, Project, Resource, Risk, StatusReport
from samrad.portfolio.periods import quarter_of
from samrad.portfolio.policy import can_keep_money, can_keep_risks, can_plan, can_report
from samrad.portfolio.queries import REPORTED, ProjectNames, names_of, units_led
from samrad.portfolio.sheets.bringing import Brought
from samrad.portfolio.sheets.kinds import KINDS

TWICE, NOT_ALLOWED, NOT_LED = "row_twice", "not_allowed", "unit_not_led"
MIDDLE = 3  # where a risk stands on a scale of 5 until someone says


def _once(rows: list[Brought], key: Callable[[Brought], object], outcome: Outcome) -> list[Brought]:
    """The rows without those that say an earlier one's again."""
    seen: set[object] = set()
    kept = []
    for row in rows:
        if (said := key(row)) in seen:
            outcome.refuse([row], TWICE)
        else:
            seen.add(said)
            kept.append(row)
    return kept


def _assumed(row: Brought, targets: Iterable[str], reason: str) -> None:
    """List what the row does not say and we had to put somewhere, where no unreadable cell is listed for it."""
    listed = {one["target"] for one in row.unknown}
    for target in targets:
        if target not in row.values and target not in listed:
            row.doubt(target, "", reason)


def _change(standing: object | None, old: object, new: object) -> str:
    return NEW if standing is None else SAME if old == new else CHANGED


def milestones(scene: Scene, project: Project, rows: list[Brought]) -> Outcome:
    """The project's plan with what the rows say; milestones the file does not name stay."""
    outcome = Outcome()
    if not can_plan(scene.by, project):
        return outcome.refuse(rows, NOT_ALLOWED)
    steps = {m.pk: _step(m) for m in project.milestones.all()}
    by_name = {step.name.casefold(): pk for pk, step in reversed(steps.items())}
    added: list[PlannedStep] = []
    for row in _once(rows, lambda r: r.keys["name"].casefold(), outcome):
        standing = steps.get(by_name.get(row.keys["name"].casefold(), 0))
        day = row.values.get("due_date") or (standing.due_date if standing else _day_for(scene, project, row))
        base = standing or PlannedStep(name=row.keys["name"], due_date=day)
        said = {name: row.values[name] for name in ("kind", "reached_date") if name in row.values}
        step = replace(base, **said, due_date=day)
        outcome.take(row, _change(standing, standing, step), vars(standing) if standing else None, due_date=day)
        if step.id:
            steps[step.id] = step
        else:
            added.append(step)
    dates = {"start_date": project.start_date, "end_date": project.end_date, "steps": [*steps.values(), *added]}
    if any(change != SAME for change in outcome.changes):
        given: dict[str, Any] = {"by": scene.by, "at": scene.at, "project_id": project.pk, "version": None, **dates}
        outcome.do.append(lambda: keep_plan(**given))
    return outcome


def _day_for(scene: Scene, project: Project, row: Brought) -> date:
    """Where a new milestone stands that says no readable day: it is known, so it must not get lost. It is listed."""
    reached: date | None = row.values.get("reached_date")
    for day, reason in ((reached, "day_reached"), (project.end_date, "day_assumed")):
        if day is not None:
            _assumed(row, ("due_date",), reason)
            return day
    _assumed(row, ("due_date",), "day_brought_in")
    return localdate(scene.at)


def _step(m: Any) -> PlannedStep:
    return PlannedStep(id=m.pk, name=m.name, kind=m.kind, due_date=m.due_date, reached_date=m.reached_date)


AMOUNTS = ("budget_kr", "actual_kr", "forecast_kr")
MoneyKey = tuple[int, str, str]


def _money_key(row: Brought) -> MoneyKey | str:
    """Year, kind and source; why the row cannot be told apart where one cannot be read. As the accounts: running, own."""
    unread = {u["target"] for u in row.unknown}
    year = row.keys["year"].removesuffix(".0")
    if not (year.isascii() and year.isdecimal() and 2000 <= int(year) <= 2100):
        return "no_year"
    if unread & {"kind", "source"}:
        return "no_money_kind"
    return int(year), row.values.get("kind", "running"), row.values.get("source", "own")


def money(scene: Scene, project: Project, rows: list[Brought]) -> Outcome:
    """The project's money with what the rows say; lines the file does not name stay."""
    outcome = Outcome()
    if not can_keep_money(scene.by, project):
        return outcome.refuse(rows, NOT_ALLOWED)
    lines = {row.key: row for row in map(_line, project.money.all())}
    seen: set[MoneyKey] = set()
    for row in rows:
        key = _money_key(row)
        if isinstance(key, str) or key in seen:
            outcome.refuse([row], key if isinstance(key, str) else TWICE)
            continue
        seen.add(key)
        standing = lines.get(key)
        lines[key] = _with_amounts(standing or MoneyRow(year=key[0], kind=key[1], source=key[2]), row)
        outcome.take(row, _change(standing, standing, lines[key]), vars(standing) if standing else None)
    if any(change != SAME for change in outcome.changes):
        given: dict[str, Any] = {"by": scene.by, "at": scene.at, "project_id": project.pk, "version": None}
        kept = [lines[key] for key in sorted(lines)]
        outcome.do.append(lambda: keep_money(**given, rows=kept))
    return outcome


def _with_amounts(line: MoneyRow, row: Brought) -> MoneyRow:
    """The line with the amounts the row states; a budget below nothing is unknown."""
    said = {name: row.values[name] for name in AMOUNTS if name in row.values}
    if said.get("budget_kr", 0) < 0:
        said.pop("budget_kr")
        row.doubt("budget_kr", str(row.values.pop("budget_kr")), "negative_budget")
    return MoneyRow(**{**vars(line), **said})


def _line(m: Any) -> MoneyRow:
    amounts = {name: getattr(m, name) for name in AMOUNTS}
    return MoneyRow(year=m.year, kind=m.kind, source=m.source, **amounts)


RISK_PARTS = ("kind", "cause", "likelihood", "impact", "measure", "likelihood_after", "impact_after", "review_date")


def risks(scene: Scene, project: Project, rows: list[Brought]) -> Outcome:
    """Each row a risk or an opportunity of the project."""
    outcome = Outcome()
    if not can_keep_risks(scene.by, project.portfolio, project):
        return outcome.refuse(rows, NOT_ALLOWED)
    standing = {r.title.casefold(): r for r in reversed(project.risks.all())}
    for row in _once(rows, lambda r: r.keys["title"].casefold(), outcome):
        risk = standing.get(row.keys["title"].casefold())
        base = {name: getattr(risk, name) for name in RISK_PARTS} if risk else {"likelihood": MIDDLE, "impact": MIDDLE}
        if risk is None:
            _assumed(row, ("likelihood", "impact"), "middle_assumed")
        said = {name: row.values[name] for name in RISK_PARTS if name in row.values}
        closed = row.values["closed"] == "1" if "closed" in row.values else bool(risk and risk.closed_at)
        title = risk.title if risk else row.keys["title"]
        responsible = scene.person(row, "responsible", risk.responsible if risk else None)
        new = RiskRow(title=title, responsible=responsible, closed=closed, **{**base, **said})
        old = _risk_row(risk) if risk else None
        change = _change(risk, old, new)
        outcome.take(row, change, _risk_facts(old) if old else None, **_who(row, "responsible", responsible))
        if change != SAME:
            outcome.do.append(_keeping_risk(scene, project, risk, new))
    return outcome


def _who(row: Brought, code: str, person: Person | None) -> dict[str, str]:
    """Whom the row means, by the name we know, where it says so."""
    return {code: person.name} if person and code in row.values else {}


def _risk_facts(old: RiskRow) -> dict[str, Any]:
    """What stands here, said as a row says it."""
    who = old.responsible.name if old.responsible else ""
    return {**vars(old), "responsible": who, "closed": "1" if old.closed else ""}


def _risk_row(risk: Risk) -> RiskRow:
    parts = {name: getattr(risk, name) for name in RISK_PARTS}
    return RiskRow(title=risk.title, responsible=risk.responsible, closed=risk.closed_at is not None, **parts)


def _keeping_risk(scene: Scene, project: Project, risk: Risk | None, row: RiskRow) -> Callable[[], object]:
    given: dict[str, Any] = {"by": scene.by, "at": scene.at, "portfolio": project.portfolio, "project": project}
    return lambda: keep_risk(**given, risk_id=risk.pk if risk else None, version=None, row=row)


STATUS_PARTS = ("spent_kr", "forecast_kr")
STATUS_KEPT = ("forecast_end_date", "hindered", "hindered_text", "driven", "driven_text")


def statuses(scene: Scene, project: Project, rows: list[Brought]) -> Outcome:
    """Each row a status report of its quarter: published where every light is said with its reason, else a draft."""
    outcome = Outcome()
    if not can_report(scene.by, project):
        return outcome.refuse(rows, NOT_ALLOWED)
    standing = {r.period_start: r for r in project.reports.all() if r.series_id is None}
    for row in _once(rows, lambda r: _quarter(scene, r), outcome):
        start = _quarter(scene, row)
        report = standing.get(start)
        status = _status(row, report)
        whole = all(status.lights.get(n) for n in REPORTED if n != "change") and all(
            status.texts.get(n) for n, light in status.lights.items() if light in ("amber", "red")
        )
        if report and report.state == StatusReport.State.PUBLISHED and not whole:
            outcome.refuse([row], "published_already")
            continue
        old = _status_of(report)
        change = _change(report, old, status)
        outcome.take(row, change, _status_facts(old) if old else None)
        if change != SAME:
            given: dict[str, Any] = {"by": scene.by, "at": scene.at, "project_id": project.pk, "version": None}
            outcome.do.append(partial(report_status, **given, status=status, period=start, publish=whole))
    return outcome


def _quarter(scene: Scene, row: Brought) -> date:
    return quarter_of(row.values.get("day") or localdate(scene.at))


def _status_of(report: StatusReport | None) -> Status | None:
    if report is None:
        return None
    lights = {name: getattr(report, name) for name in REPORTED}
    texts = {name: getattr(report, f"{name}_text") for name in REPORTED}
    return Status(
        lights=lights,
        texts=texts,
        **{name: getattr(report, name) for name in (*STATUS_PARTS, *STATUS_KEPT)},
    )


def _status_facts(status: Status) -> dict[str, Any]:
    texts = {f"{name}_text": text for name, text in status.texts.items()}
    return {**status.lights, **texts, **{name: getattr(status, name) for name in STATUS_PARTS}}


def _status(row: Brought, report: StatusReport | None) -> Status:
    """What the row says, over what the report says already."""
    had = _status_of(report) or Status(lights=dict.fromkeys(REPORTED, ""), texts=dict.fromkeys(REPORTED, ""))
    lights = {name: row.values.get(name, light) for name, light in had.lights.items()}
    texts = {name: row.values.get(f"{name}_text", text) for name, text in had.texts.items()}
    return replace(had, lights=lights, texts=texts, **{n: row.values[n] for n in STATUS_PARTS if n in row.values})


DAYS = ("days", "leave_days", "line_days", "reserved_days")


def people(scene: Scene, rows: list[Brought]) -> Outcome:
    """What people and roles of the units one leads can give, a row a quarter. Other units' rows are refused."""
    outcome = Outcome()
    units = {u.name.casefold(): u for u in units_led(scene.by, on=localdate(scene.at))}
    known = Resource.objects.filter(unit__in=units.values()).select_related("person").prefetch_related("capacities")
    standing = {(r.unit_id, r.title.casefold()): r for r in known}
    mine: dict[tuple[int, str], list[Brought]] = {}
    for row in rows:
        unit = units.get(row.keys["unit"].casefold())
        if unit is None:
            outcome.refuse([row], NOT_LED)
        else:
            mine.setdefault((unit.pk, row.keys["title"].casefold()), []).append(row)
    for key, group in mine.items():
        unit = units[group[0].keys["unit"].casefold()]
        _resource(scene, outcome, unit, standing.get(key), group)
    return outcome


def _resource(scene: Scene, outcome: Outcome, unit: Any, resource: Resource | None, rows: list[Brought]) -> None:
    had = (
        {c.quarter: QuarterRow(**{n: getattr(c, n) for n in DAYS}) for c in resource.capacities.all()}
        if resource
        else {}
    )
    person = resource.person if resource else None
    quarters, differs = {}, resource is None
    for row in _once(rows, lambda r: r.values.get("quarter"), outcome):
        before, quarter = person, row.values.get("quarter")
        person = scene.person(row, "person", person)
        old = had.get(quarter) if quarter else None
        said = {name: row.values[name] for name in DAYS if name in row.values}
        change = NEW if resource is None else SAME if before == person else CHANGED
        meant: dict[str, Any] = _who(row, "person", person)
        if quarter and said:
            new = QuarterRow(**{**(vars(old) if old else {"days": 0}), **said})
            if new.leave_days > new.days:
                row.doubt("leave_days", str(new.leave_days), "more_leave_than_days")
                had_leave = old.leave_days if old else 0
                new = QuarterRow(**{**vars(new), "leave_days": had_leave if had_leave <= new.days else 0})
            quarters[quarter] = new
            meant |= {name: getattr(new, name) for name in said}
            change = NEW if old is None else change if old == new else CHANGED
        facts = {**(vars(old) if old else {}), **({"person": before.name} if before else {})}
        outcome.take(row, change, facts if resource else None, **meant)
        differs = differs or change != SAME
    if differs:
        given: dict[str, Any] = {"by": scene.by, "at": scene.at, "unit": unit, "version": None, "person": person}
        title = resource.title if resource else rows[0].keys["title"]
        number = resource.pk if resource else None
        outcome.do.append(lambda: keep_resource(**given, resource_id=number, title=title, quarters=quarters))


HANDLERS: dict[str, tuple[Callable[[Scene, Project, list[Brought]], Outcome], str]] = {
    "milestones": (milestones, "milestones"),
    "money": (money, "money"),
    "risks": (risks, "risks__responsible"),
    "status": (statuses, "reports"),
}


def outcomes_of(scene: Scene, portfolio: Portfolio, kind: str, rows: list[Brought]) -> list[Outcome]:
    """What the rows come to, project by project. Those whose project is not found are refused."""
    if kind == "people":
        return [people(scene, rows)]
    handler, wanted = HANDLERS[kind]
    names = names_of(scene.by, portfolio, on=localdate(scene.at), wanted=wanted)
    groups: dict[int, list[Brought]] = {}
    projects: dict[int, Project] = {}
    lost = Outcome()
    for row in rows:
        found = _project(names, row)
        if isinstance(found, str):
            lost.refuse([row], found)
        else:
            projects[found.pk] = found
            groups.setdefault(found.pk, []).append(row)
    return [lost, *(handler(scene, projects[pk], group) for pk, group in groups.items())]


def _project(names: ProjectNames, row: Brought) -> Project | str:
    found = names.find(row.keys["project"])
    return found[0] if len(found) == 1 else "no_such_project" if not found else "several_projects"


def columns_known(kind: str, sheet: Sheet, columns: Mapping[str, str]) -> Verdict:
    """Are the columns chosen that a row cannot be told apart without?"""
    chosen = {code for header, code in columns.items() if header in sheet.headers}
    if set(KINDS[kind].needed) <= chosen:
        return Verdict.yes()
    return Verdict.no(_("Say which columns tell the rows apart. Without them no row can be identified."))
