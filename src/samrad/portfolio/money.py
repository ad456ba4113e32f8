"""The arithmetic of a project's money: whole kroner that add up. Plain Python."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol, TypeVar

K = TypeVar("K", bound=Hashable)
COLUMNS = ("budget_kr", "actual_kr", "forecast_kr")


class Counted(Protocol):
    """A line of money: a year with what is planned, paid and expected."""

    year: int
    budget_kr: Decimal | None
    actual_kr: Decimal | None
    forecast_kr: Decimal | None


def whole_kroner(amounts: Mapping[K, Decimal]) -> dict[K, Decimal]:
    """Each amount in whole kroner, so that they add up to the whole rounded once. None moves as much as a krone."""
    total = sum(amounts.values(), Decimal(0)).quantize(Decimal(1), ROUND_HALF_UP)
    whole = {key: amount // 1 if amount >= 0 else -((-amount) // 1) for key, amount in amounts.items()}
    left = int(total - sum(whole.values()))
    step = 1 if left > 0 else -1
    by_loss = sorted(amounts, key=lambda key: (step * (whole[key] - amounts[key]), str(key)))
    for key in by_loss[: abs(left)]:
        whole[key] += step
    return {key: Decimal(int(amount)) for key, amount in whole.items()}


@dataclass(frozen=True)
class Sum:
    """One year, or all of them. An amount nobody has said is None, not 0."""

    year: int | None
    budget_kr: Decimal | None
    actual_kr: Decimal | None
    forecast_kr: Decimal | None

    @property
    def difference_kr(self) -> Decimal | None:
        """How much more than budget is expected."""
        if self.budget_kr is None or self.forecast_kr is None:
            return None
        return self.forecast_kr - self.budget_kr


def _added(lines: list[Counted], name: str) -> Decimal | None:
    known = [amount for line in lines if (amount := getattr(line, name)) is not None]
    return sum(known, Decimal(0)) if known else None


def summed(lines: Iterable[Counted], year: int | None = None) -> Sum:
    """All lines added up, or those of one year."""
    mine = [line for line in lines if year is None or line.year == year]
    return Sum(year, *(_added(mine, name) for name in COLUMNS))


def by_year(lines: Iterable[Counted]) -> list[Sum]:
    """A sum for each year, the first first."""
    every = list(lines)
    return [summed(every, year) for year in sorted({line.year for line in every})]


def percent_over(frame_kr: Decimal | None, forecast_kr: Decimal | None) -> Decimal | None:
    """How many per cent of the frame the forecast is above it; None where either is unknown or the frame is 0."""
    if not frame_kr or forecast_kr is None:
        return None
    return ((forecast_kr - frame_kr) * 100 / frame_kr).quantize(Decimal("0.1"), ROUND_HALF_UP)


REPORT, LINES = "report", "lines"
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Said:
    """A forecast for the whole project as somebody has said it: the kroner, where, and when."""

    kr: Decimal
    where: str
    at: datetime | None


@dataclass(frozen=True)
class Forecast:
    """What is said of what the project will cost. What was said last counts, in a status report or in the money lines.

    Everything that needs a forecast asks here: lights, tolerances, pages, tables and reports.
    """

    said: tuple[Said, ...] = ()

    @property
    def counts(self) -> Said | None:
        """What was said last; a report where both were said at once, the lines where nobody knows when they were written."""
        return max(self.said, key=lambda one: (one.at or LONG_AGO, one.where == REPORT), default=None)

    @property
    def kr(self) -> Decimal | None:
        """The forecast in kroner; None where nobody has said one."""
        return self.counts.kr if self.counts else None

    @property
    def other(self) -> Said | None:
        """What the other place says, where the two are not the same."""
        now = self.counts
        rest = [one for one in self.said if now and one.where != now.where and one.kr != now.kr]
        return max(rest, key=lambda one: one.at or LONG_AGO, default=None)
