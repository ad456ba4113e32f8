"""The portfolio report on paper and as a spreadsheet, from frozen data alone."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from samrad.core.money import grouped, kroner
from samrad.documents import paper as p_
from samrad.documents.paper import Paper
from samrad.documents.sheets import Column, Sheet, workbook
from samrad.documents.typeset import paper_pdf
from samrad.initiatives.models import Initiative
from samrad.portfolio.queries import LIGHTS
from samrad.portfolio.words import budget_figures, reason_words

MARKS = {"green": "●", "amber": "▲", "red": "■", "": "○"}


def light_word(light: str) -> str:
    """A status light as a word: it must be readable in black and white."""
    words = {"green": _("on course"), "amber": _("needs attention"), "red": _("off course")}
    return words.get(light, _("not reported"))


def light_names() -> dict[str, str]:
    """What each light is about."""
    names = [_("Progress"), _("Economy"), _("Risk"), _("Resources"), _("Benefits")]
    return dict(zip(LIGHTS, names, strict=True))


def _day(text: str | None) -> str:
    return formats.date_format(date.fromisoformat(text[:10]), "SHORT_DATE_FORMAT") if text else "–"


def _kr(text: str | None) -> str:
    return kroner(Decimal(text)) if text is not None else "–"


def _amount(project: dict[str, Any], kind: str) -> str:
    """An amount with its currency and unit, as the source states it; never converted."""
    amount = project.get("amounts", {}).get(kind)
    if amount is None or amount["value"] is None:
        return "–"
    if amount["currency"] == "NOK":
        return kroner(Decimal(amount["value"]) * amount["unit"])
    unit = {1: "", 1000: _("thousand"), 1_000_000: _("million")}.get(amount["unit"], str(amount["unit"]))
    value = formats.number_format(Decimal(amount["value"]).normalize(), use_l10n=True)
    return " ".join(part for part in (value, unit, amount["currency"]) if part)


def _sum(text: str | None) -> Decimal | None:
    """Whole kroner as a number that a spreadsheet can add up; an empty cell where the amount is not known."""
    return Decimal(text) if text is not None else None


def _sum_of(project: dict[str, Any], kind: str) -> Decimal | str | None:
    """An amount in kroner as a number. One in another currency stays text with its currency, so no sum mixes them."""
    amount = project.get("amounts", {}).get(kind)
    if amount is None or amount["value"] is None:
        return None
    return Decimal(amount["value"]) * amount["unit"] if amount["currency"] == "NOK" else _amount(project, kind)


def _on(text: str | None) -> date | None:
    """A day as a date that a spreadsheet can sort by."""
    return date.fromisoformat(text[:10]) if text else None


def phase_name(code: str) -> str:
    """A phase in words."""
    return str(Initiative.Phase(code).label)


def _summary(data: dict[str, Any]) -> list[list[str]]:
    totals = data["summary"]
    rows = [
        [_("Projects"), str(totals["count"])],
        [_("On course"), str(totals["worst"]["green"])],
        [_("Needs attention"), str(totals["worst"]["amber"])],
        [_("Off course"), str(totals["worst"]["red"])],
        [_("Not reported"), str(totals["worst"]["unreported"])],
        *([_("%(budget)s, kroner only") % {"budget": label}, kroner(kr)] for label, kr in budget_figures(totals)),
        [_("Spent, kroner only"), _kr(totals["spent_kr"])],
        [_("Benefits a year"), _kr(totals["benefit_kr"])],
        [_("Freed hours a year, not added to kroner"), grouped(int(totals["benefit_hours"]))],
    ]
    return rows + [[phase_name(code), str(number)] for code, number in sorted(totals["phases"].items())]


def _line(project: dict[str, Any]) -> list[str]:
    lights = [MARKS[project["lights"][name]["light"]] for name in LIGHTS]
    budget = _("exempt") if "costs" in project["exempt"] else _amount(project, "budget")
    if budget == "–":
        budget = _amount(project, "whole_life_cost")
    return [
        project["reference"],
        project["title"],
        project["owner"] or "–",
        phase_name(project["phase"]),
        *lights,
        budget,
        _day(project["end_date"]),
        _day(project["reported_at"]) if project["reported"] else _("not reported"),
    ]


def report_pdf(data: dict[str, Any], *, language: str) -> bytes:
    """The report as PDF/UA: a summary that is read in the lift, then one line for each project."""
    with override(language):
        names = light_names()
        columns = [
            {"title": _("No."), "align": "left"},
            {"title": _("Project"), "align": "left"},
            {"title": _("Owner"), "align": "left"},
            {"title": _("Phase"), "align": "left"},
            *[{"title": names[name], "align": "center"} for name in LIGHTS],
            {"title": _("Budget"), "align": "right"},
            {"title": _("Ends"), "align": "left"},
            {"title": _("Reported"), "align": "left"},
        ]
        blocks = [
            p_.facts(_summary(data)),
            p_.note(_("● on course  ▲ needs attention  ■ off course  ○ not reported")),
            p_.heading(_("All projects"), 2),
            p_.table(columns, [_line(project) for project in data["projects"]]),
        ]
        title = _("Portfolio report: %(name)s") % {"name": data["portfolio"]}
        facts = [
            [_("Organisation"), data["organisation"]],
            [_("Vision"), data["vision"]],
            [_("Portfolio manager"), data["manager"] or "–"],
            [_("Period"), f"{_day(data['period_start'])}–{_day(data['period_end'])}"],
            [_("Frozen"), _day(data["taken_at"])],
        ]
        return paper_pdf(
            Paper(
                title=title,
                language=language,
                at=datetime.fromisoformat(data["taken_at"]),
                facts=facts,
                blocks=blocks,
                landscape=True,
            )
        )


def report_sheet(data: dict[str, Any]) -> bytes:
    """The report as XLSX, one row a project: kroner are numbers, days are dates, other currencies stay as written."""
    names = light_names()
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
        *[Column(names[n]) for n in LIGHTS],
        Column(_("Budget (kr)"), "kr"),
        Column(_("Whole life cost (kr)"), "kr"),
        Column(_("Spent (kr)"), "kr"),
        Column(_("Forecast (kr)"), "kr"),
        Column(_("Starts (date)"), "date"),
        Column(_("Ends (date)"), "date"),
        Column(_("Reported (date)"), "date"),
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
            phase_name(p["phase"]),
            *[light_word(p["lights"][n]["light"]) for n in LIGHTS],
            _("exempt") if "costs" in p["exempt"] else _sum_of(p, "budget"),
            _sum_of(p, "whole_life_cost"),
            _sum(p.get("spent_kr")),
            _sum(p.get("forecast_kr")),
            _on(p["start_date"]),
            _on(p["end_date"]),
            _on(p["reported_at"]) if p["reported"] else _("not reported"),
        ]
        for p in data["projects"]
    ]
    return workbook([Sheet(_("Projects"), columns, rows)], at=datetime.fromisoformat(data["taken_at"]))


def import_sheet(refused: list[dict[str, Any]], unknown: list[dict[str, Any]], *, at: datetime) -> bytes:
    """What an import refused and could not read, as XLSX, to mend at the source."""
    rows = [[r["record"], r["line"], reason_words(r["reason"])] for r in refused]
    cells = [[u["record"], u["column"], u["text"], reason_words(u["reason"])] for u in unknown]
    return workbook(
        [
            Sheet(_("Refused rows"), [Column(_("Row")), Column(_("Line")), Column(_("Reason"), width=48)], rows),
            Sheet(
                _("Unknown cells"),
                [
                    Column(_("Row")),
                    Column(_("Column"), width=32),
                    Column(_("Text"), width=60),
                    Column(_("Reason"), width=48),
                ],
                cells,
            ),
        ],
        at=at,
    )
