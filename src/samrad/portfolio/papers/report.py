"""The portfolio report as a paper, from frozen data alone: a summary (summary.py), a line and a page for each, the pictures last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from samrad.core.money import NBSP, grouped
from samrad.core.roadmap import Moment, Roadmap, Stretch, roadmap
from samrad.documents import paper as p_
from samrad.documents.paper import Block, Paper
from samrad.documents.typeset import paper_pdf
from samrad.documents.word import paper_docx
from samrad.portfolio.comparing import milestones, quarters
from samrad.portfolio.papers import words as w
from samrad.portfolio.papers.pictures import in_words, picture_blocks
from samrad.portfolio.papers.settled import settled_blocks
from samrad.portfolio.papers.summary import summary_blocks
from samrad.portfolio.periods import next_quarter
from samrad.portfolio.queries import REPORTED

DRAWN, A_PAGE = 66, 22  # rows of the roadmap that are drawn, and on each page
FIRST = 13  # facts of a project that stand to the left: who, how far and when; money and the rest to the right


def _line(project: dict[str, Any]) -> list[str]:
    lights = [w.mark(project["lights"][name]) for name in REPORTED]
    budget = _("exempt") if "costs" in project["exempt"] else w.amount(project, "budget")
    if budget == "–":
        budget = w.amount(project, "whole_life_cost")
    return [
        project["reference"],
        project["title"],
        project["owner"] or "–",
        w.phase_name(project["phase"]),
        f"{w.MARKS[w.worst_light(project)]} {w.total_trend(project)}" if project["reported"] else w.MARKS[""],
        *lights,
        budget,
        w.day(project["end_date"]),
        w.day(project["reported_at"]) if project["reported"] else _("not reported"),
    ]


def _all(data: dict[str, Any]) -> list[Block]:
    names = w.light_names()
    columns: list[Block | str] = [
        _("No."),
        _("Project"),
        _("Owner"),
        _("Phase"),
        {"title": _("In all"), "width": 11},
        *[{"title": names[name], "align": "center"} for name in REPORTED],
        {"title": _("Budget"), "align": "right"},
        _("Ends"),
        _("Reported"),
    ]
    return [
        p_.pagebreak(),
        p_.heading(_("All projects")),
        p_.note(
            _("● on course  ▲ needs attention  ■ off course  ○ not reported")
            + "\n"
            + _("In brackets: what the figures and the tolerances say, where that is another light.")
        ),
        p_.table(columns, [_line(project) for project in data["projects"]]),
    ]


def _cell(project: dict[str, Any], first: date) -> str:
    """A quarter of the roadmap: ■ while it lasts, ◆ where it has a milestone, ▶ where it ends."""
    after = next_quarter(first)
    start, end = project["start_date"], project["end_date"]
    if not start or not end or end < first.isoformat() or start >= after.isoformat():
        return ""
    if first.isoformat() <= end < after.isoformat():
        return "▶"
    days = [step["reached"] or step["due"] for step in project["milestones"]]
    return "◆" if any(first.isoformat() <= one < after.isoformat() for one in days) else "■"


def roadmap_of(data: dict[str, Any], url_of: Callable[[dict[str, Any]], str] = lambda _project: "") -> Roadmap:
    """The roadmap as it was when the report was frozen, as the portfolio's own page draws it."""
    rows = [
        Stretch(
            p["title"],
            w.on(p["start_date"]),
            w.on(p["end_date"]),
            url_of(p),
            w.on(p["approved_end"]),
            [
                Moment(day, s["name"] or _("Milestone"), bool(s["reached"]))
                for s in p["milestones"]
                if (day := w.on(s["reached"] or s["due"]))
            ],
        )
        for p in data["projects"]
    ]
    return roadmap(_("Roadmap"), rows, today=localdate(datetime.fromisoformat(data["taken_at"])))


