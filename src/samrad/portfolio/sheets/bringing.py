"""Rows of milestones, money, risks or people as the file states them. Plain Python, no database, no clock."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from samrad.core.sheets.cells import Cell, as_date, as_identity, as_money, as_text, unsaid
from samrad.core.sheets.columns import unit_of
from samrad.core.sheets.files import Record, Sheet
from samrad.portfolio.periods import quarter_of
from samrad.portfolio.sheets.kinds import CHOICE, DATE, KEY, MONEY, NUMBER, QUARTER, SCALE, Column, Kind

LACKS = {
    "project": "no_project",
    "name": "no_name",
    "title": "no_name",
    "year": "no_year",
    "unit": "no_unit",
}
TOO_LONG, NO_CHOICE, NO_SCALE, NO_WHOLE, NO_QUARTER = (
    *("too_long", "not_a_choice", "not_on_the_scale", "not_a_whole_number", "not_a_quarter"),
)
LARGEST_KR = Decimal(10) ** 13


@dataclass(frozen=True)
class Brought:
    """One row: its keys, what its cells say, and the cells that say nothing readable. Blank cells are left out."""

    record: int
    line: int
    keys: dict[str, str]
    values: dict[str, Any]
    unknown: list[dict[str, Any]] = field(default_factory=list)
    headers: Mapping[str, str] = field(default_factory=dict)

    def doubt(self, target: str, text: str, reason: str) -> None:
        """Note that what a cell says cannot be used."""
        said = {"record": self.record, "line": self.line, "column": self.headers.get(target, target)}
        self.unknown.append({**said, "text": text[:500], "reason": reason, "target": target})

    def refused(self, reason: str) -> dict[str, Any]:
        """That the row cannot come in, and why."""
        return {"record": self.record, "line": self.line, "reason": reason}


@dataclass(frozen=True)
class RowReading:
    """Everything a file says by its columns."""

    records: int
    rows: list[Brought]
    refused: list[dict[str, Any]]


def _whole(cell: Cell, least: int, most: int, reason: str) -> tuple[Any, str]:
    number = as_money(cell, decimal=",").number
    if number is None or number != number.to_integral_value() or not least <= number <= most:
        return None, reason
    return int(number), ""


def quarter_in(text: str) -> date | None:
    """The first day of a quarter: «1. kvartal 2027», «2027K1», «Q1 2027», or a day in it."""
    year = re.search(r"(20\d{2})", text)
    number = re.search(r"(?:[kq]\s?([1-4])\b|\b([1-4])\s?\.?\s?(?:kv|k\b|q\b|t?kvartal))", text, re.IGNORECASE)
    if year and number:
        return date(int(year[1]), 3 * int(number[1] or number[2]) - 2, 1)
    day = as_date(text).day
    return quarter_of(day) if day else None


def _quarter(cell: Cell) -> tuple[Any, str]:
    day = as_date(cell).day if not isinstance(cell, str) else None
    found = quarter_in(day.isoformat() if day else as_text(cell))
    return found, "" if found else NO_QUARTER


def _money(cell: Cell, unit: int) -> tuple[Any, str]:
    amount = as_money(cell, decimal=",", currency="NOK", unit=unit)
    if amount.number is None:
        return None, str(amount.reason or "not_a_number")
    kroner = (amount.number * unit).quantize(Decimal(1))
    return (kroner, "") if abs(kroner) < LARGEST_KR else (None, "number_too_large")


def read_value(column: Column, cell: Cell, unit: int) -> tuple[Any, str]:
    """(value, "") or (None, why it is unknown). People are names until they are looked up."""
    text = as_text(cell)
    if reason := unsaid(text):
        return None, str(reason)
    if column.kind == DATE:
        day = as_date(cell)
        return day.day, str(day.reason or "")
    if column.kind == MONEY:
        return _money(cell, unit)
    if column.kind == SCALE:
        found = re.match(r"\s*([1-5])\b(?!\s*[.,]\d*[1-9])", text)
        return (int(found[1]), "") if found else (None, NO_SCALE)
    if column.kind == NUMBER:
        return _whole(cell, 0, 9999, NO_WHOLE)
    if column.kind == QUARTER:
        return _quarter(cell)
    if column.kind == CHOICE:
        word = " ".join(text.casefold().rstrip(".").split())
        return (column.words[word], "") if word in column.words else (None, NO_CHOICE)
    return (None, TOO_LONG) if len(text) > column.most else (text, "")


def _keys(kind: Kind, record: Record, headers: Mapping[str, str]) -> tuple[dict[str, str], str]:
    keys = {}
    for code in (c.code for c in kind.columns if c.kind == KEY):
        keys[code] = as_identity(record.cells.get(headers.get(code, "")))
        if not keys[code]:
            return keys, LACKS[code]
        if len(keys[code]) > kind.by_code[code].most:
            return keys, TOO_LONG
    return keys, ""


def _row(kind: Kind, record: Record, keys: dict[str, str], headers: Mapping[str, str]) -> Brought:
    row = Brought(record.number, record.line, keys, {}, [], headers)
    for column in kind.columns:
        header = headers.get(column.code)
        if header is None or column.kind == KEY:
            continue
        cell = record.cells.get(header)
        value, reason = read_value(column, cell, unit_of(header))
        if not reason:
            row.values[column.code] = value
        elif reason != "blank":  # a blank cell says nothing, and changes nothing
            row.doubt(column.code, as_text(cell), reason)
    for text in record.beyond:
        row.doubt("", text, "beyond_columns")
    return row


def read_rows(sheet: Sheet, kind: Kind, columns: Mapping[str, str]) -> RowReading:
    """Read every record by its columns (header → field). Refused are only those that cannot be told apart."""
    headers = {code: header for header, code in columns.items() if header in sheet.headers}
    rows, refused = [], []
    for record in sheet.records:
        keys, reason = _keys(kind, record, headers)
        if reason:
            refused.append({"record": record.number, "line": record.line, "reason": reason})
        else:
            rows.append(_row(kind, record, keys, headers))
    return RowReading(len(sheet.records), rows, refused)
