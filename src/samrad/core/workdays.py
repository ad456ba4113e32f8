"""Norwegian working days: what counts when a deadline is set in days, and where it lands when the office is closed."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

SATURDAY = 5
# Counted from Easter Sunday: Maundy Thursday, Good Friday, Easter Sunday and Monday, Ascension, Whit Sunday and Monday.
MOVABLE = (-3, -2, 0, 1, 39, 49, 50)
FIXED = ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian algorithm."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap, over = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    quarter, days = divmod(rest, 4)
    week = (32 + 2 * over + 2 * quarter - moon - days) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=64)
def holidays(year: int) -> frozenset[date]:
    """The public holidays of Norway in a year."""
    sunday = easter(year)
    moving = {sunday + timedelta(days=days) for days in MOVABLE}
    return frozenset(moving | {date(year, month, day) for month, day in FIXED})


def is_workday(day: date) -> bool:
    """Is the office open that day?"""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def next_workday(day: date) -> date:
    """The day itself where it is a working day, else the first one after it."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def add_workdays(day: date, number: int) -> date:
    """So many working days after a day; the day itself is not counted. None at all: the next working day."""
    if number <= 0:
        return next_workday(day)
    for _number in range(number):
        day = next_workday(day + timedelta(days=1))
    return day
