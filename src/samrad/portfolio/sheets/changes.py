"""What has changed from one year's file to the next: before, after and difference, and why a figure is to be doubted.

Plain Python on what was kept of both files (stated.py). Nothing is trusted silently: figures that cannot be compared get
no difference, and every doubt has a code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from samrad.portfolio.sheets.rows import variance
from samrad.portfolio.sheets.stated import plain

NEW, LEFT, COST, TIME, LIGHT, BENEFIT, YEAR = "new", "left", "cost", "date", "rating", "benefit", "deviation"
KINDS = (NEW, LEFT, COST, TIME, LIGHT, BENEFIT, YEAR)
AMOUNTS = {"budget": COST, "whole_life_cost": COST, "benefits_amount": BENEFIT}
DATES = ("start_date", "end_date")
# The figures of a single year are about another year in next year's file, so only their deviation is compared.
PARTS = ("budget_year", "forecast_year")
DEVIATION = "variance"
PRICE_BASE, CURRENCY, SIGN, MAGNITUDE, SWAPPED = "price_base", "currency", "sign", "magnitude", "swapped"
COLUMN, SAME_NAME, NO_ID, STATED = "other_column", "same_name", "name_without_id", "stated_variance"
APART = {PRICE_BASE, CURRENCY, SIGN, MAGNITUDE, SWAPPED}
"""With one of these there is no difference to show."""
SLIP = 100  # so many times larger or smaller is more likely another unit than another cost
ROUNDING = Decimal("0.1")  # percentage points: the files round their parts to two decimals
Said = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One change of one project. Amounts are in the later file's unit; a range is «low..mid..high»."""

    kind: str
    field: str = ""
    before: str = ""
    after: str = ""
    difference: str = ""
    doubts: tuple[str, ...] = ()
    currency: str = ""
    unit: int = 1
    price_bases: tuple[str, str] = ("", "")


def _text(side: Said, factor: Decimal = Decimal(1)) -> str:
    """A value as text, or the range it is; nothing where neither is known."""
    if side.get("value"):
        return plain(Decimal(side["value"]) * factor) if factor != 1 else str(side["value"])
    ends = [str(side.get(name, "")) for name in ("low", "mid", "high")]
    if not any(ends):
        return ""
    return "..".join(plain(Decimal(end) * factor) if end and factor != 1 else end for end in ends)


def _unsure(before: Said, after: Said) -> list[str]:
    """Why either side is no known value."""
    sides = (("before", before), ("after", after))
    return [f"{name}_{side['why']}" for name, side in sides if side.get("why")]


def _money(name: str, before: Said, after: Said) -> Change | None:
    factor = Decimal(before["unit"]) / Decimal(after["unit"])
    was, now = _text(before, factor), _text(after)
    bases = (str(before["price_base"]), str(after["price_base"]))
    zero = was == now == "0"
    if not (was or now) or (was == now and (bases[0] == bases[1] or zero) and before["currency"] == after["currency"]):
        return None
    doubts = _unsure(before, after)
    if before["currency"] != after["currency"]:
        doubts.append(CURRENCY)
    if bases[0] != bases[1]:
        doubts.append(PRICE_BASE)
    difference = ""
    if before["value"] and after["value"]:
        one, other = Decimal(was), Decimal(now)
        if one * other < 0:
            doubts.append(SIGN)
        if one and other and not 1 / Decimal(SLIP) < abs(other / one) < SLIP:
            doubts.append(MAGNITUDE)
        difference = "" if APART & {*doubts} else plain(other - one)
    return Change(AMOUNTS[name], name, was, now, difference, tuple(doubts), after["currency"], after["unit"], bases)


def _day(name: str, before: Said, after: Said) -> Change | None:
    was, now = _text(before), _text(after)
    if was == now:
        return None
    doubts, difference = _unsure(before, after), ""
    if before["value"] and after["value"]:
        one, other = date.fromisoformat(was), date.fromisoformat(now)
        if one.year == other.year and (one.day, one.month) == (other.month, other.day):
            doubts.append(SWAPPED)
        else:
            difference = str((other - one).days)
    return Change(TIME, name, was, now, difference, tuple(doubts))


def _light(before: Said, after: Said) -> Change | None:
    was, now = str(before["value"]), str(after["value"])
    if was == now:
        return None
    doubts = _unsure(before, after)
    if was and now and before.get("column") != after.get("column"):
        doubts.append(COLUMN)
    return Change(LIGHT, "rating", was, now, "", tuple(doubts))


def _deviation(said: Said) -> tuple[Decimal | None, list[str]]:
    """The year's deviation in per cent, computed from its parts; and whether the file says something else."""
    if not all(name in said and said[name]["value"] for name in PARTS):
        return None, []
    budget, forecast = (Decimal(said[name]["value"]) * said[name]["unit"] for name in PARTS)
    if said[PARTS[0]]["currency"] != said[PARTS[1]]["currency"]:
        return None, [CURRENCY]
    computed = variance(budget, forecast)
    told = Decimal(said[DEVIATION]["value"]) if DEVIATION in said else None
    # The files give it without its sign, so the size alone is held against what is computed.
    off = computed is not None and told is not None and abs(abs(computed) - abs(told)) > ROUNDING
    return computed, [STATED] if off else []


def _year(before: Said, after: Said) -> Change | None:
    if any(name not in said for name in PARTS for said in (before, after)):
        return None
    (was, one), (now, other) = _deviation(before), _deviation(after)
    if was == now:
        return None
    doubts = [f"before_{code}" for code in one] + [f"after_{code}" for code in other]
    doubts += [f"{name}_unknown" for name, value in (("before", was), ("after", now)) if value is None]
    difference = plain(now - was) if was is not None and now is not None else ""
    one_text, other_text = (plain(value) if value is not None else "" for value in (was, now))
    return Change(YEAR, DEVIATION, one_text, other_text, difference, tuple(doubts))


def changes_of_row(before: Said, after: Said) -> Iterator[Change]:
    """What moved for a project that is in both files. A field that only one of the files has is no change."""
    for name in AMOUNTS:
        if name in before and name in after and (found := _money(name, before[name], after[name])):
            yield found
    if found := _year(before, after):
        yield found
    for name in DATES:
        if name in before and name in after and (found := _day(name, before[name], after[name])):
            yield found
    if "rating" in before and "rating" in after and (found := _light(before["rating"], after["rating"])):
        yield found


def only_in_one(before: Said, after: Said) -> list[str]:
    """The fields that only one of the files has a column for, so that nothing can be said of them."""
    known = (*AMOUNTS, *PARTS, *DATES, "rating")
    return [name for name in known if (name in before) != (name in after)]
