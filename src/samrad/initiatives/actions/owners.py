"""Seeing to that an initiative always has someone who owns it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Refused
from samrad.eventlog.actions import record
from samrad.initiatives import events, notifications
from samrad.initiatives.actions.content import lock_initiative
from samrad.initiatives.models import Initiative, Responsibility
from samrad.initiatives.policy import can_name_owner
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person


@transaction.atomic
def name_owner(
    *, by: Actor, at: datetime, initiative_id: int, version: int | None, people: Mapping[str, int]
) -> Initiative:
    """Name a new need owner or responsible after one who has left, whatever step the case has come to."""
    initiative = lock_initiative(initiative_id, version)
    can_name_owner(by, initiative).require()
    known = Person.objects.filter(active=True).in_bulk(list(people.values()))
    for kind, person_id in people.items():
        if kind not in ("need_owner", "lead") or person_id not in known:
            raise Refused(_("Choose a person from the list."))
        initiative.responsibilities.filter(kind=kind).exclude(person_id=person_id).delete()
        Responsibility.objects.get_or_create(
            initiative=initiative, kind=kind, person_id=person_id, defaults=house_of(initiative)
        )
    initiative.version += 1
    initiative.updated_at = at
    initiative.save(update_fields=["version", "updated_at"])
    event = events.ResponsiblesSet(
        initiative_id=initiative.pk,
        kinds=tuple(people),
        person_ids=tuple(people.values()),
        fields=tuple(people),
        to_version=initiative.version,
    )
    record(event, by=by, at=at, house=initiative)
    notifications.tell_owner_named(by=by, at=at, initiative=initiative, people=list(known.values()))
    return initiative
