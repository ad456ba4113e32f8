"""Reading what is paid out of the accounts' spreadsheet: a posting a row, added up by year, kind and source."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from samrad.core.fields import parse_amount
from samrad.core.sheets.columns import plain
from samrad.core.sheets.files import Sheet
from samrad.portfolio.money import whole_kroner

Key = tuple[int, str, str]
HEADS: dict[str, tuple[str, ...]] = {
    "year": ("år", "aar", "year", "regnskapsår", "rekneskapsår"),
    "amount": ("beløp", "belop", "amount", "sum", "kr", "kroner"),
    "kind": ("type", "kind", "investering/drift", "regnskap"),
    "source": ("kilde", "kjelde", "source", "finansiering"),
}
KINDS = {"investering": "investment", "investment": "investment", "drift": "running", "running": "running"}
SOURCES = {
    "egne midler": "own",
    "eigne midlar": "own",
    "own": "own",
    "tilskudd": "grant",
    "tilskot": "grant",
    "grant": "grant",
    "fond": "fund",
    "fund": "fund",
    "andre": "others",
    "others": "others",
}


@dataclass(frozen=True)
class Wrong:
    """A row that could not be read: its line in the file, which column, and what stood there."""

    line: int
    column: str
    text: str


@dataclass(frozen=True)
class Postings:
    """What the accounts say is paid, in whole kroner, and the rows that could not be read."""

    amounts: dict[Key, Decimal]
    wrong: list[Wrong]
    rows: int


def _column(sheet: Sheet, name: str) -> str:
    found = {plain(head): head for head in sheet.headers}
    return next((found[plain(head)] for head in HEADS[name] if plain(head) in found), "")


def postings(sheet: Sheet) -> Postings:
    """Every posting added up. Year and amount must be there; without kind it is running cost, without source own funds."""
    columns = {name: _column(sheet, name) for name in HEADS}
    missing = [Wrong(1, HEADS[name][0], "") for name in ("year", "amount") if not columns[name]]
    if missing:
        return Postings({}, missing, 0)
    sums: dict[Key, Decimal] = defaultdict(Decimal)
    wrong: list[Wrong] = []
    for record in sheet.records:
        cells = {name: str(record.cells.get(head) or "").strip() for name, head in columns.items() if head}
        year = cells["year"].removesuffix(".0")
        try:
            amount = parse_amount(cells["amount"])
        except InvalidOperation:
            wrong.append(Wrong(record.line, columns["amount"], cells["amount"]))
            continue
        kind = KINDS.get(cells.get("kind", "").lower() or "drift")
        source = SOURCES.get(cells.get("source", "").lower() or "own")
        if not (year.isdecimal() and 2000 <= int(year) <= 2100):
            wrong.append(Wrong(record.line, columns["year"], cells["year"]))
        elif kind is None:
            wrong.append(Wrong(record.line, columns["kind"], cells["kind"]))
        elif source is None:
            wrong.append(Wrong(record.line, columns["source"], cells["source"]))
        else:
            sums[int(year), kind, source] += amount
    return Postings(whole_kroner(sums), wrong, len(sheet.records))
