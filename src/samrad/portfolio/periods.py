"""Months, quarters and tertials: the periods that are reported, and that people are given in. Pure."""

from __future__ import annotations

from datetime import date, timedelta

AHEAD = 5  # quarters shown, this one the first
MONTHS = {"month": 1, "quarter": 3, "tertial": 4}


def period_in(rhythm: str, day: date) -> tuple[date, date]:
    """The period of a rhythm that a day lies in: its first and last day."""
    months = MONTHS[rhythm]
    first = months * ((day.month - 1) // months) + 1
    start, after = date(day.year, first, 1), first + months
    end = date(day.year + (after > 12), after - 12 if after > 12 else after, 1)
    return start, end - timedelta(days=1)


def quarter_of(day: date) -> date:
    """The first day of the quarter."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def next_quarter(day: date) -> date:
    """The first day of the quarter after the one a day lies in."""
    return period_in("quarter", day)[1] + timedelta(days=1)


def quarters_from(day: date, number: int = AHEAD) -> list[date]:
    """This quarter and those that follow."""
    found = [quarter_of(day)]
    while len(found) < number:
        found.append(next_quarter(found[-1]))
    return found
