"""Reading ICT effort out of a spreadsheet: a unit and a month a row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from samrad.core.fields import parse_amount
from samrad.core.sheets.cells import Cell, as_text
from samrad.core.sheets.columns import plain
from samrad.core.sheets.files import Record, Sheet
from samrad.portfolio.effort import KINDS, EffortRow
from samrad.portfolio.sheets.accounts import Wrong

HEADS: dict[str, tuple[str, ...]] = {
    "unit": ("enhet", "eining", "unit", "avdeling", "sektor"),
    "house": ("kommune", "municipality", "organisasjon"),
    "month": ("måned", "månad", "month", "periode", "mnd"),
    "year": ("år", "year"),
    "operation": ("drift", "operation", "operations"),
    "maintenance": ("forvaltning", "forvalting", "maintenance"),
    "development": ("utvikling", "development"),
    "decided": ("vedtatte tiltak", "vedtekne tiltak", "på vedtatte tiltak", "herav vedtatt", "decided"),
    "all_hours": ("timer i alt", "timar i alt", "hours in all"),
}
NEEDED = ("unit", "month", *KINDS[:3])
NAMES = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des")
LARGEST = Decimal(1_000_000)
Units = Mapping[tuple[str, str], int]
"""The units one may write for: (municipality or nothing, unit) in small letters to its id; 0 where several have the name."""


@dataclass(frozen=True)
class ReadRow:
    """A row of the file that could be read."""

    line: int
    unit_id: int
    row: EffortRow


@dataclass(frozen=True)
class EffortReading:
    """Everything a file says: what can come in, and what cannot."""

    rows: list[ReadRow]
    wrong: list[Wrong]


def as_month(cell: Cell, year: Cell = None) -> date | None:
    """«2026-03», «03.2026», «mars 2026», a date, or a month's number or name with the year in a column of its own."""
    if isinstance(cell, date):
        return date(cell.year, cell.month, 1)
    text, own = as_text(cell).casefold().strip(), as_text(year).removesuffix(".0").strip()
    text = text.removesuffix(".0") if own else text
    if found := re.fullmatch(r"(\d{4})[-./ ](\d{1,2})(?:[-./]\d{1,2})?", text):
        number, of = int(found[2]), int(found[1])
    elif found := re.fullmatch(r"(?:\d{1,2}[.])?(\d{1,2})[-./ ](\d{4})", text):
        number, of = int(found[1]), int(found[2])
    elif (found := re.fullmatch(r"([a-zæøå]{3,9})\.? ?(\d{4})?", text)) and (found[2] or own.isdecimal()):
        number, of = (NAMES.index(found[1][:3]) + 1 if found[1][:3] in NAMES else 0), int(found[2] or own)
    elif text.isdecimal() and own.isdecimal() and len(text) < 3:
        number, of = int(text), int(own)
    else:
        return None
    return date(of, number, 1) if 1 <= number <= 12 and 2000 <= of <= 2100 else None


def _amount(cell: Cell) -> Decimal:
    """A number of hours or per cent with at most one decimal; an empty cell is 0. InvalidOperation for anything else."""
    text = as_text(cell).removesuffix("%").strip()
    found = parse_amount(text) if text else Decimal(0)
    if not 0 <= found < LARGEST or found != found.quantize(Decimal("0.1")):
        raise InvalidOperation
    return found


class _Reader:
    def __init__(self, sheet: Sheet, units: Units) -> None:
        heads = {plain(head): head for head in sheet.headers}
        self.heads = {n: next((heads[plain(h)] for h in known if plain(h) in heads), "") for n, known in HEADS.items()}
        self.units = units
        self.wrong: list[Wrong] = []

    def cell(self, record: Record, name: str) -> Cell:
        return record.cells.get(self.heads[name]) if self.heads[name] else None

    def fail(self, record: Record, name: str) -> None:
        self.wrong.append(Wrong(record.line, self.heads[name], as_text(self.cell(record, name))))

    def row(self, record: Record) -> ReadRow | None:
        house, unit = (as_text(self.cell(record, n)).casefold().strip() for n in ("house", "unit"))
        unit_id = self.units.get((house, unit), 0)
        month = as_month(self.cell(record, "month"), self.cell(record, "year"))
        if not unit_id:
            self.fail(record, "unit")
        if month is None:
            self.fail(record, "month")
        amounts: dict[str, Decimal | None] = {}
        for name in (*KINDS, "all_hours"):
            try:
                amounts[name] = _amount(self.cell(record, name))
            except InvalidOperation:
                self.fail(record, name)
        if not unit_id or month is None or len(amounts) < len(KINDS) + 1:
            return None
        in_all = amounts.pop("all_hours")
        measure = "percent" if in_all else "hours"
        return ReadRow(record.line, unit_id, EffortRow.of(month, amounts, measure=measure, all_hours=in_all))


def effort_rows(sheet: Sheet, units: Units) -> EffortReading:
    """Every row of the file, in hours, or in per cent where it says how many hours the month is in all."""
    reader = _Reader(sheet, units)
    missing = [Wrong(1, HEADS[name][0], "") for name in NEEDED if not reader.heads[name]]
    if missing:
        return EffortReading([], missing)
    rows: list[ReadRow] = []
    taken: set[tuple[int, date]] = set()
    for record in sheet.records:
        found = reader.row(record)
        if found is not None and (found.unit_id, found.row.month) in taken:
            reader.fail(record, "month")  # twice in the file: which of them holds?
        elif found is not None:
            taken.add((found.unit_id, found.row.month))
            rows.append(found)
    return EffortReading(rows, reader.wrong)
