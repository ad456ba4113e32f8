"""Reads about cases and what waits."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from samrad.cases.models import Case, Decision, Task
from samrad.initiatives.queries import visible_ids
from samrad.organisation.actors import Actor


def visible_to(actor: Actor) -> QuerySet[Case]:
    """The cases whose initiative the actor may see anything of, and those without an initiative in one's own houses."""
    return Case.objects.filter(Q(initiative_id__in=visible_ids(actor)) | Q(initiative__isnull=True))


def decisions_visible_to(actor: Actor) -> QuerySet[Decision]:
    """The decisions of cases the actor may see."""
    return Decision.objects.filter(case__initiative_id__in=visible_ids(actor))


def tasks_of(actor: Actor) -> QuerySet[Task]:
    """What waits for the actor, by name or by a role held, most urgent first."""
    if not actor.is_person:
        return Task.objects.none()
    mine = Q(person_id=actor.person_id)
    for held in actor.held:
        scope = Q(person__isnull=True, role=held.role, entity_id=held.entity_id)
        if held.unit_id:
            scope &= Q(unit_id__isnull=True) | Q(unit_id=held.unit_id)
        if held.field_id:
            scope &= Q(field_id__isnull=True) | Q(field_id=held.field_id)
        mine |= scope
    return Task.objects.filter(mine, closed_at__isnull=True).order_by("due_date", "opened_at", "id")
