"""Which days a body meets in a year, and which deadlines follow. Pure: rhythm and closed days in, days out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from samrad.core.workdays import easter, is_workday, next_workday

Period = tuple[date, date]
# The office closes at noon: no deadline is moved by it, but nobody is called to a meeting.
HALF_DAYS = ((12, 24), (12, 31))
# The weeks most Norwegian schools are closed: winter, autumn and summer. The county decides, so each year may be changed.
WINTER_WEEK, AUTUMN_WEEK, SUMMER_WEEKS = 8, 40, (27, 32)


@dataclass(frozen=True)
class Deadlines:
    """What follows from the day of a meeting."""

    ordinary: date
    urgent: date
    notice: date


def is_half_day(day: date) -> bool:
    """Does the office close at noon that day?"""
    return (day.month, day.day) in HALF_DAYS


def can_meet(day: date, quiet: Iterable[Period] = ()) -> bool:
    """Is it a whole working day, outside the quiet periods?"""
    return is_workday(day) and not is_half_day(day) and not any(first <= day <= last for first, last in quiet)


def last_workday(day: date) -> date:
    """The day itself where it is a working day, else the last one before it."""
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


def _before(meeting: date, days: int) -> date:
    """A deadline that many days before; on a closed day the next open one, but always before the meeting."""
    day = next_workday(meeting - timedelta(days=days))
    return day if day < meeting else last_workday(meeting - timedelta(days=1))


def deadlines(meeting: date, *, ordinary: int, urgent: int, notice: int) -> Deadlines:
    """The last days to send in, and the day the notice goes at the latest: never fewer days than the mandate says."""
    return Deadlines(
        ordinary=_before(meeting, max(ordinary, urgent)),
        urgent=_before(meeting, urgent),
        notice=last_workday(meeting - timedelta(days=notice)),
    )


def week(year: int, number: int, last: int | None = None) -> Period:
    """From Monday in one week to Sunday in the same or another."""
    return date.fromisocalendar(year, number, 1), date.fromisocalendar(year, last or number, 7)


def school_holidays(year: int) -> dict[str, Period]:
    """The periods nobody is called to meetings in, unless someone says otherwise."""
    sunday = easter(year)
    return {
        "winter_break": week(year, WINTER_WEEK),
        "easter": (sunday - timedelta(days=8), sunday + timedelta(days=1)),
        "summer": week(year, *SUMMER_WEEKS),
        "autumn_break": week(year, AUTUMN_WEEK),
        "christmas": (date(year, 12, 20), date(year, 12, 31)),
    }


def _open_days(year: int, weekday: int, quiet: Sequence[Period], after: date) -> list[date]:
    start = date(year, 1, 4)  # nobody is called together in the first days of the year
    days = (start + timedelta(days=n) for n in range(366))
    return [d for d in days if d.year == year and d.weekday() == weekday and d > after and can_meet(d, quiet)]


def propose(
    year: int,
    number: int,
    *,
    weekday: int,
    quiet: Sequence[Period] = (),
    taken: Iterable[date] = (),
    after: date = date.min,
) -> list[date]:
    """So many meetings in the year, evenly over the days that are open; each one that stands already takes a place."""
    days = _open_days(year, weekday, quiet, date.min)
    number = min(number, len(days))
    wanted = [days[(2 * place + 1) * len(days) // (2 * number)] for place in range(number)]
    standing = sorted({day for day in taken if day.year == year})
    for stands in standing:
        if wanted:
            wanted.remove(min(wanted, key=lambda day: abs((day - stands).days)))
    return [day for day in wanted if day > after and day not in standing]
