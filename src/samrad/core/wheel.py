"""A year drawn as a wheel: each day has its angle, each kind of mark its ring. Pure: days in, places out as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import cos, pi, sin
from typing import Any

MIDDLE, EDGE, HUB, LABEL = 240, 206, 88, 222
RINGS = (190, 163, 136, 109)
MARK = 11.5
ROUNDS = 40


@dataclass(frozen=True)
class WheelMark:
    """One thing on a day or over some days. `ring` is 0 (outermost) to 3, `number` is how the list names it."""

    first: date
    ring: int
    number: int
    label: Any
    last: date | None = None
    url: str = ""
    muted: bool = False


@dataclass(frozen=True)
class Placed:
    """A mark at its place; `arc` is the line for one that lasts."""

    mark: WheelMark
    x: str
    y: str
    shape: str
    arc: str = ""


@dataclass(frozen=True)
class Spoke:
    """The line where a month begins, and where its name stands."""

    first: date
    x1: str
    y1: str
    x2: str
    y2: str
    label_x: str
    label_y: str


@dataclass(frozen=True)
class Wheel:
    """The whole drawing."""

    year: int
    caption: Any
    spokes: list[Spoke]
    marks: list[Placed]
    quiet: list[tuple[Any, str]]
    today: tuple[str, str, str, str] | None = None
    legend: Sequence[tuple[int, Any]] = field(default=())


def turn(day: date, year: int) -> float:
    """The angle of a day: the first of January at the top, and on with the clock. Days outside stop at its ends."""
    start, end = date(year, 1, 1), date(year + 1, 1, 1)
    return 2 * pi * min(max((day - start).days, 0), (end - start).days) / (end - start).days


def _at(angle: float, radius: float) -> tuple[str, str]:
    return f"{MIDDLE + radius * sin(angle):.1f}", f"{MIDDLE - radius * cos(angle):.1f}"


def _arc(first: float, last: float, radius: float) -> str:
    (x1, y1), (x2, y2) = _at(first, radius), _at(last, radius)
    return f"M{x1} {y1} A{radius} {radius} 0 {int(last - first > pi)} 1 {x2} {y2}"


def _sector(first: float, last: float) -> str:
    (x1, y1), (x2, y2) = _at(last, HUB), _at(first, HUB)
    wide = int(last - first > pi)
    return f"{_arc(first, last, EDGE)} L{x1} {y1} A{HUB} {HUB} 0 {wide} 0 {x2} {y2} Z"


def apart(angles: Sequence[float], gap: float) -> list[float]:
    """The same angles, in the same order, moved as little as makes room for a mark at each."""
    moved = list(angles)
    for _round in range(ROUNDS):
        for i in range(len(moved) - 1):
            lack = gap - (moved[i + 1] - moved[i])
            if lack > 1e-6:
                moved[i] -= lack / 2
                moved[i + 1] += lack / 2
    return moved


def _shape(ring: int, x: float, y: float) -> str:
    """A circle, a triangle, a square or a diamond: the ring is told by more than its colour."""
    r = MARK
    if ring == 1:
        return f"M{x:.1f} {y - r - 2:.1f} L{x + r + 2:.1f} {y + r - 1:.1f} L{x - r - 2:.1f} {y + r - 1:.1f} Z"
    if ring == 2:
        s = r - 1
        return f"M{x - s:.1f} {y - s:.1f} h{2 * s:.1f} v{2 * s:.1f} h-{2 * s:.1f} Z"
    if ring == 3:
        s = r + 2
        return f"M{x:.1f} {y - s:.1f} L{x + s:.1f} {y:.1f} L{x:.1f} {y + s:.1f} L{x - s:.1f} {y:.1f} Z"
    return f"M{x - r:.1f} {y:.1f} a{r} {r} 0 1 0 {2 * r} 0 a{r} {r} 0 1 0 -{2 * r} 0 Z"


def _ring(marks: Sequence[WheelMark], ring: int, year: int) -> list[Placed]:
    own = sorted((m for m in marks if m.ring == ring), key=lambda m: (m.first, m.number))
    radius = RINGS[ring]
    angles = apart([turn(m.first, year) for m in own], 2 * MARK / radius)
    placed = []
    for mark, angle in zip(own, angles, strict=True):
        x, y = _at(angle, radius)
        end = turn(mark.last + timedelta(days=1), year) if mark.last else angle
        placed.append(
            Placed(mark, x, y, _shape(ring, float(x), float(y)), _arc(angle, end, radius) if end > angle else "")
        )
    return placed


def year_wheel(
    year: int,
    marks: Sequence[WheelMark],
    *,
    caption: Any,
    quiet: Sequence[tuple[Any, date, date]] = (),
    today: date | None = None,
    legend: Sequence[tuple[int, Any]] = (),
) -> Wheel:
    """The wheel of a year, with quiet periods as shades and today as a hand."""
    spokes = []
    for month in range(1, 13):
        first = date(year, month, 1)
        angle = turn(first, year)
        name = turn(date(year, month, 15), year)
        spokes.append(Spoke(first, *_at(angle, HUB), *_at(angle, EDGE), *_at(name, LABEL)))
    shades = [
        (label, _sector(turn(first, year), turn(last + timedelta(days=1), year)))
        for label, first, last in quiet
        if first.year <= year <= last.year
    ]
    hand = None
    if today is not None and today.year == year:
        hand = (*_at(turn(today, year), HUB), *_at(turn(today, year), EDGE))
    placed = [one for ring in range(len(RINGS)) for one in _ring(marks, ring, year)]
    return Wheel(year, caption, spokes, placed, shades, hand, legend)
