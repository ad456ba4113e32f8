"""What every table of user data has in common: an owner, and perhaps a cooperation it is shared with."""

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
