"""CSV as it comes: encodings, delimiters and line ends that nobody has agreed on."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from samrad.core.sheets.files import MAX_COLUMNS, MAX_RECORDS, RawRow, Sheet, Unreadable, build, room_for

DELIMITERS = ",;\t|"
MAX_LINES, MAX_DELIMITERS = 50 * MAX_RECORDS, 100_000
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def _decoded(content: bytes) -> tuple[str, str]:
    """The text and the encoding it was read in: by its mark, by its zeros, as UTF-8, else as Windows writes it."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding), encoding
    even, odd = content[:4000:2].count(0), content[1:4000:2].count(0)
    if max(even, odd) > min(len(content), 4000) // 8:
        encoding = "utf-16-le" if odd > even else "utf-16-be"
        return _strictly(content, encoding), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _strictly(content, "cp1252"), "cp1252"


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Unreadable("encoding", str(line)) from None


def _delimiter(text: str) -> str:
    """The delimiter that gives the most even and then the widest rows."""
    start = text[: 64 * 1024]
    best, found = (0.0, 0), ""
    for delimiter in DELIMITERS:
        try:
            rows = [
                len(row)
                for row, _n in zip(
                    csv.reader(io.StringIO(start, newline=""), delimiter=delimiter), range(40), strict=False
                )
                if row
            ]
        except csv.Error:
            continue
        width, times = Counter(n for n in rows if n > 1).most_common(1)[0] if any(n > 1 for n in rows) else (1, 0)
        score = (round(times / max(len(rows), 1), 1), width)
        if width > 1 and score > best:
            best, found = score, delimiter
    if not found:
        raise Unreadable("one_column")
    return found


def _rows(text: str, delimiter: str, *, strict: bool) -> list[RawRow]:
    reader = csv.reader(_lines(text, delimiter), delimiter=delimiter, strict=strict)
    rows: list[RawRow] = []
    line, held = 1, 0
    for cells in reader:
        if any(cells):
            rows.append(RawRow(line, list(cells)))
            held += len(cells)
            room_for(held)
        line = reader.line_num + 1
        if len(rows) > MAX_RECORDS + 50 or line > MAX_LINES:
            raise Unreadable("too_many_records", str(MAX_RECORDS))
    return rows


def _lines(text: str, delimiter: str) -> Iterator[str]:
    """The lines as they end, one by one: a copy of the text in memory would be four times as large."""
    for found in _LINE.finditer(text):
        # Before the row is made of it: no text has so many delimiters in it.
        if found[0].count(delimiter) > MAX_DELIMITERS:
            raise Unreadable("too_many_columns", str(MAX_COLUMNS))
        yield found[0]


def read_delimited(content: bytes) -> Sheet:
    """A CSV file as a sheet."""
    text, encoding = _decoded(content)
    if "\x00" in text or sum(1 for c in text[:4000] if c < " " and c not in "\t\r\n\x0b\x0c") > 20:
        raise Unreadable("not_text")
    if text.lstrip()[:200].lower().startswith(("<!doctype", "<html", "<?xml", "{\\rtf")):
        raise Unreadable("web_page")
    stated = ""
    if text[:4].lower() == "sep=" and text[4:5]:
        # Excel's own first line; kept as an empty row so that the lines still count.
        stated, rest = text[4], text.partition("\n")[2]
        text = "\n" + rest
    delimiter = stated or _delimiter(text)
    try:
        rows = _rows(text, delimiter, strict=True)
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise Unreadable("open_quote") from None
        try:
            rows = _rows(text, delimiter, strict=False)
        except csv.Error:
            raise Unreadable("not_csv") from None
    return build(rows, kind="csv", encoding=encoding, delimiter=delimiter)
