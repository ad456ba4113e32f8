"""What is settled in a portfolio, in words: the rank orders, «still right?» and the measures, on paper and as sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samrad.documents import paper as p_
from samrad.documents.paper import Block
from samrad.documents.sheets import Column, Sheet
from samrad.portfolio.models import Measure, StillRight
from samrad.portfolio.papers import words as w


def order_name(order: Mapping[str, Any]) -> str:
    """Whose rank order it is, and who approved it when."""
    whose = order["sector"] or _("The common rank order")
    whose = f"{order['portfolio']}: {whose}" if order["portfolio"] else whose
    if not order["approved_on"]:
        return str(whose)
    said = {"who": order["approved_by"], "day": w.day(order["approved_on"])}
    where = f", {order['approved_in']}" if order["approved_in"] else ""
    return f"{whose}: " + _("approved by %(who)s %(day)s") % said + where


def answer_words(code: str) -> str:
    """An answer to «still right?»."""
    return str(StillRight.Answer(code).label)


def kind_words(code: str) -> str:
    """What a measure is about."""
    return str(Measure.Kind(code).label)


def state_words(row: Mapping[str, Any]) -> str:
    """How far a measure has come, and that it is late."""
    state = str(Measure.State(row["state"]).label)
    return f"{state} ({_('late')})" if row["late"] else state


def settled_words(data: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What is settled as the page shows it; empty for a report that was frozen before this stood in it."""
    settled = data.get("settled") or {"rankings": [], "answers": [], "measures": []}
    return {
        "several": [row for rows in settled.values() for row in rows if row["portfolio"]][:1],
        "rankings": [(order_name(order), order["places"]) for order in settled["rankings"]],
        "answers": [(row, answer_words(row["answer"]), w.day(row["on"])) for row in settled["answers"]],
        "measures": [
            (row, row["title"] or kind_words(row["kind"]), state_words(row), w.day(row["due"]))
            for row in settled["measures"]
        ],
    }


def settled_blocks(data: Mapping[str, Any]) -> list[Block]:
    """The measures first, then «still right?» and the rank orders, as they were frozen."""
    said, blocks = settled_words(data), []
    of: list[Block | str] = [_("Portfolio")] if said["several"] else []
    if said["measures"]:
        columns = [_("Measure of the portfolio"), _("State"), _("Deadline"), _("Responsible"), _("Projects"), _("Why")]
        rows = [
            [
                *_whose(row, of),
                what,
                state,
                due,
                row["responsible"],
                ", ".join(row["projects"]) or "–",
                row["reason"] or "–",
            ]
            for row, what, state, due in said["measures"]
        ]
        blocks += [p_.heading(_("Measures")), p_.table([*of, *columns], rows)]
    if said["answers"]:
        columns = [_("Project"), _("Still right?"), _("Why"), _("Answered")]
        rows = [
            [*_whose(row, of), row["title"], word, row["reason"] or "–", f"{day}, {row['by']}"]
            for row, word, day in said["answers"]
        ]
        blocks += [p_.heading(_("Still right?")), p_.table([*of, *columns], rows)]
    if said["rankings"]:
        blocks.append(p_.heading(_("Rank order")))
    for name, places in said["rankings"]:
        table = [[str(row["place"]), row["title"], row["reason"] or "–"] for row in places]
        head: list[Block | str] = [{"title": pgettext("rank", "Place"), "align": "right"}, _("Project"), _("Why")]
        blocks += [p_.text(name), p_.table(head, table)]
    return [p_.pagebreak(), *blocks] if blocks else []


def _whose(row: Mapping[str, Any], of: Sequence[Any]) -> list[str]:
    """The portfolio a row is of, where the report covers several."""
    return [row["portfolio"]] if of else []


def _ranks(settled: Mapping[str, Any], of: list[Column]) -> Sheet:
    rows = [
        [
            *_whose(order, of),
            order["sector"] or _("Common"),
            row["place"],
            row["reference"],
            row["title"],
            row["reason"],
        ]
        for order in settled["rankings"]
        for row in order["places"]
    ]
    columns = [
        Column(_("Rank order")),
        Column(pgettext("rank", "Place"), "number"),
        Column(_("No.")),
        Column(_("Project"), width=40),
    ]
    return Sheet(_("Rank order"), [*of, *columns, Column(_("Why"), width=40)], rows)


def _answers(settled: Mapping[str, Any], of: list[Column]) -> Sheet:
    rows = [
        [
            *_whose(r, of),
            r["reference"],
            r["title"],
            answer_words(r["answer"]),
            r["reason"],
            date.fromisoformat(r["on"]),
            r["by"],
        ]
        for r in settled["answers"]
    ]
    columns = [Column(_("No.")), Column(_("Project"), width=40), Column(_("Still right?")), Column(_("Why"), width=40)]
    return Sheet(_("Still right"), [*of, *columns, Column(_("Answered (date)"), "date"), Column(_("By"))], rows)


def _measures(settled: Mapping[str, Any], of: list[Column]) -> Sheet:
    rows = [
        [
            *_whose(row, of),
            row["title"] or kind_words(row["kind"]),
            kind_words(row["kind"]),
            state_words(row),
            date.fromisoformat(row["due"]),
            row["responsible"],
            ", ".join(row["projects"]),
            row["reason"],
        ]
        for row in settled["measures"]
    ]
    columns = [Column(_("Measure of the portfolio"), width=40), Column(_("Kind")), Column(_("State"))]
    columns += [Column(_("Deadline (date)"), "date"), Column(_("Responsible")), Column(_("Projects"), width=40)]
    return Sheet(_("Measures"), [*of, *columns, Column(_("Why"), width=40)], rows)


def settled_sheets(data: Mapping[str, Any]) -> list[Sheet]:
    """The same as sheets of the spreadsheet: a row for each, days as dates."""
    settled = data.get("settled")
    if not settled:
        return []
    of = [Column(_("Portfolio"), width=30)] if settled_words(data)["several"] else []
    return [_ranks(settled, of), _answers(settled, of), _measures(settled, of)]
