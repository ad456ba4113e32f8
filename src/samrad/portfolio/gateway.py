"""Spreadsheets from outside: reading CSV and XLSX, and what a cell says. Nothing here writes or decides."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")
MOST_BYTES = 25 * 1024 * 1024
MOST_ROWS = 20_000
MOST_UNPACKED = 200 * 1024 * 1024


class Unreadable(ValueError):
    """The file is no spreadsheet we can read; the text says why."""


@dataclass(frozen=True)
class Record:
    """One row: its number among the records, the line it starts on, and its cells by header."""

    number: int
    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """A spreadsheet as read."""

    headers: tuple[str, ...]
    records: tuple[Record, ...]


def read(content: bytes, name: str) -> Sheet:
    """Read a CSV or XLSX file; Unreadable where it is neither."""
    if len(content) > MOST_BYTES:
        raise Unreadable("too_large")
    if content[:4] == b"PK\x03\x04":
        return _xlsx(content)
    if name.lower().endswith((".xlsx", ".xls", ".ods", ".pdf", ".docx")) or b"\x00\x00\x00" in content[:400]:
        raise Unreadable("not_a_spreadsheet")
    return _csv(content)


def _decoded(content: bytes) -> str:
    for encoding in ENCODINGS:
        if encoding == "utf-16" and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("encoding")


def _csv(content: bytes) -> Sheet:
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)

    def rows() -> Iterator[tuple[int, list[str]]]:
        before = 0
        for row in reader:
            yield before + 1, row
            before = reader.line_num

    try:
        return _sheet(list(rows()))
    except csv.Error as error:
        raise Unreadable("not_a_spreadsheet") from error


def _xlsx(content: bytes) -> Sheet:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(i.file_size for i in archive.infolist()) > MOST_UNPACKED:
                raise Unreadable("too_large")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        page = book.worksheets[0]
        rows = [(n, [_plain(v) for v in row]) for n, row in enumerate(page.iter_rows(values_only=True), 1)]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("not_a_spreadsheet") from error
    return _sheet(rows)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value)


def _sheet(rows: Sequence[tuple[int, list[str]]]) -> Sheet:
    filled = [(line, row) for line, row in rows if any(cell.strip() for cell in row)]
    if len(filled) > MOST_ROWS:
        raise Unreadable("too_large")
    if not filled or len([h for h in filled[0][1] if h.strip()]) < 2:
        raise Unreadable("no_headers")
    headers = tuple(" ".join(h.split()) for h in filled[0][1])
    records = tuple(
        Record(number, line, {h: cell.strip() for h, cell in zip(headers, row, strict=False) if h})
        for number, (line, row) in enumerate(filled[1:], 1)
    )
    return Sheet(headers, records)


@dataclass(frozen=True)
class Amount:
    """What a cell says of money: a value, or a range, or why it is unknown."""

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    reason: str = ""


_NUMBER = re.compile(r"-?\d[\d\s\u00a0.,]*")
_RANGE = re.compile(r"low\D*([\d.,]+).*?high\D*([\d.,]+)", re.I | re.S)
_EXEMPT = re.compile(r"exempt|unntatt|unnateke|section 4\d", re.I)


def _decimal(text: str) -> Decimal | None:
    digits = re.sub(r"[\s\u00a0]", "", text).strip(".,")
    if "," in digits and "." in digits:
        decimal_mark = max(",.", key=digits.rfind)
        digits = digits.replace("." if decimal_mark == "," else ",", "").replace(decimal_mark, ".")
    elif digits.count(",") == 1 and len(digits.split(",")[1]) != 3:
        digits = digits.replace(",", ".")
    else:
        digits = digits.replace(",", "")
        if digits.count(".") > 1:
            digits = digits.replace(".", "")
    try:
        value = Decimal(digits)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < Decimal(10) ** 12 else None


def money(text: str) -> Amount:
    """An amount in the unit of its column. Ranges and exemptions are unknown, with the reason; never raises."""
    if not text or text.lower() in {"n/a", "na", "-", "–", "ukjent", "tbc"}:
        return Amount(reason="blank")
    if _EXEMPT.search(text):
        return Amount(reason="exempt")
    span = _RANGE.search(text)
    if span:
        return Amount(low=_decimal(span[1]), high=_decimal(span[2]), reason="range")
    bare = re.sub(r"(?i)(gbp|nok|kr\.?|£|mill\.?|m)$|^(gbp|nok|kr\.?|£)", "", text.strip()).strip()
    if not _NUMBER.fullmatch(bare):
        return Amount(reason="not_a_number")
    value = _decimal(bare)
    return Amount(value=value, reason="" if value is not None else "not_a_number")


def day(text: str) -> tuple[date | None, str]:
    """A date as written here, in Britain or by ISO 8601; or why it is unknown. Never raises."""
    if not text:
        return None, "blank"
    if _EXEMPT.search(text):
        return None, "exempt"
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%Y-%m-%d %H:%M:%S", "%d-%m-%Y"):
        try:
            return datetime.strptime(text, form).date(), ""
        except ValueError:
            continue
    return None, "not_a_date"


def rating(text: str) -> tuple[str, str]:
    """A delivery confidence as one of our lights; or why it is unknown."""
    word = text.strip().lower()
    if word in {"green", "amber", "red", "amber/green", "amber/red", "grønn", "gul", "rød"}:
        light = {"grønn": "green", "gul": "amber", "rød": "red", "amber/green": "amber", "amber/red": "red"}
        return light.get(word, word), ""
    if not word:
        return "", "blank"
    return "", "exempt" if _EXEMPT.search(word) else "not_a_rating"


@dataclass(frozen=True)
class Mapping:
    """Which column is what. Money is in `unit` of `currency`; the price base stands in the header or here."""

    name: str
    columns: dict[str, list[str]]
    currency: str = "NOK"
    unit: int = 1
    price_base: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    def header_for(self, target: str, headers: Sequence[str]) -> str:
        """The first header that fits a target: the same words, whatever stands in brackets behind them."""
        bare = {re.sub(r"\s*\(.*", "", h).strip().lower(): h for h in reversed(headers)}
        for candidate in self.columns.get(target, []):
            if candidate in headers:
                return candidate
            found = bare.get(re.sub(r"\s*\(.*", "", candidate).strip().lower())
            if found:
                return found
        return ""


MONEY = ("budget_year", "forecast_year", "whole_life_cost", "benefits")
TEXTS = ("description", "rating_comment", "schedule", "variance", "costs_text", "benefits_text")

GMPP = Mapping(
    name="gmpp",
    columns={
        "source_id": ["GMPP ID", "Major Projects ID"],
        "title": ["Project Name"],
        "department": ["Department"],
        "category": ["Annual Report Category"],
        "description": ["Project Description"],
        "rating": ["SRO Delivery Confidence Assessment", "IPA Delivery Confidence Assessment"],
        "rating_comment": ["Departmental Commentary on Delivery Confidence Assessment Rating"],
        "start_date": ["Start Date"],
        "end_date": ["End Date"],
        "schedule": ["Schedule Narrative"],
        "budget_year": ["Financial Year Baseline (£m)"],
        "forecast_year": ["Financial Year Forecast (£m)"],
        "variance": ["In Year Variance Narrative"],
        "whole_life_cost": ["Whole Life Cost (£m)"],
        "costs_text": ["Costs Narrative"],
        "benefits": ["Benefits (£m)"],
        "benefits_text": ["Benefits Narrative"],
        "owner_name": ["Senior Responsible Owner (SRO) Name"],
    },
    currency="GBP",
    unit=1_000_000,
)

SYNONYMS: dict[str, list[str]] = {
    "source_id": ["id", "prosjekt-id", "prosjektnummer", "nummer", "project id", "nr"],
    "title": ["tittel", "prosjektnavn", "prosjekt", "navn", "project name", "title", "name"],
    "department": ["sektor", "avdeling", "enhet", "department", "virksomhet"],
    "category": ["kategori", "type", "category"],
    "description": ["beskrivelse", "om prosjektet", "description", "project description"],
    "rating": ["status", "trafikklys", "rating"],
    "start_date": ["oppstart", "start", "startdato", "start date"],
    "end_date": ["slutt", "sluttdato", "ferdig", "end date"],
    "budget_year": ["budsjett", "budget", "årets budsjett"],
    "forecast_year": ["prognose", "forecast"],
    "whole_life_cost": ["total kostnad", "totalkostnad", "ramme", "whole life cost"],
    "benefits": ["gevinst", "nytte", "benefits"],
    "owner_name": ["prosjekteier", "eier", "ansvarlig", "owner", "project owner"],
}


def propose(headers: Sequence[str]) -> Mapping:
    """A mapping for headers never seen before, to be corrected by a person."""
    columns: dict[str, list[str]] = {}
    for target, words in SYNONYMS.items():
        for header in headers:
            bare = re.sub(r"\s*\(.*", "", header).strip().lower()
            if bare in words and not any(header in used for used in columns.values()):
                columns[target] = [header]
                break
    text = " ".join(headers).lower()
    unit = 1_000_000 if re.search(r"mill|mnok|£m|\(m\b", text) else 1000 if re.search(r"tnok|1000|tusen", text) else 1
    currency = "GBP" if "£" in text or "gbp" in text else "EUR" if "€" in text else "NOK"
    return Mapping("", columns, currency=currency, unit=unit)


def price_base_of(header: str, mapping: Mapping) -> str:
    """The price base a header states («2024/25 Real Prices»), else the mapping's."""
    found = re.search(r"(\d{4}/\d{2,4}|\d{4})\s*(?:real\s*)?(?:prices|kroner|-kroner)", header, re.I)
    return found[0][:60] if found else mapping.price_base
