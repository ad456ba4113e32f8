"""Lines over time: a few series of numbers under the same names of times, as places in a drawing. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 720, 300
LEFT, RIGHT, TOP, BOTTOM = 44, 150, 16, 34
MOST_NAMES = 8
MARKS = ("circle", "square", "triangle")  # each line has its own mark and dash, so it reads without colour
SYMBOLS = {"circle": "●", "square": "■", "triangle": "▲"}
APART = 18  # so far from each other the names at the ends stand


@dataclass(frozen=True)
class Series:
    """One line: what it is called, and a number for each time; None where it is not known."""

    label: Any
    values: Sequence[float | None]


@dataclass(frozen=True)
class Dot:
    """A number at its place."""

    x: str
    y: str


@dataclass(frozen=True)
class DrawnLine:
    """A line as it is drawn: unbroken stretches, a mark at each number, and its name where it ends."""

    label: Any
    mark: str
    symbol: str
    stretches: list[str]
    dots: list[Dot]
    name_y: str


@dataclass(frozen=True)
class Trend:
    """Everything the drawing needs, as text that no locale changes."""

    caption: Any
    unit: Any
    lines: list[DrawnLine]
    levels: list[tuple[str, int]]  # y, and the number there
    names: list[tuple[str, Any]]  # x, and the time there
    name_x: str
    right: str
    view: str


def _x(place: int, count: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * (place / (count - 1) if count > 1 else 0.5)


def _y(value: float, top: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top)


def _drawn(series: Series, mark: str, top: float) -> DrawnLine:
    count = len(series.values)
    stretches: list[list[str]] = [[]]
    dots = []
    for place, value in enumerate(series.values):
        if value is None:
            stretches.append([])
            continue
        dots.append(Dot(f"{_x(place, count):.1f}", f"{_y(value, top):.1f}"))
        stretches[-1].append(f"{dots[-1].x},{dots[-1].y}")
    last = float(dots[-1].y) if dots else float(TOP)
    joined = [" ".join(points) for points in stretches if len(points) > 1]
    return DrawnLine(series.label, mark, SYMBOLS[mark], joined, dots, f"{last:.1f}")


def _apart(lines: list[DrawnLine]) -> list[DrawnLine]:
    """The names at the ends, moved so that none stands on another."""
    found: dict[int, float] = {}
    lowest = -float(APART)
    for number in sorted(range(len(lines)), key=lambda n: float(lines[n].name_y)):
        lowest = max(float(lines[number].name_y), lowest + APART)
        found[number] = lowest
    return [
        DrawnLine(line.label, line.mark, line.symbol, line.stretches, line.dots, f"{found[number] + 4:.1f}")
        for number, line in enumerate(lines)
    ]


def trend(caption: Any, names: Sequence[Any], series: Sequence[Series], *, unit: Any = "", top: float = 0) -> Trend:
    """Up to three lines from 0 to `top`, or to the largest number where that is not given."""
    largest = top or max((v for one in series for v in one.values if v is not None), default=0) or 1
    count, step = len(names), -(-len(names) // MOST_NAMES) or 1
    lines = [_drawn(one, mark, largest) for one, mark in zip(series, MARKS, strict=False)]
    return Trend(
        caption,
        unit,
        _apart(lines),
        [(f"{_y(largest * n / 4, largest):.1f}", round(largest * n / 4)) for n in range(5)],
        [(f"{_x(place, count):.1f}", names[place]) for place in range(count - 1, -1, -step)][::-1],
        f"{WIDTH - RIGHT + 12}",
        f"{WIDTH - RIGHT}",
        f"0 0 {WIDTH} {HEIGHT}",
    )
