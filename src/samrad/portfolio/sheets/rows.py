"""A sheet read by a mapping: rows that can be identified, those that cannot, and every cell that stays unknown."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from samrad.core.sheets.cells import Cell, Reason, Value, as_date, as_identity, as_money, as_rating, as_text, as_words
from samrad.core.sheets.files import Record, Sheet
from samrad.portfolio.sheets.mapping import (
    DATE,
    IDENTITY,
    MONEY,
    PERCENT,
    RATING,
    TARGETS,
    Bound,
    ColumnRule,
    Mapping,
    bind,
)

NO_ID, DUPLICATE_ID, LONG_ID = "no_id", "id_twice", "id_too_long"
MAX_ID = 100


@dataclass(frozen=True)
class Refusal:
    """A row that cannot be identified, where it stands, and why. `first` is the record that has the same id."""

    record: int
    line: int
    reason: str
    title: str = ""
    first: int = 0


@dataclass(frozen=True)
class Unknown:
    """A cell whose value is unknown."""

    record: int
    line: int
    column: str
    target: str
    text: str
    reason: str


@dataclass(frozen=True)
class Row:
    """One project as the file states it."""

    record: int
    line: int
    source_id: str
    values: dict[str, Value]
    unknown: tuple[Unknown, ...]
    columns: dict[str, str] = field(default_factory=dict)
    stated_variance: Decimal | None = None  # as the file gives it, to be held against what is computed


@dataclass(frozen=True)
class Reading:
    """Everything a file says by one mapping."""

    records: int
    rows: list[Row]
    refused: list[Refusal]
    bound: dict[str, Bound] = field(default_factory=dict)

    @property
    def unknown(self) -> list[Unknown]:
        """Every unknown cell of the rows that can come in."""
        return [cell for row in self.rows for cell in row.unknown]


def _value(kind: str, cell: Cell, rule: ColumnRule) -> Value:
    if kind == MONEY:
        return as_money(cell, decimal=rule.decimal_mark, currency=rule.currency, unit=rule.unit)
    if kind == DATE:
        return as_date(cell, order=rule.order)
    return as_rating(cell) if kind == RATING else as_words(cell)


def _read(record: Record, bound: Bound) -> tuple[str, Value]:
    """The value of a field and the column it came from: the first column that says something."""
    kind = TARGETS[bound.target]
    first, *others = bound.columns
    column = next((c for c in bound.columns if as_text(record.cells.get(c))), first) if others else first
    return column, _value(kind, record.cells.get(column), bound.rule)


def _row(record: Record, source_id: str, bound: dict[str, Bound]) -> Row:
    values: dict[str, Value] = {}
    unknown: list[Unknown] = []
    columns: dict[str, str] = {}
    stated: Decimal | None = None
    for target, own in bound.items():
        # The variance is recomputed from baseline and forecast: the files give it without its sign.
        if TARGETS[target] == PERCENT:
            cell = record.cells.get(own.columns[0])
            stated = as_money(
                cell.rstrip("% ") if isinstance(cell, str) else cell, decimal=own.rule.decimal_mark
            ).number
        if TARGETS[target] in (IDENTITY, PERCENT):
            continue
        columns[target], values[target] = _read(record, own)
    start, end = values.get("start_date"), values.get("end_date")
    if start and end and start.day and end.day and end.day < start.day:
        values["end_date"] = Value(None, Reason.END_FIRST, end.text)
    for target, value in values.items():
        if value.reason is not None:
            unknown.append(_unknown(record, columns[target], target, value.text, value.reason))
    # Its column has no name and no field; the text is kept so that nothing is lost unseen.
    for offset, text in enumerate(record.beyond, start=len(record.cells) + 1):
        unknown.append(_unknown(record, f"#{offset}", "", text, Reason.BEYOND))
    return Row(record.number, record.line, source_id, values, tuple(unknown), columns, stated)


def _unknown(record: Record, column: str, target: str, text: str, reason: Reason) -> Unknown:
    return Unknown(record.number, record.line, column, target, text, str(reason))


def interpret(sheet: Sheet, mapping: Mapping) -> Reading:
    """Read every record. Only one that cannot be identified is refused: no id, or the id of an earlier record."""
    bound = bind(mapping, sheet.headers)
    rows: list[Row] = []
    refused: list[Refusal] = []
    seen: dict[str, int] = {}
    for record in sheet.records:
        source_id = _identity(record, bound.get("source_id"))
        title = as_text(record.cells.get(bound["title"].columns[0])) if "title" in bound else ""
        if not source_id:
            refused.append(Refusal(record.number, record.line, NO_ID, title[:200]))
        elif len(source_id) > MAX_ID:
            refused.append(Refusal(record.number, record.line, LONG_ID, title[:200]))
        elif source_id in seen:
            refused.append(Refusal(record.number, record.line, DUPLICATE_ID, title[:200], seen[source_id]))
        else:
            seen[source_id] = record.number
            rows.append(_row(record, source_id, bound))
    return Reading(len(sheet.records), rows, refused, bound)


def _identity(record: Record, bound: Bound | None) -> str:
    for column in bound.columns if bound else ():
        if text := as_identity(record.cells.get(column)):
            return text
    return ""


def variance(budget: Decimal | None, forecast: Decimal | None) -> Decimal | None:
    """Forecast against budget in per cent, with its sign; unknown where either is, or the budget is nothing."""
    if not budget or forecast is None:
        return None
    return ((forecast - budget) * 100 / budget).quantize(Decimal("0.01"))
