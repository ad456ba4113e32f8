"""What is taken out of a portfolio: as a spreadsheet or CSV files for people, as JSON with codes a program can rely on."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import DateField, DateTimeField, DecimalField
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samrad.documents.sheets import Column, Sheet, comma_separated, workbook
from samrad.portfolio.exporting import COLUMNS
from samrad.portfolio.exporting.tables import TABLES, Table
from samrad.portfolio.papers import exportwords
from samrad.portfolio.regvil import flat

SHEET_NAME = 31  # characters: what a workbook allows


def _words(table: Table | None, column: str, value: Any) -> Any:
    """A cell as people read it: numbers and days as such, choices by their words, lists as lines."""
    found = table.field_of(column) if table else None
    if found is not None and found.choices and value not in (None, ""):
        return str(dict(found.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if value is None or isinstance(value, int):
        return value
    if column.endswith("_kr") or isinstance(found, DecimalField):
        return Decimal(value)
    if isinstance(found, DateTimeField):
        return localtime(datetime.fromisoformat(value)).replace(tzinfo=None)
    if isinstance(found, DateField) or column in ("start_date", "end_date", "approved_end"):
        return date.fromisoformat(value)
    return value


def _sheets(data: dict[str, Any]) -> list[Sheet]:
    """A sheet for each table that has rows, after one that says what they are."""
    tables = {table.name: table for table in TABLES}
    made = [
        Sheet(
            str(exportwords.SHEETS[name]).rstrip("?")[:SHEET_NAME],
            [Column(str(exportwords.COLUMNS[column])) for column in columns],
            [[_words(tables.get(name), column, row[column]) for column in columns] for row in data[name]],
        )
        for name, columns in COLUMNS.items()
    ]
    about: list[list[Any]] = [[sheet.name, len(data[name])] for name, sheet in zip(COLUMNS, made, strict=True)]
    about += [
        [_("Portfolio"), data["portfolio"]],
        [_("Vision"), data["vision"]],
        [_("Taken out"), localtime(datetime.fromisoformat(data["at"])).replace(tzinfo=None)],
        [_("Taken out by"), data["by"]],
        [_("What is exempt from public access stands in no row."), None],
    ]
    return [Sheet(str(exportwords.SHEETS["about"]), [Column(_("Sheet")), Column(_("Rows"))], about), *made]


def export_file(data: dict[str, Any], suffix: str) -> bytes:
    """The export as .xlsx with a sheet for each table, as .zip with a CSV for each, or as .json."""
    if suffix == ".json":
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
    sheets = _sheets(data)
    if suffix == ".xlsx":
        return workbook(sheets, at=datetime.fromisoformat(data["at"]))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:
        for sheet in sheets:
            folder.writestr(f"{sheet.name}.csv", comma_separated(sheet.columns, sheet.rows))
    return made.getvalue()


def regvil_file(data: dict[str, Any], suffix: str) -> bytes:
    """The measures in Digdir's shape, as .json or as a .csv with a row for each."""
    if suffix == ".json":
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
    rows = [flat(measure) for measure in data["Tiltak"]]
    names = list(dict.fromkeys(name for row in rows for name in row)) or ["Prefill.Tiltak.Nummer"]
    cells = [["" if row.get(name) is None else str(row[name]) for name in names] for row in rows]
    return comma_separated([Column(name) for name in names], cells)