def _drawings(data: dict[str, Any]) -> list[Block]:
    """The roadmap drawn, so many rows to a page, on the same line of quarters; the table holds every project."""
    found = roadmap_of(data)
    ticks = [(float(tick.x), tick.label) for tick in found.ticks]
    alt = _("%(caption)s. The table below holds the same.") % {"caption": _("Roadmap")}
    bars = [
        {
            "name": bar.short,
            "x": float(bar.x),
            "width": float(bar.width),
            "plain": bar.row.kind != "project",
            "was": float(bar.was_x) if bar.was_x else None,
            "moments": [[float(x), moment.reached] for moment, x in bar.diamonds],
        }
        for bar in found.bars[:DRAWN]
    ]
    pages = [bars[n : n + A_PAGE] for n in range(0, len(bars), A_PAGE)]
    drawn = [p_.roadmap(alt, ticks, float(found.today) if found.today else None, page) for page in pages]
    said = _(
        "Bar: from start to end. Diamond: milestone, filled when it is reached. Thick line: the end that was approved. Dashed: the day it was frozen."
    )
    if len(found.bars) > DRAWN:
        said += " " + _("The drawing shows the first %(n)s. All stand in the table.") % {"n": DRAWN}
    return [*drawn, p_.text(said)] if drawn else []


def _roadmap(data: dict[str, Any]) -> list[Block]:
    shown = [p for p in data["projects"] if p["start_date"] and p["end_date"]]
    found = quarters(data)
    if not shown or not found:
        return []
    titles = [{"title": f"{(q.month + 2) // 3}/{q:%y}", "align": "center"} for q in found]
    ends = [{"title": _("Approved end")}, {"title": _("Ends")}]
    rows = [[p["title"], *[_cell(p, q) for q in found], w.day(p["approved_end"]), w.day(p["end_date"])] for p in shown]
    return [
        p_.heading(_("Roadmap")),
        *_drawings(data),
        p_.note(_("By quarter: ■ under way  ◆ a milestone  ▶ ends")),
        p_.table([{"title": _("Project"), "width": 30}, *titles, *ends], rows),
    ]


def _step(step: dict[str, Any] | None) -> str:
    if step is None:
        return "–"
    return f"{w.day(step['reached'] or step['due'])} {step['name']}".strip()


def _money(project: dict[str, Any]) -> list[list[str]]:
    if "costs" in project["exempt"]:
        return [[_("Economy"), _("exempt") + f", {project['exempt']['costs']}"]]
    sources = ", ".join(f"{w.source_name(code)} {w.kr(kr)}" for code, kr in project.get("sources", {}).items())
    deviation = project.get("deviation_percent")
    return [
        [_("Budget"), w.amount(project, "budget")],
        [_("Approved frame"), w.kr(project.get("frame_kr"))],
        [_("Spent"), w.kr(project.get("spent_kr"))],
        [_("Forecast"), w.kr(project.get("forecast_kr"))],
        [_("Forecast against budget"), f"{grouped(deviation)}{NBSP}%" if deviation is not None else "–"],
        [_("Paid by"), sources or "–"],
    ]


