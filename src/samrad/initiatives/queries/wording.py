"""An answer of the form as it is read: yes and no, days, and the table of years in a line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _t

from samrad.core.money import grouped, kroner


def answer_text(answer: str) -> str:
    """«Yes» and «No» of the check, as read."""
    return _t("Yes") if answer == "yes" else _t("No")


def day_text(value: str) -> str:
    """A day that is kept as 2027-01-15, as read."""
    try:
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    except ValueError:
        return value


def years_text(rows: list[dict[str, str]]) -> str:
    """Costs year by year, a line for each year."""
    lines = []
    for number, row in enumerate(rows):
        parts = [
            _t("Year %(n)s") % {"n": number},
            _t("one-off %(amount)s") % {"amount": kroner(Decimal(str(row.get("one_off") or 0)))},
            _t("running %(amount)s") % {"amount": kroner(Decimal(str(row.get("running") or 0)))},
            _t("%(n)s hours") % {"n": grouped(int(row.get("hours") or 0))},
            _t("%(n)s per cent of the benefits") % {"n": row.get("gain") or 0},
        ]
        lines.append(f"{parts[0]}: {', '.join(parts[1:])}")
    return "\n".join(lines)
