"""A sheet of systems read by its columns: rows with what they state, and every cell that stays unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from samrad.core.sheets.cells import Cell, as_date, as_identity, as_money, as_text, unsaid
from samrad.core.sheets.columns import Guess, guessed, likeliest, unit_of
from samrad.core.sheets.files import Record, Sheet
from samrad.systems.content import BY_CODE, CHOICE, DATE, FIELD, ITEMS, MONEY, NUMBER, PERSON, TEXT, WHOLE, Item
from samrad.systems.models import System, Terms

SOURCE = "source_id"
SOURCE_KNOWN = "id|nr|nummer|systemid|system id|løpenummer|kode|key|referanse"
TARGETS = [SOURCE, *BY_CODE]
NO_NAME, NAME_TWICE, ID_TWICE, TOO_LONG = "no_name", "name_twice", "id_twice", "too_long"
NO_CHOICE, NO_PERSON, NO_FIELD, NO_WHOLE = "not_a_choice", "no_such_person", "no_such_field", "not_a_whole_number"
TWO_PEOPLE = "several_people"


@dataclass(frozen=True)
class Names:
    """The people and professional fields of the register's owner, by name in small letters."""

    people: Mapping[str, list[int]] = field(default_factory=dict)
    fields: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One system as the file states it; what a cell could not say is in `unknown`."""

    record: int
    line: int
    name: str
    source_id: str
    values: dict[str, Any]
    unknown: dict[str, dict[str, str]]
    columns: dict[str, str]


@dataclass(frozen=True)
class Refusal:
    """A row that cannot be identified, and why."""

    record: int
    line: int
    reason: str
    name: str


@dataclass(frozen=True)
class Reading:
    """Everything a file says by its columns."""

    records: int
    rows: list[Row]
    refused: list[Refusal]
    beyond: list[tuple[Record, str]]


def propose(sheet: Sheet) -> tuple[Guess, ...]:
    """What each column seems to be, by its header and whether its cells make sense as it."""
    known = {SOURCE: SOURCE_KNOWN, **{code: item.known for code, item in BY_CODE.items()}}
    return guessed(sheet, likeliest(sheet, known, _readable))


def _readable(target: str, cells: list[Cell]) -> float:
    """How large a part of the cells makes sense as this field; 1 where the field is text or says nothing."""
    if target == SOURCE or BY_CODE[target].kind not in (DATE, MONEY, NUMBER, CHOICE):
        return 1.0
    said = [cell for cell in cells if not unsaid(as_text(cell))]
    good = sum(1 for cell in said if read_cell(BY_CODE[target], cell, Names(), 1)[1] == "")
    return good / len(said) if said else 1.0


def read_cell(item: Item, cell: Cell, names: Names, unit: int) -> tuple[Any, str]:
    """(value, "") or (None, why it is unknown)."""
    text = " ".join(as_text(cell).split()) if item.kind != TEXT else as_text(cell)
    if item.kind == DATE:
        day = as_date(cell)
        return day.day, str(day.reason or "")
    if item.kind in (MONEY, NUMBER):
        return _number(item, cell, unit)
    if reason := unsaid(text):
        return None, str(reason)
    if item.kind == CHOICE:
        return _choice(item, text)
    if item.kind == PERSON:
        found = names.people.get(text.casefold(), [])
        return (found[0], "") if len(found) == 1 else (None, TWO_PEOPLE if found else NO_PERSON)
    if item.kind == FIELD:
        pk = names.fields.get(text.casefold())
        return pk, "" if pk else NO_FIELD
    most = (Terms if item.terms else System)._meta.get_field(item.code).max_length  # type: ignore[union-attr]
    return (None, TOO_LONG) if most and len(text) > most else (text, "")


def _number(item: Item, cell: Cell, unit: int) -> tuple[Any, str]:
    amount = as_money(cell, decimal=",", currency="NOK" if item.kind == MONEY else "", unit=unit)
    number = amount.number
    if number is None:
        return None, str(amount.reason or NO_WHOLE)
    if item.kind == MONEY:
        kroner = (number * unit).quantize(Decimal("0.01"))
        return (kroner, "") if 0 <= kroner < Decimal(10) ** 12 else (None, "number_too_large")
    if number != number.to_integral_value() or not 0 <= number < 2_000_000_000:
        return None, NO_WHOLE
    return int(number), ""


def _choice(item: Item, text: str) -> tuple[Any, str]:
    said = text.casefold().rstrip(".")
    value: Any = item.words.get(said)
    if value is None:
        value = next((v for v, label in item.choices if str(label).casefold() == said), None)
    if value is None:
        return None, NO_CHOICE
    return (int(value) if item.code in WHOLE else value), ""


def interpret(sheet: Sheet, columns: Mapping[str, str], names: Names) -> Reading:
    """Read every record. Refused are only rows that cannot be told apart: without a name, or named as an earlier one."""
    by_target = {target: header for header, target in columns.items() if target in TARGETS and header in sheet.headers}
    rows: list[Row] = []
    refused: list[Refusal] = []
    ids: set[str] = set()
    taken: set[str] = set()
    for record in sheet.records:
        name = " ".join(as_text(record.cells.get(by_target.get("name", ""))).split())
        source = as_identity(record.cells.get(by_target.get(SOURCE, "")))
        reason = _refused(name, source, taken, ids)
        if reason:
            refused.append(Refusal(record.number, record.line, reason, name[:200]))
            continue
        taken.add(name.casefold())
        ids |= {source} - {""}
        rows.append(_row(record, name, source, by_target, names))
    beyond = [(record, text) for record in sheet.records for text in record.beyond]
    return Reading(len(sheet.records), rows, refused, beyond)


def _refused(name: str, source: str, taken: Iterable[str], ids: Iterable[str]) -> str:
    if not name:
        return NO_NAME
    if len(name) > 120 or len(source) > 100:
        return TOO_LONG
    if source and source in ids:
        return ID_TWICE
    return NAME_TWICE if name.casefold() in taken else ""


def _row(record: Record, name: str, source: str, by_target: Mapping[str, str], names: Names) -> Row:
    values: dict[str, Any] = {"name": name}
    unknown: dict[str, dict[str, str]] = {}
    for item in ITEMS:
        header = by_target.get(item.code)
        if header is None or item.code == "name":
            continue
        value, reason = read_cell(item, record.cells.get(header), names, unit_of(header))
        if not reason:
            values[item.code] = value
        elif reason != "blank":  # a blank cell says nothing, and changes nothing
            unknown[item.code] = {"text": as_text(record.cells.get(header))[:500], "reason": reason}
    start, end = values.get("start_date"), values.get("end_date")
    if start and end and end < start:
        unknown["end_date"] = {
            "text": as_text(record.cells.get(by_target["end_date"]))[:500],
            "reason": "ends_before_start",
        }
        del values["end_date"]
    return Row(record.number, record.line, name, source, values, unknown, dict(by_target))
