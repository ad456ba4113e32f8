"""Reads about what is to be filed."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from samrad.archive.models import ArchiveSetup, Filing
from samrad.initiatives.queries import visible_ids
from samrad.organisation.actors import Actor


def visible_to(actor: Actor) -> QuerySet[Filing]:
    """The filings of one's own houses, for those who follow them up."""
    if not actor.may("archive.see_filings"):
        return Filing.objects.none()
    seen = Q(initiative_id__in=visible_ids(actor)) | Q(initiative__isnull=True)
    return Filing.objects.filter(seen).select_related("initiative", "case", "owner")


def due(now: datetime) -> QuerySet[Filing]:
    """What should be tried now."""
    ready = Q(next_try_at__isnull=True) | Q(next_try_at__lte=now)
    return Filing.objects.filter(ready, state__in=[Filing.State.QUEUED, Filing.State.FAILED]).order_by("queued_at")


def backend_of(owner_id: int) -> ArchiveSetup | None:
    """How an entity files; by hand where nothing is said."""
    return ArchiveSetup.objects.filter(owner_id=owner_id).first()
