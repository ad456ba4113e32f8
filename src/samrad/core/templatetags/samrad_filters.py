"""Numbers and dates as Norwegians write them. Registered through samrad.py."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from samrad.core.money import NBSP, exact_kroner, grouped, kroner, short_kroner

register = template.Library()


def _number(value: Any) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _local(value: Any) -> Any:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


@register.filter
def kr(value: Any) -> str:
    """1 234 567 kr."""
    return kroner(_number(value))


@register.filter
def exact_kr(value: Any) -> str:
    """1 234 567,50 kr."""
    return exact_kroner(_number(value))


@register.filter
def short_kr(value: Any) -> str:
    """1,2 mill. kr."""
    return short_kroner(_number(value))


@register.filter
def number(value: Any) -> str:
    """1 234 567, and up to two decimals where there are any."""
    found = _number(value)
    if found is None:
        return "–"
    whole = int(found.quantize(Decimal(1), ROUND_HALF_UP)) if found == found.to_integral_value() else int(found)
    rest = "" if found == found.to_integral_value() else f"{abs(found) % 1:.2f}"[1:].replace(".", ",").rstrip("0")
    return f"{grouped(whole)}{rest}"


@register.filter
def hours(value: Any) -> str:
    """1 200 timer."""
    found = _number(value)
    return "–" if found is None else f"{number(found)}{NBSP}{_('hours') if found != 1 else _('hour')}"


@register.filter
def percent_no(value: Any) -> str:
    """0.25 -> 25 %."""
    found = _number(value)
    return "–" if found is None else f"{grouped(int((found * 100).quantize(Decimal(1), ROUND_HALF_UP)))}{NBSP}%"


@register.filter
def date_no(value: Any) -> str:
    """23. november 2026."""
    return formats.date_format(_local(value), "DATE_FORMAT") if isinstance(value, date) else "–"


@register.filter
def date_short(value: Any) -> str:
    """23.11.2026."""
    return formats.date_format(_local(value), "SHORT_DATE_FORMAT") if isinstance(value, date) else "–"


@register.filter
def time_no(value: Any) -> str:
    """kl. 09.00."""
    return formats.time_format(_local(value), "TIME_FORMAT") if isinstance(value, (datetime, time)) else "–"


@register.filter
def datetime_no(value: Any) -> str:
    """23. november 2026 kl. 09.00."""
    return formats.date_format(_local(value), "DATETIME_FORMAT") if isinstance(value, datetime) else date_no(value)


@register.filter
def size_no(value: Any) -> str:
    """350 kB, 1,2 MB."""
    found = _number(value)
    if found is None:
        return ""
    if found >= 1_000_000:
        return f"{found / 1_000_000:.1f}".replace(".", ",") + f"{NBSP}MB"
    return f"{max(1, round(found / 1000))}{NBSP}kB"


register.filter("kr_short", short_kr)


def _date(value: Any) -> Any:
    return date.fromisoformat(value[:10]) if isinstance(value, str) and value else value


@register.filter
def day(value: Any) -> str:
    """23. november 2026, from a date or an ISO text; nothing where there is none."""
    return date_no(_date(value)) if value else ""


@register.filter
def short_day(value: Any) -> str:
    """23.11.2026; nothing where there is none."""
    return date_short(_date(value)) if value else ""


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """What a mapping has under a key."""
    return mapping.get(key, "") if hasattr(mapping, "get") else ""
