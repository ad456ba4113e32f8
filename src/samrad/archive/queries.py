"""Reads about what is to be filed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from samrad.archive.models import ArchiveSetup, ArchiveSetupVersion, Filing
from samrad.documents.models import File
from samrad.initiatives.queries import visible_ids
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.organisation.roles import SECRETARIAT, roles_for

# What is set up for an entity, and kept in versions.
SET_UP = ("backend", "folder", "series", "class_system", "class_code", "unit_name", "access_code")
# What failed first, then what waits, then what is done.
ORDER = [Filing.State.FAILED, Filing.State.BY_HAND, Filing.State.QUEUED]


def visible_to(actor: Actor) -> QuerySet[Filing]:
    """The filings of the houses for which the actor follows them up: they hold every field, exempt ones too."""
    held = [h for h in actor.held if h.role in roles_for("archive.see_filings")]
    if not held:
        return Filing.objects.none()
    # A records manager files for one house; a cooperation's secretariat follows up what it shares with its members.
    shared = [h.entity_id for h in held if h.role in SECRETARIAT]
    mine = Q(owner_id__in=[h.entity_id for h in held]) | Q(shared_with_id__in=shared)
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
    place = Case(
        *(When(state=state, then=Value(i)) for i, state in enumerate(ORDER)),
        default=Value(len(ORDER)),
        output_field=IntegerField(),
    )
    return rows.annotate(place=place).order_by("place", "-queued_at", "-id")


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


def houses_to_set_up(actor: Actor) -> QuerySet[Entity]:
    """The entities whose archive the actor sets up."""
    roles = roles_for("archive.set_up")
    return Entity.objects.filter(pk__in=[h.entity_id for h in actor.held if h.role in roles]).order_by("name")


def setups_of(houses: QuerySet[Entity]) -> list[tuple[Entity, ArchiveSetup]]:
    """Each entity with how it files; one that has said nothing files by hand."""
    found = {setup.owner_id: setup for setup in ArchiveSetup.objects.filter(owner__in=houses)}
    return [(house, found.get(house.pk) or ArchiveSetup(owner=house)) for house in houses]


@dataclass(frozen=True)
class Changed:
    """One change of the set-up: who decided it, and each part that became something else."""

    version: ArchiveSetupVersion
    parts: list[tuple[str, str, str]]


def changes_of(setup: ArchiveSetup) -> list[Changed]:
    """Every change of a set-up, the newest first."""
    rows = list(setup.versions.select_related("changed_by").order_by("number")) if setup.pk else []
    found = []
    for before, row in zip([None, *rows], rows, strict=False):
        old = before.values if before else {}
        parts = [(n, old.get(n, ""), row.values.get(n, "")) for n in SET_UP if old.get(n, "") != row.values.get(n, "")]
        found.append(Changed(row, parts))
    return found[::-1]
