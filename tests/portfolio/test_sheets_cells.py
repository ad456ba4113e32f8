"""Cells: money, dates and ratings as people write them, and nothing that ever raises."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrad.core.sheets.cells import LARGEST, as_text, as_words
from samrad.portfolio.sheets import Reason, as_date, as_money, as_rating

cells = st.one_of(
    st.text(),
    st.text(alphabet="0123456789.,-+ £kr:LowMidHgh/()eE%=\u200b\u00a0", max_size=40),
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
)


@pytest.mark.parametrize(
    ("text", "decimal", "expected"),
    [
        ("166.9", ".", "166.9"),
        ("2,750.00", ".", "2750.00"),
        ("1,234", ".", "1234"),
        ("1,234", ",", "1.234"),
        ("1.234", ",", "1234"),
        ("1.234.567,89", ",", "1234567.89"),
        ("1 234 567 kr", ",", "1234567"),
        ("1\u00a0234,5", ",", "1234.5"),
        ("£1,234,567", ".", "1234567"),
        ("(12.5)", ".", "-12.5"),
        ("\u22123", ".", "-3"),
        ("-3,5", ",", "-3.5"),
        ("kr 500,-", ",", "500"),
        ("0,5", ".", "0.5"),
        ("0", ".", "0"),
    ],
)
def test_money_is_read_as_people_write_it(text: str, decimal: str, expected: str) -> None:
    assert as_money(text, decimal=decimal).number == Decimal(expected)


def test_a_unit_in_the_cell_is_brought_to_the_columns_unit() -> None:
    assert as_money("1,5 mill", decimal=",", currency="NOK", unit=1).number == Decimal(1_500_000)
    assert as_money("250 tusen kr", decimal=",", currency="NOK", unit=1000).number == Decimal(250)
    assert as_money("£10m", currency="GBP", unit=1_000_000).number == Decimal(10)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.BLANK),
        ("  \u200b ", Reason.BLANK),
        ("Exempt under Section 43 – Commercial interests\u200b", Reason.EXEMPT),
        ("Section 43 - Commercial interests", Reason.EXEMPT),
        ("Unntatt offentlighet, offl. § 23", Reason.EXEMPT),
        ("offl. § 23", Reason.EXEMPT),
        ("TBC", Reason.NOT_YET),
        ("ikke avklart", Reason.NOT_YET),
        ("=SUM(A1:A9)", Reason.FORMULA),
        ("mye penger", Reason.NO_NUMBER),
        ("<script>alert(1)</script>", Reason.NO_NUMBER),
        ("€ 500", Reason.CURRENCY),
        ("9" * 40, Reason.TOO_LARGE),
    ],
)
def test_money_that_cannot_be_read_is_unknown_with_its_reason(text: str, reason: Reason) -> None:
    value = as_money(text, currency="GBP")
    assert value.known is None
    assert value.reason == reason


def test_a_range_keeps_its_ends_and_has_no_point_value() -> None:
    value = as_money("Low: 2,750.00, Mid: 2,820.00, High: 3,100.00")
    assert (value.known, value.reason) == (None, Reason.RANGE)
    assert (value.low, value.mid, value.high) == (Decimal("2750.00"), Decimal("2820.00"), Decimal("3100.00"))
    assert as_money("Mid: 20,300.00, High: 53,300.00").low is None
    assert as_money("10–15 mill", decimal=",", currency="NOK").high == Decimal(15_000_000)


def test_three_equal_ends_are_one_known_value() -> None:
    assert as_money("Low: 265.00, Mid: 265.00, High: 265.00").number == Decimal(265)
    assert as_date("Low: 31/03/2025, Mid: 31/03/2025, High: 31/03/2025").day == date(2025, 3, 31)
    assert as_date("Low: 30/03/2030, Mid: 30/03/2030").reason == Reason.RANGE


@pytest.mark.parametrize(
    ("cell", "order", "expected"),
    [
        ("01/05/2015", "dmy", date(2015, 5, 1)),
        ("01/05/2015", "mdy", date(2015, 1, 5)),
        ("2025-04-05", "dmy", date(2025, 4, 5)),
        ("31.12.2027", "dmy", date(2027, 12, 31)),
        ("1.2.27", "dmy", date(2027, 2, 1)),
        ("1. mars 2026", "dmy", date(2026, 3, 1)),
        (datetime(2026, 1, 2), "dmy", date(2026, 1, 2)),
        (46023, "dmy", date(2026, 1, 1)),
    ],
)
def test_dates_are_read_in_the_columns_order(cell: str, order: str, expected: date) -> None:
    assert as_date(cell, order=order).day == expected


@pytest.mark.parametrize("cell", ["31/02/2026", "00/00/0000", "No", "2026", "13/13/2026", 7, True, "9999999999"])
def test_an_impossible_date_is_unknown(cell: str) -> None:
    value = as_date(cell)
    assert value.known is None
    assert value.reason is not None


@pytest.mark.parametrize(
    ("text", "light"),
    [("AMBER", "amber"), ("Amber", "amber"), ("green ", "green"), ("Rød", "red"), ("Amber/Red", "red")],
)
def test_ratings_are_read_in_any_case(text: str, light: str) -> None:
    assert as_rating(text).word == light


def test_an_exempt_rating_is_unknown_and_exempt() -> None:
    assert as_rating("Section 24 - National security").reason == Reason.EXEMPT
    assert as_rating("purple").reason == Reason.NO_RATING


@given(cells, st.sampled_from([".", ","]), st.sampled_from(["", "GBP", "NOK"]))
def test_no_cell_makes_money_raise(cell: object, decimal: str, currency: str) -> None:
    value = as_money(cell, decimal=decimal, currency=currency)  # type: ignore[arg-type]  # whatever a file may hold
    assert (value.known is None) == (value.reason is not None)
    assert value.number is None or abs(value.number) < LARGEST


@given(cells, st.sampled_from(["dmy", "mdy"]))
def test_no_cell_makes_a_date_raise(cell: object, order: str) -> None:
    value = as_date(cell, order=order)  # type: ignore[arg-type]  # whatever a file may hold
    assert (value.known is None) == (value.reason is not None)


@given(cells)
def test_no_cell_makes_a_rating_or_a_text_raise(cell: object) -> None:
    as_rating(cell)  # type: ignore[arg-type]  # whatever a file may hold
    as_words(cell)  # type: ignore[arg-type]  # whatever a file may hold
    assert "\x00" not in as_text(cell)  # type: ignore[arg-type]  # whatever a file may hold


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2), st.sampled_from([(",", "."), (".", ",")]))
def test_a_number_written_with_separators_is_the_number_read(number: Decimal, marks: tuple[str, str]) -> None:
    thousands, decimal = marks
    text = f"{number:,.2f}".replace(",", "T").replace(".", decimal).replace("T", thousands)
    assert as_money(text, decimal=decimal).number == number
