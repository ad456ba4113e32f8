"""Spreadsheets: text stays text, numbers and dates are real, and the same content gives the same bytes."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from samrad.documents.sheets import Column, Sheet, comma_separated, workbook

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1", "=cmd|' /C calc'!A0"]
COLUMNS = [
    Column("Tiltak"),
    Column("Kostnad", "kr"),
    Column("Frist", "date"),
    Column("Timer", "number"),
]
ROWS = [
    ["Æ, ø og å", Decimal("1234567.00"), date(2026, 11, 17), 12],
    ["", None, None, None],
]


def made(*sheets: Sheet) -> bytes:
    return workbook(sheets, at=AT, title="Porteføljerapport")


def test_numbers_and_dates_are_real_and_the_header_stays() -> None:
    sheet = Sheet("Portefølje", COLUMNS, ROWS, total=["Sum", Decimal(1234567), None, 12])
    book = load_workbook(io.BytesIO(made(sheet)))
    page = book["Portefølje"]
    assert page.freeze_panes == "A2" and page["A1"].font.bold
    assert page["A2"].value == "Æ, ø og å"
    assert page["B2"].value == 1234567 and page["B2"].number_format == '#,##0" kr"'
    assert page["C2"].value == datetime(2026, 11, 17) and page["C2"].is_date
    assert page["D2"].value == 12
    assert page["A3"].value is None
    assert page["A4"].font.bold and page["B4"].value == 1234567


@pytest.mark.parametrize("text", FORMULAS)
def test_text_is_never_a_formula(text: str) -> None:
    page = load_workbook(io.BytesIO(made(Sheet("Ark", [Column(text)], [[text]]))))["Ark"]
    for cell in (page["A1"], page["A2"]):
        assert cell.data_type == "s" and cell.value == text
    line = comma_separated([Column("A")], [[text]]).decode("utf-8-sig").splitlines()[1]
    assert line.lstrip('"').startswith("'")


def test_the_same_sheet_is_the_same_bytes() -> None:
    assert made(Sheet("Ark", COLUMNS, ROWS)) == made(Sheet("Ark", COLUMNS, ROWS))
    properties = load_workbook(io.BytesIO(made(Sheet("Ark", COLUMNS, ROWS)))).properties
    assert properties.modified == properties.created == datetime(2026, 11, 24, 9, 30)


def test_odd_text_and_odd_names_are_taken() -> None:
    text = "a" * 40_000 + "\x00\x08"
    names = ["[Port:e*fø?lje]/\\", "x" * 60, "x" * 60, ""]
    book = load_workbook(io.BytesIO(made(*[Sheet(name, [Column("A")], [[text], [True]]) for name in names])))
    assert len(book.sheetnames) == 4
    assert len(book.worksheets[0]["A2"].value) == 32_767


def test_csv_is_as_a_norwegian_excel_wants_it() -> None:
    content = comma_separated(COLUMNS, [["Møte; «to»", Decimal("1234.50"), date(2026, 11, 17), -3]])
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == 'Tiltak;Kostnad;Frist;Timer\r\n"Møte; «to»";1234,5;17.11.2026;-3\r\n'
