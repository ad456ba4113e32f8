"""Excel files. Formulas are never evaluated: the value Excel saved is read, or none."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time, timedelta
from itertools import zip_longest
from typing import Any

import openpyxl

from samrad.core.sheets.cells import Cell
from samrad.core.sheets.files import MAX_COLUMNS, MAX_RECORDS, RawRow, Sheet, Unreadable, build

MAX_UNPACKED = 200 * 1024 * 1024
MAX_PARTS = 2000
MAX_RATIO = 300


def check_archive(content: bytes) -> None:
    """A workbook is a zip: refuse what is none, and what would swell when opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Unreadable("broken_workbook") from None
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise Unreadable(
            "open_document" if "content.xml" in names else "word" if "word/document.xml" in names else "packed"
        )
    unpacked = sum(part.file_size for part in parts)
    swollen = any(p.file_size > 10**7 and p.file_size > MAX_RATIO * max(p.compress_size, 1) for p in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or swollen:
        raise Unreadable("bomb")


def _cell(value: Any, formula: Any) -> Cell:
    if value is None and formula is not None:
        text = getattr(formula, "text", formula)
        return str(text) if str(text).startswith("=") else None
    if isinstance(value, str | int | float | datetime) or value is None:
        return value
    if isinstance(value, timedelta | time):
        return str(value)
    return value if hasattr(value, "isoformat") else str(value)


def _rows(content: bytes, wanted: str) -> tuple[list[RawRow], str, tuple[str, ...]]:
    saved = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    plain = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    try:
        names = tuple(sheet.title for sheet in saved.worksheets)
        if not names:
            raise Unreadable("empty")
        if wanted and wanted not in names:
            raise Unreadable("no_such_sheet", wanted[:60])
        name = wanted or names[0]
        sheets = saved[name], plain[name]
        for sheet in sheets:
            sheet.reset_dimensions()  # a file may say any size of itself
        rows: list[RawRow] = []
        pairs = zip_longest(*(s.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1) for s in sheets), fillvalue=())
        for line, (values, formulas) in enumerate(pairs, start=1):
            cells = [_cell(v, f) for v, f in zip_longest(values, formulas)]
            if any(cell not in (None, "") for cell in cells):
                rows.append(RawRow(line, cells))
            if line > 10 * MAX_RECORDS or len(rows) > MAX_RECORDS + 50:
                raise Unreadable("too_many_records", str(MAX_RECORDS))
        return rows, name, names
    finally:
        saved.close()
        plain.close()


def read_workbook(content: bytes, *, wanted: str = "") -> Sheet:
    """The first sheet of an Excel file, or the one named."""
    check_archive(content)
    try:
        rows, name, names = _rows(content, wanted)
    except Unreadable:
        raise
    except Exception as error:
        # openpyxl answers a damaged or hostile workbook with a dozen kinds of error; all mean the same to its owner.
        raise Unreadable("broken_workbook", type(error).__name__) from None
    return build(rows, kind="xlsx", name=name, names=names)
