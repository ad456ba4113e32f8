"""Today as the database says it: the day in Norway, as timezone.localdate() says it. `current_date` is the day in UTC."""

from __future__ import annotations

from typing import Any

from django.db.models.expressions import RawSQL

TODAY = "(now() at time zone 'Europe/Oslo')::date"


def today_there() -> Any:
    """Today in a query, where the day is not given."""
    return RawSQL(TODAY, [])
