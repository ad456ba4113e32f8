"""What a row says, as it is kept for next year: figures, dates and codes, never the words of a cell. Plain Python."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from samrad.core.sheets.cells import Value
from samrad.portfolio.sheets.mapping import DATE, MONEY, RATING, TARGETS
from samrad.portfolio.sheets.rows import Reading, Row


def plain(value: Any) -> str:
    """A number without idle zeros, a date as ISO, nothing as nothing."""
    if isinstance(value, Decimal):
        return f"{value.normalize() + 0:f}"
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _sides(value: Value) -> dict[str, str]:
    """The value where it is known, else its ends, and why it is unknown."""
    if value.reason is None:
        return {"value": plain(value.known)}
    ends = {name: plain(getattr(value, name)) for name in ("low", "mid", "high")}
    return {"value": "", "why": str(value.reason)} | {name: end for name, end in ends.items() if end}


def stated(row: Row, reading: Reading) -> dict[str, Any]:
    """The dates, the status light and the amounts of a row, each amount with its currency, unit and price base."""
    said: dict[str, Any] = {}
    for target, value in row.values.items():
        kind = TARGETS[target]
        if kind == DATE:
            said[target] = _sides(value)
        elif kind == RATING:
            said[target] = _sides(value) | {"column": row.columns.get(target, "")}
        elif kind == MONEY:
            rule = reading.bound[target].rule
            money = {"currency": rule.currency or "NOK", "unit": rule.unit, "price_base": rule.price_base}
            said[target] = _sides(value) | money
    if row.stated_variance is not None:
        said["variance"] = {"value": plain(row.stated_variance)}
    return said
