"""The arithmetic of ICT effort: hours by kind, added up, and whole per cent that make 100. Plain Python."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from samrad.portfolio.money import whole_kroner

ZERO = Decimal(0)
KINDS = ("operation", "maintenance", "development", "decided")


class Month(Protocol):
    """A month of a unit, in hours or in per cent of `all_hours`."""

    @property
    def month(self) -> date: ...
    @property
    def measure(self) -> str: ...
    @property
    def operation(self) -> Decimal: ...
    @property
    def maintenance(self) -> Decimal: ...
    @property
    def development(self) -> Decimal: ...
    @property
    def decided(self) -> Decimal: ...
    @property
    def all_hours(self) -> Decimal: ...


@dataclass(frozen=True, kw_only=True)
class EffortRow:
    """A month as it is typed or read from a file. `decided` is the part of the development on decided initiatives."""

    month: date
    measure: str
    operation: Decimal
    maintenance: Decimal
    development: Decimal
    decided: Decimal
    all_hours: Decimal

    @classmethod
    def of(
        cls, month: date, amounts: Mapping[str, Decimal | None], *, measure: str, all_hours: Decimal | None
    ) -> EffortRow:
        """A row of what was written: nothing is 0, and hours add up to the month by themselves."""
        told = {name: amounts.get(name) or ZERO for name in KINDS}
        in_all = sum((told[name] for name in KINDS[:3]), ZERO) if measure == "hours" else all_hours or ZERO
        return cls(month=month, measure=measure, all_hours=in_all, **told)


@dataclass(frozen=True)
class Spent:
    """Hours by kind. `decided` is a part of the development."""

    operation: Decimal = ZERO
    maintenance: Decimal = ZERO
    development: Decimal = ZERO
    decided: Decimal = ZERO

    @property
    def hours(self) -> Decimal:
        return self.operation + self.maintenance + self.development

    @property
    def unplanned(self) -> Decimal:
        """Development that no decision stands behind."""
        return self.development - self.decided

    def percents(self) -> dict[str, int]:
        """Operation, maintenance, development on decided initiatives and the rest: whole per cent that make 100."""
        parts = {name: getattr(self, name) for name in ("operation", "maintenance", "decided", "unplanned")}
        return _percents(parts)

    @property
    def development_percent(self) -> int | None:
        """How much of the time is development; None where there is no time at all."""
        found = self.percents()
        return found["decided"] + found["unplanned"] if found else None

    @property
    def operation_percent(self) -> int | None:
        found = self.percents()
        return found["operation"] if found else None

    @property
    def decided_percent(self) -> int | None:
        """How much of the development is on decided initiatives."""
        found = _percents({"decided": self.decided, "unplanned": self.unplanned})
        return found["decided"] if found else None


def _percents(parts: Mapping[str, Decimal]) -> dict[str, int]:
    total = sum(parts.values(), ZERO)
    if not total:
        return {}
    return {name: int(part) for name, part in whole_kroner({n: p * 100 / total for n, p in parts.items()}).items()}


def added_up(rows: Iterable[Month]) -> Spent:
    """The hours of some months; per cent are turned into hours first."""
    sums = dict.fromkeys(KINDS, ZERO)
    for row in rows:
        for name in KINDS:
            value: Decimal = getattr(row, name)
            sums[name] += value * row.all_hours / 100 if row.measure == "percent" else value
    return Spent(**sums)


def stamp(rows: Iterable[Month]) -> int:
    """A number that changes when what is written down does: what a page carries to see that nobody was there before it."""
    told = [
        (row.month.isoformat(), row.measure, *(f"{getattr(row, n):.1f}" for n in (*KINDS, "all_hours")))
        for row in sorted(rows, key=lambda row: row.month)
    ]
    return zlib.crc32(repr(told).encode()) if told else 0


def months_of(year: int) -> list[date]:
    """The first day of each month of a year."""
    return [date(year, month, 1) for month in range(1, 13)]


def months_back(last: date, number: int) -> list[date]:
    """The first days of so many months, the one `last` lies in at the end."""
    count = last.year * 12 + last.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(count - number + 1, count + 1)]
