"""What every table of user data has in common: an owner, and perhaps a cooperation it is shared with."""

from datetime import date, timedelta
from typing import Any

from django.db import models


class Owned(models.Model):
    """A row of user data. `owner` never changes; row security reads both columns (core/rowsecurity.py)."""

    owner = models.ForeignKey("organisation.Entity", on_delete=models.PROTECT, related_name="+")
    shared_with = models.ForeignKey(
        "organisation.Entity",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        abstract = True


def house_of(row: Owned) -> dict[str, Any]:
    """The owner and share of `row`, for a new row that hangs on it."""
    return {"owner_id": row.owner_id, "shared_with_id": row.shared_with_id}


def end_before(last: Any, valid_from: date) -> None:
    """Let the version before, if there is one that holds then, end the day before the new one begins."""
    if last is not None and (last.valid_to is None or last.valid_to >= valid_from):
        last.valid_to = valid_from - timedelta(days=1)
        last.save(update_fields=["valid_to"])
