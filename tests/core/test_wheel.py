"""A year drawn as a wheel."""

from datetime import date, timedelta
from math import pi

from hypothesis import given
from hypothesis import strategies as st

from samrad.core.wheel import MARK, RINGS, WheelMark, apart, turn, year_wheel

YEARS = st.integers(2020, 2100)


@given(YEARS, st.integers(0, 364))
def test_a_later_day_has_a_wider_angle_and_no_day_goes_round(year: int, number: int) -> None:
    day = date(year, 1, 1) + timedelta(days=number)
    assert 0 <= turn(day, year) < turn(day + timedelta(days=1), year) <= 2 * pi + 1e-9


@given(st.lists(st.floats(0, 6), max_size=12))
def test_marks_keep_their_order_when_they_make_room(angles: list[float]) -> None:
    moved = apart(sorted(angles), 2 * MARK / RINGS[0])
    assert len(moved) == len(angles) and moved == sorted(moved)


def test_two_on_the_same_day_do_not_cover_each_other() -> None:
    gap = 2 * MARK / RINGS[1]
    first, second = apart([1.0, 1.0], gap)
    assert abs(second - first - gap) < 1e-3


def test_a_wheel_has_twelve_spokes_a_line_for_what_lasts_and_no_hand_in_another_year() -> None:
    day = date(2027, 5, 3)
    lasts = WheelMark(day, 2, 1, "Runde", last=date(2027, 5, 20))
    wheel = year_wheel(2027, [lasts, WheelMark(day, 0, 2, "Møte")], caption="Hjul", today=date(2026, 1, 1))
    assert len(wheel.spokes) == 12 and wheel.today is None
    assert [bool(placed.arc) for placed in wheel.marks] == [False, True]
