"""A picture of figures: one structure that the page, the paper and the spreadsheet all draw from, so they cannot differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from typing import Literal

from samrad.core.money import grouped, kroner

Unit = Literal["kr", "number"]
Figure = int | None
"""Whole kroner or a number; None where nobody has said or measured it."""
BLOCKS = 24  # how many marks the longest bar has where it is written with characters
LARGEST = 26.0  # the radius of the largest bubble


@dataclass(frozen=True)
class Measure:
    """What one column of figures is. `unknown` is what an empty cell says."""

    name: str
    unit: Unit = "number"
    unknown: str = "–"

    def said(self, value: Figure) -> str:
        """A figure in words."""
        if value is None:
            return self.unknown
        return kroner(Decimal(value)) if self.unit == "kr" else grouped(value)


@dataclass(frozen=True)
class Row:
    """One row: what it is called, a figure for each measure, and where one reads more."""

    label: str
    values: Sequence[Figure]
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Bar:
    """How long a bar is: a share of the longest, in per cent as text that no locale changes."""

    length: str
    blocks: str
    kind: int


@dataclass(frozen=True)
class Bubble:
    """A numbered circle at its place in a drawing of 400 by 300."""

    number: int
    row: Row
    cx: str
    cy: str
    r: str


@dataclass(frozen=True)
class Picture:
    """Figures with what is drawn of them: the first `drawn` measures as bars, or three of them as bubbles (x, y, size)."""

    code: str
    title: str
    axis: str
    measures: Sequence[Measure]
    rows: Sequence[Row]
    total: Sequence[Figure] = ()
    notes: Sequence[str] = ()
    lead: str = ""
    kind: Literal["bars", "bubbles"] = "bars"
    drawn: int = 1
    x_to: int = 0  # where the axis of x ends; 0 for the largest there is

    @property
    def head(self) -> list[str]:
        """The heads of the table's columns."""
        return [self.axis, *(one.name for one in self.measures)]

    @property
    def legend(self) -> list[tuple[int, str]]:
        """What each kind of bar is, where there are several."""
        names = [one.name for one in self.measures[: self.drawn]]
        return list(enumerate(names)) if len(names) > 1 else []

    def cells(self, values: Sequence[Figure]) -> list[str]:
        """The figures of a row in words."""
        return [one.said(value) for one, value in zip(self.measures, values, strict=True)]

    @property
    def total_cells(self) -> list[str]:
        """The sums in words; a column that is not added up is empty."""
        return ["" if value is None else one.said(value) for one, value in zip(self.measures, self.total, strict=False)]

    @property
    def table(self) -> list[tuple[Row, list[Bar], list[str]]]:
        """Each row with its bars and its figures in words."""
        longest = max((v or 0 for row in self.rows for v in row.values[: self.drawn]), default=0) or 1
        return [(row, _bars(row.values[: self.drawn], longest), self.cells(row.values)) for row in self.rows]

    @property
    def bubbles(self) -> list[Bubble]:
        """The rows as circles: x and y by the first two measures, the area by the third."""
        tops = [max((row.values[n] or 0 for row in self.rows), default=0) or 1 for n in range(3)]
        tops[0] = self.x_to or tops[0]
        return [_bubble(number, row, tops) for number, row in enumerate(self.rows, 1)]


def _bars(values: Sequence[Figure], longest: int) -> list[Bar]:
    """The bars of a row. What is not known has none; what is more than nothing has at least a sliver."""
    found = []
    for kind, value in enumerate(values):
        share = max(value or 0, 0) / longest
        blocks = "■" * max(round(share * BLOCKS), 1 if share else 0)
        found.append(Bar(f"{max(share * 100, 0.5 if share else 0):.2f}", blocks, kind))
    return found


def _bubble(number: int, row: Row, tops: Sequence[int]) -> Bubble:
    x, y, size = (max(value or 0, 0) / top for value, top in zip(row.values[:3], tops, strict=True))
    radius = max(LARGEST * sqrt(size), 9.0)  # the area tells the cost, and the number must fit
    return Bubble(number, row, f"{70 + x * 280:.1f}", f"{240 - y * 190:.1f}", f"{radius:.1f}")
