"""What changed since an earlier import, as a spreadsheet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from samrad.documents.sheets import Column, Sheet, comma_separated, workbook
from samrad.portfolio.changed import KIND_WORDS, doubt_words, side_words, told
from samrad.portfolio.queries import ChangeReport, ProjectChange
from samrad.portfolio.sheets.mapping import DATE, MONEY, NOT_STATED, TARGETS


def _columns() -> list[Column]:
    return [
        Column(_("Id at the source"), width=22),
        Column(_("Project"), width=48),
        Column(_("What has changed"), width=22),
        Column(_("Column"), width=28),
        Column(_("Before"), width=22),
        Column(_("Now"), width=22),
        Column(_("Difference")),
        Column(_("Must be checked because"), width=60),
        Column(_("Currency and unit"), width=18),
        Column(_("Price base before"), width=22),
        Column(_("Price base now"), width=22),
    ]


def _cell(line: ProjectChange, text: str, place: int) -> Any:
    """A value as a spreadsheet can reckon with it; a range and an unknown in words."""
    change = line.change
    if not text or ".." in text:
        return side_words(text, change, place)
    kind = TARGETS.get(change.field)
    if kind == DATE:
        return date.fromisoformat(text)
    return Decimal(text) if kind == MONEY or change.field == "variance" else side_words(text, change, place)


def _base(text: str) -> str:
    return _("price base not stated") if text == NOT_STATED else text


def _rows(report: ChangeReport) -> list[list[Any]]:
    rows = []
    for line in report.lines:
        change, said = line.change, told(line)
        unit = {1: "", 1000: _("thousand"), 1_000_000: _("million"), 1_000_000_000: _("billion")}.get(change.unit, "")
        rows.append(
            [
                line.source_id,
                line.title,
                str(KIND_WORDS[change.kind]),
                said.field,
                _cell(line, change.before, 0),
                _cell(line, change.after, 1),
                Decimal(change.difference) if change.difference else None,
                "; ".join(doubt_words(code) for code in change.doubts),
                f"{unit} {change.currency}".strip(),
                *map(_base, change.price_bases),
            ]
        )
    return rows


def changes_sheet(report: ChangeReport) -> bytes:
    """The report as XLSX: one line a change."""
    return workbook([Sheet(_("Changes"), _columns(), _rows(report))], at=report.batch.imported_at)


def changes_csv(report: ChangeReport) -> bytes:
    """The same as CSV."""
    return comma_separated(_columns(), _rows(report))
