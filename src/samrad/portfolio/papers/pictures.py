"""The pictures of a portfolio in words: from frozen figures to what the page, the paper and the spreadsheet draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samrad.core.pictures import Measure, Picture, Row
from samrad.documents import paper as p_
from samrad.documents.paper import Block
from samrad.documents.sheets import Bars, Column, Sheet
from samrad.initiatives.models import Initiative
from samrad.portfolio.queries import quarter_name
from samrad.portfolio.words import base_words

Frozen = Mapping[str, Any]

MOST_DRAWN = 3  # so many bars can be told apart in black and white


def _keys() -> dict[str, str]:
    """What a row is called where its name is not data."""
    return {
        "goal": _("Supports no goal that is written down"),
        "sector": _("No sector is written down"),
        "work": _("Not said"),
        "must": _("Demanded by law or an authority"),
        "should": _("Everything else"),
        "hidden": _("Exempt from public access"),
    }


def _label(code: str, row: Frozen) -> str:
    key, keys = row["key"], _keys()
    if row["name"]:
        return str(row["name"])
    if code == "size":
        return str(Initiative.Size(key).label)
    if key == "none":
        return keys[code]
    return str(Initiative.Classification(key).label) if code == "work" else keys[key]


def _kroner(bases: Sequence[str], name: str = "") -> list[Measure]:
    """A measure for each price base: kroner of different years are never added up."""
    said = name or _("Kroner")
    return [Measure(said if len(bases) == 1 else f"{said}, {base_words(base)}", "kr") for base in bases]


def _left_words(left: Frozen) -> list[str]:
    """What the kroner are without, so that nobody takes the sum for more than it is."""
    found = []
    if exempt := left.get("exempt", 0):
        found.append(
            ngettext(
                "%(n)s project is exempt from public access. Its kroner are not in the picture.",
                "%(n)s projects are exempt from public access. Their kroner are not in the picture.",
                exempt,
            )
            % {"n": exempt}
        )
    for currency, number in left.get("other", {}).items():
        found.append(
            ngettext(
                "%(n)s project has its budget in %(currency)s. It is not added to kroner.",
                "%(n)s projects have their budget in %(currency)s. They are not added to kroner.",
                number,
            )
            % {"n": number, "currency": currency}
        )
    if unknown := left.get("unknown", 0):
        found.append(
            ngettext(
                "%(n)s project has no budget that is known.", "%(n)s projects have no budget that is known.", unknown
            )
            % {"n": unknown}
        )
    return found


def _rows(frozen: Frozen) -> list[Row]:
    return [Row(_label(frozen["code"], row), row["values"]) for row in frozen["rows"]]


def _goal(frozen: Frozen) -> Picture:
    bases, left = frozen["bases"], frozen["left"]
    notes = [_("A project that supports several goals is shared equally between them.")] if bases else []
    notes += _left_words(left)
    if hidden := left["benefits"]:
        notes.append(
            ngettext(
                "The benefits of %(n)s project are exempt from public access.",
                "The benefits of %(n)s projects are exempt from public access.",
                hidden,
            )
            % {"n": hidden}
        )
    if frozen["total"] and frozen["total"][len(bases) + 1] is None:
        notes.append(_("No benefit has been measured yet, so nothing is counted as realised."))
    return Picture(
        "goal",
        _("Goals and effect"),
        _("Goal"),
        [
            *_kroner(bases, _("Allocated")),
            Measure(_("Planned benefit a year"), "kr"),
            Measure(_("Realised benefit a year"), "kr", _("not measured")),
            Measure(_("Freed hours a year")),
            Measure(_("Projects")),
        ],
        _rows(frozen),
        frozen["total"],
        notes,
        lead=_("What goes to each goal, and what it gives. Freed hours are not added to kroner."),
        drawn=min(MOST_DRAWN, len(bases) + 2),  # the rest stand in the table
    )


def _spent(title: str, axis: str, lead: str) -> Callable[[Frozen], Picture]:
    def made(frozen: Frozen) -> Picture:
        measures = [*_kroner(frozen["bases"]), Measure(_("Projects"))]
        notes = _left_words(frozen["left"])
        drawn = min(MOST_DRAWN, len(frozen["bases"]))
        rows = _rows(frozen)
        return Picture(frozen["code"], title, axis, measures, rows, frozen["total"], notes, lead, drawn=drawn)

    return made


def _bubbles(frozen: Frozen) -> Picture:
    left = frozen["left"]
    words = {
        "benefit_kr": _("benefits in kroner"),
        "points": _("a score"),
        "benefit_hours": _("freed hours"),
        "kr": _("a budget in kroner"),
        "risk": _("an open risk"),
    }
    notes = [
        (
            _("The %(shown)s largest of %(all)s projects are in the picture.")
            if left["most"]
            else _("%(shown)s of %(all)s projects are in the picture.")
        )
        % {"shown": left["shown"], "all": left["of"]},
        *(
            ngettext("%(n)s project lacks %(what)s.", "%(n)s projects lack %(what)s.", number)
            % {"n": number, "what": words[name]}
            for name, number in left["missing"].items()
            if number
        ),
    ]
    if hidden := left["exempt"]:
        notes.append(
            ngettext(
                "%(n)s project is exempt from public access and is left out.",
                "%(n)s projects are exempt from public access and are left out.",
                hidden,
            )
            % {"n": hidden}
        )
    benefit = {
        "points": Measure(_("Benefit, points of 100")),
        "benefit_kr": Measure(_("Planned benefit a year"), "kr"),
        "benefit_hours": Measure(_("Freed hours a year")),
    }[frozen["bases"][0]]
    measures = [
        Measure(_("Largest risk, of 25")),
        benefit,
        Measure(_("Budget"), "kr"),
    ]
    rows = [Row(row["name"], row["values"], note=row["key"]) for row in frozen["rows"]]
    return Picture(
        "bubbles",
        _("Risk against benefit"),
        _("Project"),
        measures,
        rows,
        notes=notes,
        lead=_("Each circle is a project, as large as its budget. Best is high up to the left."),
        kind="bubbles",
        x_to=25,
    )


def _quarters(frozen: Frozen) -> list[Row]:
    return [Row(quarter_name(date.fromisoformat(row["key"])), row["values"]) for row in frozen["rows"]]


def _over(rows: Iterable[Row], unit: str) -> list[str]:
    """Which quarters have too much, said in a sentence."""
    measure = Measure("", "kr" if unit == "kr" else "number")
    over = [f"{row.label} ({measure.said(row.values[2])})" for row in rows if row.values[2]]
    return (
        [_("Too much in: %(quarters)s.") % {"quarters": ", ".join(over)}] if over else [_("No quarter has too much.")]
    )


def _money(frozen: Frozen) -> Picture:
    rows, left = _quarters(frozen), frozen["left"]
    notes = [
        *_over(rows, "kr"),
        _("Money is written down by year. It is spread equally over the quarters each project lasts."),
        *_left_words({"exempt": left["exempt"]}),
    ]
    if unknown := left["unknown"]:
        notes.append(
            ngettext("%(n)s project has no kroner by year.", "%(n)s projects have no kroner by year.", unknown)
            % {"n": unknown}
        )
    measures = [Measure(_("Approved"), "kr"), Measure(_("Expected"), "kr"), Measure(_("Above what is approved"), "kr")]
    return Picture("money", _("Budget by quarter"), _("Quarter"), measures, rows, notes=notes, drawn=2)


def _capacity(frozen: Frozen) -> Picture:
    rows = _quarters(frozen)
    measures = [Measure(_("Capacity, days")), Measure(_("Demand, days")), Measure(_("Days above capacity"))]
    lead = _("Person-days the units can give, against what the line and the projects ask for.")
    notes = [*_over(rows, ""), _("Too much is reckoned for each person or role alone.")]
    return Picture("capacity", _("Capacity by quarter"), _("Quarter"), measures, rows, notes=notes, lead=lead, drawn=2)


def _change(frozen: Frozen) -> Picture:
    left, notes = frozen["left"], []
    if undated := left["undated"]:
        notes.append(
            ngettext(
                "%(n)s project has no dates and is not counted.",
                "%(n)s projects have no dates and are not counted.",
                undated,
            )
            % {"n": undated}
        )
    if hidden := left["hidden"]:
        notes.append(
            ngettext(
                "%(n)s project is exempt from public access and is left out.",
                "%(n)s projects are exempt from public access and are left out.",
                hidden,
            )
            % {"n": hidden}
        )
    names = [quarter_name(date.fromisoformat(day)) for day in frozen["bases"]]
    measures = [Measure(_("Most at once")), *map(Measure, names)]
    lead = _("How many projects change something in each unit, quarter by quarter.")
    return Picture("change", _("Change in each unit"), _("Unit"), measures, _rows(frozen), notes=notes, lead=lead)


def _makers() -> dict[str, Callable[[Frozen], Picture]]:
    return {
        "goal": _goal,
        "sector": _spent(_("Kroner by sector"), _("Sector"), ""),
        "size": _spent(_("Small and large"), _("Size"), ""),
        "must": _spent(_("Must and should"), _("Why"), _("What a law or an authority demands, against the rest.")),
        "work": _spent(
            _("Development, maintenance and operation"),
            _("Kind of work"),
            _("What makes new, against what keeps going."),
        ),
        "bubbles": _bubbles,
        "money": _money,
        "capacity": _capacity,
        "change": _change,
    }


def in_words(pictures: Iterable[Frozen]) -> list[Picture]:
    """Frozen pictures in the language that is on: the one structure that page, paper and spreadsheet draw."""
    makers = _makers()
    return [makers[one["code"]](one) for one in pictures if one["code"] in makers]


def picture_blocks(picture: Picture) -> list[Block]:
    """A picture on paper: bars in the table's own column, or circles with their table."""
    blocks = [p_.heading(picture.title, 3)]
    if picture.lead:
        blocks.append(p_.text(picture.lead))
    if not picture.rows:
        return [*blocks, p_.text(_("No figures to show yet.")), *([p_.bullets(picture.notes)] if picture.notes else [])]
    numbers: list[Block | str] = [{"title": one.name, "align": "right"} for one in picture.measures]
    if picture.kind == "bubbles":
        x, y = (one.name for one in picture.measures[:2])
        alt = _("%(caption)s. The table below holds the same.") % {"caption": picture.title}
        marks = [(one.number, float(one.cx), float(one.cy), float(one.r)) for one in picture.bubbles]
        rows = [[str(number), row.label, *picture.cells(row.values)] for number, row in enumerate(picture.rows, 1)]
        head: list[Block | str] = [{"title": _("No."), "align": "right"}, picture.axis, *numbers]
        blocks += [p_.bubbles(alt, x, y, marks), p_.table(head, rows)]
    else:
        names = " / ".join(name for _kind, name in picture.legend) or picture.measures[0].name
        bars: Block = {"title": names, "bars": True, "width": 26}
        rows = [[row.label, "\n".join(bar.blocks for bar in drawn), *cells] for row, drawn, cells in picture.table]
        total = [_("Total"), "", *picture.total_cells] if picture.total else []
        blocks.append(p_.table([{"title": picture.axis, "width": 26}, bars, *numbers], rows, total=total))
    return [*blocks, *([p_.bullets(picture.notes)] if picture.notes else [])]


def picture_sheet(picture: Picture) -> Sheet:
    """A picture as a sheet whose chart follows its cells. What is not known is an empty cell, not 0."""
    columns = [Column(picture.axis, width=44), *(Column(one.name, one.unit) for one in picture.measures)]
    rows = [[row.label, *row.values] for row in picture.rows]
    if picture.kind == "bubbles":  # its number stands at each circle, as it does on paper
        axes = (picture.measures[0].name, picture.measures[1].name)
        numbered = [[number, *row] for number, row in enumerate(rows, 1)]
        return Sheet(
            picture.title,
            [Column(_("No."), "number"), *columns],
            numbered,
            bars=Bars(picture.title, 2, 3, "bubbles", axes),
        )
    total = [_("Total"), *picture.total] if picture.total and rows else []
    return Sheet(picture.title, columns, rows, total, Bars(picture.title, 1, picture.drawn))