def one_pager(project: dict[str, Any]) -> list[Block]:
    """Everything the report holds of one project, on a page."""
    names = w.light_names()
    last, coming = milestones(project)
    reported = w.day(project["reported_at"]) if project["reported"] else _("not reported")
    if project.get("last_reported"):
        reported += " (" + _("last %(day)s") % {"day": w.day(project["last_reported"])} + ")"
    benefit = [w.kr(project.get("benefit_kr")), _("%(n)s hours") % {"n": project.get("benefit_hours", 0)}]
    benefit.append(_("realised: not measured"))
    trended = project.get("total_trend")
    quality = w.quality_words(project)
    facts = [
        [_("Municipality"), project["municipality"]],
        [_("Sector"), project["sector"] or "–"],
        [_("Owner"), project["owner"] or "–"],
        [_("Manager"), project["manager"] or "–"],
        [_("Responsible for the benefits"), project["benefit_responsible"] or "–"],
        [_("Phase"), w.phase_name(project["phase"])],
        [_("In all"), ", ".join((w.total_light(project), *([w.total_trend(project)] if trended else [])))],
        [_("Decisions asked for"), "; ".join(w.asked_words(one) for one in project["asked"]) or "–"],
        [_("Next gate"), w.gate_words(project["next_gate"])],
        [_("Starts and ends"), f"{w.day(project['start_date'])}–{w.day(project['end_date'])}"],
        [_("Approved end"), w.day(project["approved_end"])],
        [_("Last milestone"), _step(last)],
        [_("Next milestone"), _step(coming)],
        *_money(project),
        [_("Benefits a year"), _("exempt") if "benefits" in project["exempt"] else ", ".join(benefit)],
        [_("Benefits in quality"), _("exempt") if "benefits" in project["exempt"] else "\n".join(quality) or "–"],
        [_("Needs"), ", ".join(project["needs"]) or "–"],
        [_("Personal data"), w.yes_no(project["personal_data"])],
        [_("Artificial intelligence"), w.yes_no(project.get("ai", ""))],
        [_("Reported"), reported],
    ]
    lights = [
        [
            names[name],
            w.both_words(one),
            w.trend_word(one["trend"]),
            " ".join(filter(None, (project["texts"].get(name), w.computed_of(one)[1]))),
        ]
        for name, one in ((n, project["lights"][n]) for n in REPORTED)
    ]
    blocks = [
        p_.heading(f"{project['reference']} {project['title']}"),
        *([p_.text(project["goal"])] if project["goal"] else []),
        p_.beside([p_.facts(facts[:FIRST])], [p_.facts(facts[FIRST:])]),
        p_.table([_("Status"), _("Light"), _("Since last"), {"title": _("What is said"), "width": 60}], lights),
    ]
    if project["risks"]:
        rows = [[str(risk["after"]), risk["title"], risk["measure"] or "–"] for risk in project["risks"]]
        blocks.append(p_.table([{"title": _("Of 25"), "align": "right"}, _("Risk"), _("Measure")], rows))
    return blocks


def _balance(data: dict[str, Any]) -> list[Block]:
    """The pictures of the portfolio, as they were frozen."""
    found = in_words(data.get("pictures", []))
    if not found:
        return []
    blocks = [p_.pagebreak(), p_.heading(_("Balance"))]
    return blocks + [block for picture in found for block in picture_blocks(picture)]


def report_paper(data: dict[str, Any], *, language: str) -> Paper:
    """The whole report as a paper."""
    with override(language):
        about = data["scope"]["name"]
        facts = [
            [_("About"), about if about == data["organisation"] else f"{about}, {data['organisation']}"],
            [_("Period"), f"{w.period_words(data)}. " + _("Frozen %(day)s") % {"day": w.day(data["taken_at"])}],
            [_("Vision"), data["vision"]],
            [_("Portfolio manager"), data["manager"] or "–"],
        ]
        blocks = [*summary_blocks(data), *_all(data), *_roadmap(data), *settled_blocks(data)]
        for project in data["projects"]:
            blocks += [p_.pagebreak(), *one_pager(project)]
        blocks += _balance(data)
        return Paper(
            title=_("Portfolio report: %(name)s") % {"name": data["portfolio"]},
            language=language,
            at=datetime.fromisoformat(data["taken_at"]),
            facts=facts,
            blocks=blocks,
            landscape=True,
        )


def report_pdf(data: dict[str, Any], *, language: str) -> bytes:
    """The report as PDF/UA."""
    return paper_pdf(report_paper(data, language=language))


def report_docx(data: dict[str, Any], *, language: str) -> bytes:
    """The report as Word."""
    return paper_docx(report_paper(data, language=language))
