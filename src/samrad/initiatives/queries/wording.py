"""An answer of the form as it is read: yes and no, days, and the table of years in a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy

from samrad.core.money import grouped, kroner
from samrad.initiatives.content import ALTERNATIVE, BY_CODE, FIELDS, MAX_ALTERNATIVES, FormField


def alternative(number: int) -> FormField:
    """The question of an alternative that is added freely."""
    return FormField(
        f"{ALTERNATIVE}{number}",
        BY_CODE["alt_chosen"].step,
        format_lazy("{} {}", gettext_lazy("Another alternative"), number),
        gettext_lazy("Name it, and say what it solves, what it costs, and why it is or is not enough."),
        late=True,
    )


def alternatives_in(said: Mapping[str, Any]) -> list[int]:
    """The numbers of the alternatives that are added freely and say something."""
    numbers = range(1, MAX_ALTERNATIVES + 1)
    return [n for n in numbers if str(said.get(f"{ALTERNATIVE}{n}") or "").strip()]


def form_fields(numbers: Iterable[int]) -> list[FormField]:
    """The form's fields with the alternatives of these numbers in their place: before the one that is chosen."""
    place = FIELDS.index(BY_CODE["alt_chosen"])
    return [*FIELDS[:place], *(alternative(n) for n in numbers), *FIELDS[place:]]


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
