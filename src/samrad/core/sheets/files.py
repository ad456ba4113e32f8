"""A file to a sheet of records. What is not a spreadsheet is said to be so, with what to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from samrad.core.sheets.cells import Cell, as_text

MAX_BYTES = 20 * 1024 * 1024
MAX_RECORDS = 20_000
MAX_COLUMNS = 150
MAX_CELLS = 600_000  # so many fit in the memory an import may take


class Unreadable(Exception):
    """The file cannot be read as a spreadsheet. `reason` is a code; `detail` a number or a name to say it with.

    `words` say it in whole, where only a later room knows what the file is.
    """

    def __init__(self, reason: str, detail: str = "", words: object = "") -> None:
        self.reason, self.detail, self.words = reason, detail, words
        super().__init__(f"{reason} {detail}".strip())


@dataclass(frozen=True)
class Record:
    """One row: its number among the records, the physical line where it starts, and its cells by header."""

    number: int
    line: int
    cells: dict[str, Cell]
    beyond: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """The headers and records of one spreadsheet, and how it was read."""

    headers: tuple[str, ...]
    records: tuple[Record, ...]
    kind: str = "csv"
    encoding: str = ""
    delimiter: str = ""
    name: str = ""
    names: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class RawRow:
    """A row as the reader found it."""

    line: int
    cells: list[Cell]


_SIGNATURES = (
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0", "old_excel"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"\x1f\x8b", "packed"),
    (b"7z\xbc\xaf", "packed"),
    (b"Rar!", "packed"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
)


def read(source: Path | bytes, name: str = "", *, sheet: str = "") -> Sheet:
    """The sheet in a CSV or Excel file, told by what the file holds and never by its name. Raises Unreadable."""
    content = source if isinstance(source, bytes) else content_of(source)
    if len(content) > MAX_BYTES:
        raise Unreadable("too_large", str(MAX_BYTES // 1024 // 1024))
    refuse_others(content)
    if content.startswith(b"PK"):
        from samrad.core.sheets.workbooks import read_workbook

        return read_workbook(content, wanted=sheet)
    from samrad.core.sheets.delimited import read_delimited

    return read_delimited(content)


def refuse_others(content: bytes) -> None:
    """Raise Unreadable where the file is empty, or shows by its first bytes that it is another kind of file."""
    if not content.strip(b"\x00 \t\r\n"):
        raise Unreadable("empty")
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            raise Unreadable(kind)


def content_of(path: Path) -> bytes:
    """The content of a file, refused before it is read where it is too large. Raises Unreadable, OSError."""
    if path.stat().st_size > MAX_BYTES:
        raise Unreadable("too_large", str(MAX_BYTES // 1024 // 1024))
    return path.read_bytes()


def room_for(cells: int) -> None:
    """Raises Unreadable where there are more cells than an import may hold."""
    if cells > MAX_CELLS:
        raise Unreadable("too_many_cells", f"{MAX_CELLS:_}".replace("_", " "))


def _filled(row: RawRow) -> int:
    return sum(1 for cell in row.cells if as_text(cell))


def _header_at(rows: list[RawRow]) -> int:
    """Which row holds the headers: people put a title and a date above them."""
    widest = max((_filled(row) for row in rows[:25]), default=0)
    for index, row in enumerate(rows[:25]):
        if _filled(row) >= max(2, widest * 0.6):
            return index
    raise Unreadable("one_column")


def _headers(cells: list[Cell]) -> list[str]:
    texts = [" ".join(as_text(cell).split())[:200] for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    if len(texts) > MAX_COLUMNS:
        raise Unreadable("too_many_columns", str(MAX_COLUMNS))
    found: list[str] = []
    for number, text in enumerate(texts, start=1):
        header, copy = text or f"#{number}", 2
        while header in found:
            header, copy = f"{text or f'#{number}'} ({copy})", copy + 1
        found.append(header)
    return found


def build(rows: list[RawRow], **how: object) -> Sheet:
    """Headers and records from rows. Empty rows are no records; cells beyond the headers are kept apart."""
    rows = [row for row in rows if any(as_text(cell) for cell in row.cells)]
    if not rows:
        raise Unreadable("empty")
    start = _header_at(rows)
    headers = _headers(rows[start].cells)
    room_for(len(headers) * min(len(rows) - start - 1, MAX_RECORDS))
    records = []
    for number, row in enumerate(rows[start + 1 :], start=1):
        if number > MAX_RECORDS:
            raise Unreadable("too_many_records", str(MAX_RECORDS))
        padded = [*row.cells, *[None] * (len(headers) - len(row.cells))]
        beyond = tuple(text for text in map(as_text, row.cells[len(headers) :]) if text)
        records.append(Record(number, row.line, dict(zip(headers, padded, strict=False)), beyond))
    if not records:
        raise Unreadable("no_records")
    return Sheet(tuple(headers), tuple(records), **how)  # type: ignore[arg-type]  # how it was read, passed on as given
