"""Coordinators and arenas: entered, changed, ended, and what was noted from a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Refused, Stale, Verdict
from samrad.eventlog.actions import record
from samrad.governance import events
from samrad.governance.models import Arena, ArenaMeeting, Coordinator, CoordinatorShare
from samrad.governance.policy import can_keep_arenas, split_lacks
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.organisation.policy import can_administer


@transaction.atomic
def keep_coordinator(
    *,
    by: Actor,
    at: datetime,
    owner: Entity,
    shares: Mapping[int, int],
    coordinator_id: int | None = None,
    version: int | None = None,
    **values: Any,
) -> Coordinator:
    """Enter a coordinator, or change one. The shares of the municipalities make up what is reserved, no more and no less."""
    can_administer(by, owner.pk).require()
    rows = Coordinator.objects.select_for_update(of=("self",)).filter(owner=owner)
    found = rows.get(pk=coordinator_id) if coordinator_id else None
    coordinator = found or Coordinator(owner=owner)
    if version is not None and found is not None and version != found.version:
        raise Stale(_("Someone has changed this since you opened the page. Load it again."))
    for name, value in values.items():
        setattr(coordinator, name, value)
    lacks = split_lacks(coordinator.reserved_percent, shares)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    coordinator.version += 1
    coordinator.save()
    coordinator.shares.all().delete()
    CoordinatorShare.objects.bulk_create(
        CoordinatorShare(**house_of(coordinator), coordinator=coordinator, municipality_id=pk, percent=percent)
        for pk, percent in shares.items()
        if percent
    )
    event = events.CoordinatorKept(
        coordinator_id=coordinator.pk,
        person_id=coordinator.person_id,
        reserved_percent=coordinator.reserved_percent,
        used_percent=coordinator.used_percent,
    )
    record(event, by=by, at=at, house=coordinator)
    return coordinator


@transaction.atomic
def end_coordinator(*, by: Actor, at: datetime, coordinator_id: int, last_day: date) -> Coordinator:
    """Let a coordinator have a last day."""
    coordinator = Coordinator.objects.select_for_update(of=("self",)).get(pk=coordinator_id)
    can_administer(by, coordinator.owner_id).require()
    coordinator.valid_to = max(last_day, coordinator.valid_from)
    coordinator.version += 1
    coordinator.save(update_fields=["valid_to", "version"])
    event = events.CoordinatorEnded(coordinator_id=coordinator.pk, person_id=coordinator.person_id)
    record(event, by=by, at=at, house=coordinator)
    return coordinator


@transaction.atomic
def keep_arena(
    *,
    by: Actor,
    at: datetime,
    owner: Entity,
    arena_id: int | None = None,
    version: int | None = None,
    **values: Any,
) -> Arena:
    """Enter an arena, or change one."""
    can_keep_arenas(by, owner.pk).require()
    rows = Arena.objects.select_for_update(of=("self",)).filter(owner=owner)
    found = rows.get(pk=arena_id) if arena_id else None
    arena = found or Arena(owner=owner)
    if version is not None and found is not None and version != found.version:
        raise Stale(_("Someone has changed this since you opened the page. Load it again."))
    for name, value in values.items():
        setattr(arena, name, value)
    arena.version += 1
    arena.save()
    record(events.ArenaKept(arena_id=arena.pk, ended=arena.ended is not None), by=by, at=at, house=arena)
    return arena


@transaction.atomic
def note_arena_meeting(
    *,
    by: Actor,
    at: datetime,
    arena_id: int,
    held_date: date,
    notes: str = "",
    next_meeting: date | None = None,
) -> ArenaMeeting:
    """Note that an arena has met, in few words, and when it meets next."""
    arena = Arena.objects.select_for_update(of=("self",)).get(pk=arena_id)
    can_keep_arenas(by, arena.owner_id).require()
    meeting = ArenaMeeting.objects.create(
        **house_of(arena), arena=arena, held_date=held_date, notes=notes, noted_by_id=by.person_id, noted_at=at
    )
    arena.next_meeting = next_meeting
    arena.version += 1
    arena.save(update_fields=["next_meeting", "version"])
    record(events.ArenaMet(arena_id=arena.pk, meeting_id=meeting.pk), by=by, at=at, house=arena)
    return meeting
