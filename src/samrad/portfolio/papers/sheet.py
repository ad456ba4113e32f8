"""The portfolio report as a spreadsheet, with charts that follow the cells they are drawn from."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from samrad.documents.sheets import Bars, Column, Sheet, workbook
from samrad.portfolio.comparing import milestones
from samrad.portfolio.papers import words as w
from samrad.portfolio.papers.pictures import in_words, picture_sheet
from samrad.portfolio.papers.settled import settled_sheets
from samrad.portfolio.papers.summary import summary_sheets
from samrad.portfolio.queries import REPORTED


def _sum(text: str | None) -> Decimal | None:
    """Whole kroner as a number that a spreadsheet can add up; an empty cell where the amount is not known."""
    return Decimal(text) if text is not None else None


def _sum_of(project: dict[str, Any], kind: str) -> Decimal | str | None:
    """An amount in kroner as a number. One in another currency stays text with its currency, so no sum mixes them."""
    amount = project.get("amounts", {}).get(kind)
    if amount is None or amount["value"] is None:
        return None
    return Decimal(amount["value"]) * amount["unit"] if amount["currency"] == "NOK" else w.amount(project, kind)


def _pictures(data: dict[str, Any]) -> list[Sheet]:
    """Status, phases and kroner by sector, each a table with its chart beside it."""
    lights = [[w.light_word(code), number] for code, number in w.by_light(data)]
    phases = [[w.phase_name(code), number] for code, number in sorted(data["summary"]["phases"].items())]
    kroner: dict[str, Decimal] = defaultdict(Decimal)
    number: Counter[str] = Counter()
    for project in data["projects"]:
        number[project["sector"] or "–"] += 1
        kroner[project["sector"] or "–"] += Decimal(project.get("budget_kr") or 0)
    sectors = [[name, number[name], kroner[name]] for name in sorted(number)]
    many = Column(_("Projects"), "number")
    return [
        Sheet(_("Status"), [Column(_("Status")), many], lights, bars=Bars(_("Projects by status"), 1)),
        Sheet(_("Phases"), [Column(_("Phase")), many], phases, bars=Bars(_("Projects by phase"), 1)),
        Sheet(
            _("Sectors"),
            [Column(_("Sector")), many, Column(_("Budget (kr)"), "kr")],
            sectors,
            bars=Bars(_("Budget by sector"), 2),
        ),
    ]


def _balance(data: dict[str, Any]) -> list[Sheet]:
    """The pictures of the portfolio, as they were frozen."""
    return [picture_sheet(picture) for picture in in_words(data.get("pictures", []))]


def _changes(data: dict[str, Any]) -> Sheet:
    """Everything that changed since the report before, a row each."""
    columns = [
        Column(_("No.")),
        Column(_("Project"), width=48),
        Column(_("Change")),
        Column(_("Before")),
        Column(_("Now")),
    ]
    changes, names = data.get("changes") or {}, w.light_names()
    rows: list[list[Any]] = []
    for key, label in (("new", _("new")), ("left", _("left")), ("silent", _("not reported"))):
        rows += [[row["reference"], row["title"], label, None, None] for row in changes.get(key, [])]
    rows += [[row["reference"], row["title"], _("stopped"), None, None] for row in changes.get("stopped", [])]
    for row in changes.get("delayed", []):
        rows.append([row["reference"], row["title"], _("delayed"), w.on(row["was"]), w.on(row["now"])])
    for row in changes.get("statuses", []):
        rows.append([row["reference"], row["title"], _("Status"), w.status_name(row["was"]), w.status_name(row["now"])])
    for row in changes.get("lights", []):
        rows.append(
            [row["reference"], row["title"], names[row["name"]], w.light_word(row["was"]), w.light_word(row["now"])]
        )
    for row in changes.get("phases", []):
        rows.append([row["reference"], row["title"], _("Phase"), w.phase_name(row["was"]), w.phase_name(row["now"])])
    for row in changes.get("money", []):
        rows.append([row["reference"], row["title"], w.change_words(row["name"]), _sum(row["was"]), _sum(row["now"])])
    for row in changes.get("ends", []):
        rows.append([row["reference"], row["title"], _("Ends"), w.on(row["was"]), w.on(row["now"])])
    for kind in w.MOVED:
        for row in changes.get(kind, []):
            sides = [w.moved_side(kind, row[side]) for side in ("was", "now")]
            rows.append([row["reference"], row["title"], w.moved_name(kind, row), *sides])
    return Sheet(_("Changes"), columns, rows)


def _risks(data: dict[str, Any]) -> Sheet:
    columns = [Column(_("No.")), Column(_("Project"), width=40), Column(_("Risk"), width=40)]
    columns += [
        Column(_("Before measures"), "number"),
        Column(_("After measures"), "number"),
        Column(_("Measure"), width=48),
    ]
    rows = [
        ["", r["portfolio"] or _("The portfolio"), r["title"], r["before"], r["after"], r["measure"]]
        for r in data["own_risks"]
    ]
    for p in data["projects"]:
        rows += [[p["reference"], p["title"], r["title"], r["before"], r["after"], r["measure"]] for r in p["risks"]]
    return Sheet(_("Risks"), columns, rows)


def _steps(data: dict[str, Any]) -> Sheet:
    columns = [Column(_("No.")), Column(_("Project"), width=40), Column(_("Milestone"), width=40)]
    columns += [Column(_("Due (date)"), "date"), Column(_("Reached (date)"), "date")]
    rows = [
        [p["reference"], p["title"], s["name"], w.on(s["due"]), w.on(s["reached"])]
        for p in data["projects"]
        for s in p["milestones"]
    ]
    return Sheet(_("Milestones"), columns, rows)


def known_of(project: dict[str, Any]) -> list[tuple[Column, Any]]:
    """The rest of what the report knows of a project (forms.md G.7): a column for each, after those that are read first."""
    last, coming = milestones(project)
    worst = next(iter(project["risks"]), None)
    sources = project.get("sources", {}).items()
    return [
        (Column(_("In all")), w.total_light(project)),
        (Column(_("In all, since last")), w.total_trend(project)),
        (Column(_("Goal"), width=40), project["goal"]),
        (Column(_("Next gate")), project["next_gate"]),
        (Column(_("Decisions asked for")), "; ".join(w.asked_words(one) for one in project["asked"])),
        (Column(_("Approved frame (kr)"), "kr"), _sum(project.get("frame_kr"))),
        (Column(_("Forecast against budget, per cent"), "number"), project.get("deviation_percent")),
        (Column(_("Paid by")), ", ".join(f"{w.source_name(code)} {w.kr(kr)}" for code, kr in sources)),
        (Column(_("Largest risk"), width=40), worst["title"] if worst else None),
        (Column(_("Measure"), width=40), worst["measure"] if worst else None),
        (Column(_("Needs")), ", ".join(project["needs"])),
        (Column(_("Last milestone")), _step(last)),
        (Column(_("Next milestone")), _step(coming)),
        (Column(_("Benefits a year (kr)"), "kr"), _sum(project.get("benefit_kr"))),
        (Column(_("Freed hours a year"), "number"), project.get("benefit_hours")),
        (Column(_("Benefits in quality"), width=40), "; ".join(w.quality_words(project))),
        (Column(_("Personal data")), w.yes_no(project["personal_data"])),
        (Column(_("Artificial intelligence")), w.yes_no(project.get("ai", ""))),
    ]


def _step(step: dict[str, Any] | None) -> str | None:
    return f"{w.day(step['reached'] or step['due'])} {step['name']}".strip() if step else None


def report_sheet(data: dict[str, Any]) -> bytes:
    """The report as XLSX, one row a project: kroner are numbers, days are dates, other currencies stay as written."""
    names = w.light_names()
    columns = [
        Column(_("No.")),
        Column(_("Source id")),
        Column(_("Project"), width=48),
        Column(_("Municipality")),
        Column(_("Sector")),
        Column(_("Owner")),
        Column(_("Manager")),
        Column(_("Responsible for the benefits")),
        Column(_("Phase")),
        *[Column(names[n]) for n in REPORTED],
        Column(_("Budget (kr)"), "kr"),
        Column(_("Whole life cost (kr)"), "kr"),
        Column(_("Spent (kr)"), "kr"),
        Column(_("Forecast (kr)"), "kr"),
        Column(_("Starts (date)"), "date"),
        Column(_("Ends (date)"), "date"),
        Column(_("Reported (date)"), "date"),
        *[column for p in data["projects"][:1] for column, _value in known_of(p)],
    ]
    rows = [
        [
            p["reference"],
            p["source_id"],
            p["title"],
            p["municipality"],
            p["sector"],
            p["owner"],
            p["manager"],
            p["benefit_responsible"],
            w.phase_name(p["phase"]),
            *[w.both_words(p["lights"][n], marks=False) for n in REPORTED],
            _("exempt") if "costs" in p["exempt"] else _sum_of(p, "budget"),
            _sum_of(p, "whole_life_cost"),
            _sum(p.get("spent_kr")),
            _sum(p.get("forecast_kr")),
            w.on(p["start_date"]),
            w.on(p["end_date"]),
            w.on(p["reported_at"]) if p["reported"] else _("not reported"),
            *[value for _column, value in known_of(p)],
        ]
        for p in data["projects"]
    ]
    sheets = [
        Sheet(_("Projects"), columns, rows),
        *_pictures(data),
        _changes(data),
        _risks(data),
        _steps(data),
        *summary_sheets(data),
    ]
    return workbook([*sheets, *settled_sheets(data), *_balance(data)], at=datetime.fromisoformat(data["taken_at"]))
