"""Excel files. Formulas are never evaluated: the value Excel saved is read, or none."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import Any

import openpyxl

from samrad.core.sheets.cells import Cell
from samrad.core.sheets.files import MAX_COLUMNS, MAX_RECORDS, RawRow, Sheet, Unreadable, build, room_for

MAX_UNPACKED = 200 * 1024 * 1024
MAX_HELD = 10 * 1024 * 1024
MAX_PARTS = 2000
MAX_RATIO = 300


def check_archive(content: bytes, *, most: int = 0) -> None:
    """A workbook is a zip: refuse what is none, and what would swell when opened. `most` bytes: where it is held whole.

    Sheets are read line by line; all else is held whole, so it may be no larger than MAX_HELD.
    """
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
    held = any(p.file_size > MAX_HELD for p in parts if _is_held(p.filename))
    if len(parts) > MAX_PARTS or unpacked > (most or MAX_UNPACKED) or swollen or held:
        raise Unreadable("bomb")


def _is_held(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels")) and not name.startswith("xl/worksheets/")


def _plain(value: Any) -> Cell:
    if isinstance(value, str | int | float | datetime) or value is None:
        return value
    if isinstance(value, timedelta | time):
        return str(value)
    return value if hasattr(value, "isoformat") else str(value)


Lines = dict[int, list[Cell]]


def _saved(sheet: Any) -> Lines:
    """The values Excel saved, by line. Lines without any are left out."""
    lines: Lines = {}
    held = 0
    for line, values in enumerate(_values(sheet), start=1):
        cells = [_plain(value) for value in values]
        while cells and cells[-1] in (None, ""):
            cells.pop()
        if cells:
            lines[line] = cells
            held += len(cells)
            room_for(held)
        _not_too_long(line, lines)
    return lines


def _with_formulas(sheet: Any, lines: Lines) -> None:
    """Put the formula itself where Excel saved no value of it: then the cell says why it is unknown."""
    for line, values in enumerate(_values(sheet), start=1):
        for place, value in enumerate(values):
            text = str(getattr(value, "text", value))
            cells = lines.get(line, [])
            if text.startswith("=") and (place >= len(cells) or cells[place] is None):
                cells = lines.setdefault(line, cells)
                cells.extend([None] * (place + 1 - len(cells)))
                cells[place] = text
        _not_too_long(line, lines)


def _not_too_long(line: int, lines: Lines) -> None:
    if line > 10 * MAX_RECORDS or len(lines) > MAX_RECORDS + 50:
        raise Unreadable("too_many_records", str(MAX_RECORDS))


def _values(sheet: Any) -> Any:
    sheet.reset_dimensions()  # a file may say any size of itself
    return sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1)


@contextmanager
def _opened(content: bytes, *, saved: bool) -> Iterator[Any]:
    """The workbook to read from, line by line. One at a time: each holds all of its texts."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=saved, keep_links=False)
    try:
        yield book
    finally:
        book.close()


def _rows(content: bytes, wanted: str) -> tuple[list[RawRow], str, tuple[str, ...]]:
    with _opened(content, saved=True) as book:
        names = tuple(sheet.title for sheet in book.worksheets)
        if not names:
            raise Unreadable("empty")
        if wanted and wanted not in names:
            raise Unreadable("no_such_sheet", wanted[:60])
        name = wanted or names[0]
        lines = _saved(book[name])
    del book
    with _opened(content, saved=False) as book:
        _with_formulas(book[name], lines)
    return [RawRow(line, lines[line]) for line in sorted(lines)], name, names


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
