"""Working days: Easter, the public holidays, and deadlines that never land when the office is closed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrad.core.workdays import add_workdays, easter, holidays, is_workday, next_workday

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
NUMBERS = st.integers(0, 60)


@pytest.mark.parametrize(
    "day",
    [
        date(1961, 4, 2),
        date(2000, 4, 23),
        date(2008, 3, 23),
        date(2024, 3, 31),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2038, 4, 25),
    ],
)
def test_easter_is_when_the_almanac_says(day: date) -> None:
    assert easter(day.year) == day


def test_the_holidays_of_a_year_are_those_of_the_almanac() -> None:
    written = "01-01 04-02 04-03 04-05 04-06 05-01 05-14 05-17 05-24 05-25 12-25 12-26"
    assert sorted(holidays(2026)) == [date.fromisoformat(f"2026-{day}") for day in written.split()]


@given(st.integers(1900, 2199))
def test_easter_is_a_sunday_between_the_22nd_of_march_and_the_25th_of_april(year: int) -> None:
    day = easter(year)
    assert day.weekday() == 6 and date(year, 3, 22) <= day <= date(year, 4, 25)
    assert {day - timedelta(days=2), day + timedelta(days=1), day + timedelta(days=39)} <= holidays(year)


@given(DAYS, NUMBERS)
def test_a_deadline_is_a_working_day_and_has_the_days_it_promises_before_it(day: date, number: int) -> None:
    due = add_workdays(day, number)
    between = [day + timedelta(days=n) for n in range(1, (due - day).days + 1)]
    assert is_workday(due) and due >= day
    if number:
        assert sum(is_workday(one) for one in between) == number


@given(DAYS, NUMBERS, NUMBERS)
def test_more_days_never_come_before_fewer_and_a_later_start_never_ends_earlier(day: date, a: int, b: int) -> None:
    low, high = sorted((a, b))
    assert add_workdays(day, low) <= add_workdays(day, high)
    assert add_workdays(day, low) <= add_workdays(day + timedelta(days=1), low)


@given(DAYS)
def test_the_next_working_day_is_the_first_one_not_before(day: date) -> None:
    found = next_workday(day)
    assert is_workday(found) and not any(is_workday(day + timedelta(days=n)) for n in range((found - day).days))
