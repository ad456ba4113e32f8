"""Reads about what is to be filed."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from samrad.archive.models import ArchiveSetup, Filing
from samrad.documents.models import File
from samrad.initiatives.queries import visible_ids
from samrad.organisation.actors import Actor
from samrad.organisation.roles import roles_for


def visible_to(actor: Actor) -> QuerySet[Filing]:
    """The filings of the houses for which the actor follows them up: they hold every field, exempt ones too."""
    houses = [h.entity_id for h in actor.held if h.role in roles_for("archive.see_filings")]
    if not houses:
        return Filing.objects.none()
    mine = Q(owner_id__in=houses) | Q(shared_with_id__in=houses)
    seen = Q(initiative_id__in=visible_ids(actor)) | Q(initiative__isnull=True)
    return Filing.objects.filter(mine, seen).select_related("initiative", "case", "owner")


def found(actor: Actor, *, state: str, text: str) -> QuerySet[Filing]:
    """The filings in a state (any, where none is given) whose title, reference or case number holds the text."""
    rows = visible_to(actor)
    if state in Filing.State.values:
        rows = rows.filter(state=state)
    if text:
        rows = rows.filter(
            Q(content__title__icontains=text)
            | Q(initiative__title__icontains=text)
            | Q(initiative__reference__icontains=text)
            | Q(archive_ref__icontains=text)
        )
    return rows.order_by("-queued_at", "-id")


def counts(actor: Actor) -> dict[str, int]:
    """How many filings stand in each state."""
    rows = visible_to(actor).order_by().values_list("state").annotate(number=Count("id"))
    return {state.value: 0 for state in Filing.State} | dict(rows)


def files_with(filing: Filing) -> list[File]:
    """The attachments that follow a document to the archive. Show only those that documents.policy.openable lets through."""
    ids = [file["id"] for file in filing.content.get("attached", [])]
    return list(File.objects.filter(pk__in=ids).order_by("created_at", "pk")) if ids else []


def due(now: datetime) -> QuerySet[Filing]:
    """What should be tried now."""
    ready = Q(next_try_at__isnull=True) | Q(next_try_at__lte=now)
    return Filing.objects.filter(ready, state__in=[Filing.State.QUEUED, Filing.State.FAILED]).order_by("queued_at")


def backend_of(owner_id: int) -> ArchiveSetup | None:
    """How an entity files; by hand where nothing is said."""
    return ArchiveSetup.objects.filter(owner_id=owner_id).first()
