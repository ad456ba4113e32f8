"""The demo's ICT effort: two units that go from operation to development over a year and a half."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from samrad.portfolio.actions import keep_effort
from samrad.portfolio.effort import EffortRow, months_back

if TYPE_CHECKING:
    from samrad.config.demo import World

MANAGER = "fjelldal-ansatt-organisasjon"
MONTHS = 18
# Town -> hours a month, and per cent to operation and to maintenance in the first month and in the last.
UNITS = {"fjelldal": (1450, (62, 46), (20, 19)), "granlia": (480, (74, 66), (15, 16))}
SWINGS = (0, 2, -1, 3, 1, -2)  # no month is like the one before it


def _row(month: date, place: int, hours: int, operation: tuple[int, int], maintenance: tuple[int, int]) -> EffortRow:
    """A month on the way from what it was to what it is. July is slow."""
    worked = Decimal(hours * 2 // 5 if month.month == 7 else hours)
    done = Decimal(place) / (MONTHS - 1)
    to_operation = operation[0] + (operation[1] - operation[0]) * done + SWINGS[place % len(SWINGS)]
    to_maintenance = maintenance[0] + (maintenance[1] - maintenance[0]) * done
    running, keeping = (
        (worked * part / 100).quantize(Decimal("0.5")).quantize(Decimal("0.1"))
        for part in (to_operation, to_maintenance)
    )
    developing = worked - running - keeping
    on_decided = (developing * (45 + 2 * place) / 100).quantize(Decimal("0.1"))
    amounts = {"operation": running, "maintenance": keeping, "development": developing, "decided": on_decided}
    return EffortRow.of(month, amounts, measure="hours", all_hours=None)


def write_effort(world: World) -> None:
    """Every month up to the last whole one, as the ICT manager wrote it."""
    months = months_back(world.today, MONTHS + 1)[:-1]
    for town, shape in UNITS.items():
        unit = world.units[town, "organisasjon"]
        rows = [_row(month, place, *shape) for place, month in enumerate(months)]
        for year in sorted({row.month.year for row in rows}):
            mine = [row for row in rows if row.month.year == year]
            world.do(MANAGER, keep_effort, at=world.ago(2), unit=unit, year=year, version=None, rows=mine)
