"""ICT effort adds up whatever is typed, months are read as people write them, and the trend stays in its frame."""

import itertools
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrad.core.trend import APART, HEIGHT, WIDTH, Series, trend
from samrad.portfolio.effort import EffortRow, Spent, added_up, months_back, months_of, stamp
from samrad.portfolio.policy import effort_lacks
from samrad.portfolio.sheets import read
from samrad.portfolio.sheets.effort import as_month, effort_rows

HOURS = st.decimals(0, 5000, places=1)
AMOUNTS = st.fixed_dictionaries({"operation": HOURS, "maintenance": HOURS, "development": HOURS})
ROWS = st.lists(st.tuples(st.dates(date(2024, 1, 1), date(2028, 12, 31)), AMOUNTS), max_size=20)


def row(month: date, amounts: dict[str, Decimal], measure: str = "hours", hours: Decimal | None = None) -> EffortRow:
    return EffortRow.of(month.replace(day=1), amounts, measure=measure, all_hours=hours)


@settings(max_examples=60)
@given(ROWS)
def test_the_parts_make_the_whole_and_the_per_cents_100(told: list[tuple[date, dict[str, Decimal]]]) -> None:
    rows = [row(month, amounts) for month, amounts in told]
    spent = added_up(rows)
    assert spent.hours == sum((one.all_hours for one in rows), Decimal(0))
    assert spent.decided + spent.unplanned == spent.development
    assert sum(spent.percents().values()) == (100 if spent.hours else 0)


@settings(max_examples=60)
@given(st.integers(0, 100), st.integers(0, 100), st.decimals(1, 5000, places=1))
def test_per_cent_and_the_same_in_hours_are_the_same(operation: int, rest: int, hours: Decimal) -> None:
    maintenance = Decimal(rest * (100 - operation) // 100)
    parts = {"operation": Decimal(operation), "maintenance": maintenance}
    parts |= {"development": 100 - operation - maintenance}
    told = row(date(2026, 3, 1), parts, "percent", hours)
    assert effort_lacks(told) == ()
    assert added_up([told]) == Spent(*(parts[n] * hours / 100 for n in ("operation", "maintenance", "development")))


def test_what_is_written_twice_has_the_same_stamp_and_a_change_another() -> None:
    one = row(date(2026, 3, 1), {"operation": Decimal("10.0")})
    assert stamp([one]) == stamp([row(date(2026, 3, 9), {"operation": Decimal(10)})]) != stamp([])
    assert stamp([one]) != stamp([row(date(2026, 3, 1), {"operation": Decimal(11)})])


@given(st.dates(date(2002, 1, 1), date(2090, 1, 1)), st.integers(1, 40))
def test_the_months_back_end_with_this_one_and_follow_each_other(day: date, number: int) -> None:
    found = months_back(day, number)
    assert len(found) == number and found[-1] == day.replace(day=1)
    assert all(
        a in [*months_of(a.year)] and (a.year, a.month) < (b.year, b.month) for a, b in itertools.pairwise(found)
    )


@pytest.mark.parametrize(
    ("cell", "year", "month"),
    [
        ("2026-03", None, 3),
        ("2026-03-01", None, 3),
        ("03.2026", None, 3),
        ("01.03.2026", None, 3),
        ("mars 2026", None, 3),
        ("Mars", "2026", 3),
        ("des. 2026", None, 12),
        ("3", "2026.0", 3),
        (3.0, 2026, 3),
        (datetime(2026, 3, 9), None, 3),
        ("13.2026", None, None),
        ("mars", None, None),
        ("", None, None),
        ("tull", "2026", None),
        ("00.2026", None, None),
        ("3", "20260", None),
    ],
)
def test_a_month_is_read_as_people_write_it(cell: object, year: object, month: int | None) -> None:
    assert as_month(cell, year) == (date(2026, month, 1) if month else None)  # type: ignore[arg-type]


def test_every_row_that_cannot_be_read_is_named() -> None:
    head = "Enhet;Måned;Drift;Forvaltning;Utvikling;Timer i alt\n"
    good = "IKT;2026-01;60;20;20;1 000\nIKT;2026-02;100,5;;50;\n"
    bad = "IKT;2026-01;1;1;1;\nUkjent;2026-03;1;1;1;\nIKT;tull;1;1;1;\nIKT;2026-04;mye;-1;1,25;\n"
    found = effort_rows(read((head + good + bad).encode()), {("", "ikt"): 7})
    assert [(r.unit_id, r.row.measure, r.row.all_hours) for r in found.rows] == [
        (7, "percent", Decimal(1000)),
        (7, "hours", Decimal("150.5")),
    ]
    assert [(w.line, w.column) for w in found.wrong] == [
        *((4, "Måned"), (5, "Enhet"), (6, "Måned")),
        *((7, "Drift"), (7, "Forvaltning"), (7, "Utvikling")),
    ]
    lacking = effort_rows(read(b"Enhet;Drift\nIKT;1\n"), {("", "ikt"): 7})
    assert {w.column for w in lacking.wrong} == {"måned", "forvaltning", "utvikling"} and not lacking.rows


VALUES = st.lists(st.none() | st.floats(0, 100), min_size=1, max_size=36)


@given(VALUES, VALUES)
def test_the_trend_stays_in_its_frame_and_no_name_stands_on_another(
    a: list[float | None], b: list[float | None]
) -> None:
    drawn = trend("Utvikling", range(max(len(a), len(b))), [Series("a", a), Series("b", b)], top=100)
    for line in drawn.lines:
        assert all(0 <= float(dot.x) <= WIDTH and 0 <= float(dot.y) <= HEIGHT for dot in line.dots)
    first, second = (float(line.name_y) for line in drawn.lines)
    assert abs(first - second) >= APART - 0.2
