"""A roadmap: what lasts from when to when, as bars under a line of quarters. Pure: days in, places out as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

WIDTH, NAMES, ROW, HEAD = 960, 300, 34, 30
MOST_LETTERS, MOST_YEARS, MOST_QUARTERS = 40, 12, 10  # so many fit beside each other


@dataclass(frozen=True)
class Moment:
    """One day on a bar: a milestone, reached or not."""

    day: date
    label: Any
    reached: bool = False


@dataclass(frozen=True)
class Stretch:
    """One row: what lasts from the first to the last day. `was_last` is the last day it was approved with."""

    label: Any
    first: date | None
    last: date | None
    url: str = ""
    was_last: date | None = None
    moments: Sequence[Moment] = field(default=())
    group: Any = ""
    kind: str = "project"

    @property
    def days_late(self) -> int | None:
        """How many days later than approved it ends; below 0 is earlier."""
        if self.last is None or self.was_last is None:
            return None
        return (self.last - self.was_last).days


@dataclass(frozen=True)
class Bar:
    """A row at its place."""

    row: Stretch
    short: str
    y: int
    middle: int
    x: str
    width: str
    was_x: str
    diamonds: list[tuple[Moment, str]]


@dataclass(frozen=True)
class Tick:
    """Where a quarter begins."""

    day: date
    x: str
    label: str


@dataclass(frozen=True)
class Roadmap:
    """The whole drawing, and every row for the table beneath."""

    caption: Any
    rows: list[Stretch]
    bars: list[Bar]
    ticks: list[Tick]
    today: str
    height: int
    width: int = WIDTH
    undated: int = 0


def _quarters(first: date, last: date) -> list[date]:
    found = [date(first.year, 3 * ((first.month - 1) // 3) + 1, 1)]
    while found[-1] <= last:
        year, month = found[-1].year, found[-1].month + 3
        found.append(date(year + 1, 1, 1) if month > 12 else date(year, month, 1))
    return found


def _named(quarters: list[date]) -> list[tuple[date, str]]:
    """The days with a line, and what stands there: each quarter, or so few of the years that one can read them."""
    if len(quarters) <= MOST_QUARTERS:
        return [(day, f"{(day.month + 2) // 3}. kv. {day.year}") for day in quarters]
    years = [day for day in quarters if day.month == 1]
    step = -(-len(years) // MOST_YEARS)
    return [(day, str(day.year)) for day in years if day.year % step == 0 or step == 1]


def _short(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1].rstrip() + "…"


def roadmap(caption: Any, rows: Sequence[Stretch], *, today: date) -> Roadmap:
    """Every row that has both days as a bar; the others stand in the table only."""
    dated = [row for row in rows if row.first and row.last and row.first <= row.last]
    days = [day for row in dated for day in (row.first, row.last, row.was_last, *(m.day for m in row.moments)) if day]
    if not days:
        return Roadmap(caption, list(rows), [], [], "", HEAD, undated=len(rows))
    quarters = _quarters(min(days), max(days))
    start, end = quarters[0], quarters[-1]

    def place(day: date) -> float:
        return NAMES + (WIDTH - NAMES) * (day - start).days / (end - start).days

    bars = []
    for number, row in enumerate(dated):
        assert row.first is not None and row.last is not None
        y = HEAD + number * ROW
        bars.append(
            Bar(
                row,
                _short(str(row.label)),
                y,
                y + ROW // 2,
                f"{place(row.first):.1f}",
                f"{max(place(row.last) - place(row.first), 3):.1f}",
                f"{place(row.was_last):.1f}" if row.was_last else "",
                [(moment, f"{place(moment.day):.1f}") for moment in row.moments],
            )
        )
    ticks = [Tick(day, f"{place(day):.1f}", label) for day, label in _named(quarters[:-1])]
    now = f"{place(today):.1f}" if start <= today <= end else ""
    height = HEAD + len(dated) * ROW + 8
    return Roadmap(caption, list(rows), bars, ticks, now, height, undated=len(rows) - len(dated))
