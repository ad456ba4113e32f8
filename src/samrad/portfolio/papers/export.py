"""What is taken out of a portfolio, as a spreadsheet, as CSV files or as JSON. The columns are codes that a program can rely on."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from samrad.documents.sheets import Column, Sheet, comma_separated, workbook
from samrad.portfolio.exporting import COLUMNS
from samrad.portfolio.regvil import flat


def _value(name: str, value: Any) -> Any:
    """A number as a number and a day as a day; everything else is text."""
    if value is None or isinstance(value, int):
        return value
    if name.endswith("_kr") or name == "kroner_a_year":
        return Decimal(value)
    if name.endswith(("_date", "period_start", "period_end", "approved_end")):
        return date.fromisoformat(value)
    return value


def _rows(data: dict[str, Any], table: str) -> list[list[Any]]:
    return [[_value(name, row[name]) for name in COLUMNS[table]] for row in data[table]]


def export_file(data: dict[str, Any], suffix: str) -> bytes:
    """The export as .xlsx with a sheet for each table, as .zip with a CSV for each, or as .json."""
    if suffix == ".json":
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
    columns = {table: [Column(name) for name in names] for table, names in COLUMNS.items()}
    at = datetime.fromisoformat(data["at"])
    if suffix == ".xlsx":
        return workbook([Sheet(table, columns[table], _rows(data, table)) for table in COLUMNS], at=at)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:
        for table in COLUMNS:
            folder.writestr(f"{table}.csv", comma_separated(columns[table], _rows(data, table)))
    return made.getvalue()


def regvil_file(data: dict[str, Any], suffix: str) -> bytes:
    """The measures in Digdir's shape, as .json or as a .csv with a row for each."""
    if suffix == ".json":
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
    rows = [flat(measure) for measure in data["Tiltak"]]
    names = list(dict.fromkeys(name for row in rows for name in row)) or ["Prefill.Tiltak.Nummer"]
    cells = [["" if row.get(name) is None else str(row[name]) for name in names] for row in rows]
    return comma_separated([Column(name) for name in names], cells)
