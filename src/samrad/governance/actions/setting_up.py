"""Setting up how the house governs: fields, bodies and planned meetings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from samrad.core.models import house_of
from samrad.eventlog.actions import record
from samrad.governance import events
from samrad.governance.models import Body, Field, PlannedMeeting
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.organisation.policy import can_administer


@transaction.atomic
def add_field(
    *,
    by: Actor,
    at: datetime,
    owner: Entity,
    code: str,
    name: str,
    kostra: Sequence[str] = (),
    shared_with: Entity | None = None,
) -> Field:
    """Add a professional field with its KOSTRA functions."""
    can_administer(by, owner.pk).require()
    field = Field.objects.create(
        owner=owner, shared_with=shared_with, code=code, name=name, kostra_functions=list(kostra)
    )
    record(events.FieldAdded(field_id=field.pk), by=by, at=at, house=field)
    return field


@transaction.atomic
def set_up_body(
    *,
    by: Actor,
    at: datetime,
    owner: Entity,
    kind: str,
    name: str,
    short_name: str = "",
    shared_with: Entity | None = None,
) -> Body:
    """Set up a council, a secretariat or another body."""
    can_administer(by, owner.pk).require()
    body = Body.objects.create(owner=owner, shared_with=shared_with, kind=kind, name=name, short_name=short_name)
    record(events.BodySetUp(body_id=body.pk), by=by, at=at, house=body)
    return body


@transaction.atomic
def plan_in_cycle(
    *,
    by: Actor,
    at: datetime,
    body: Body,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    submission_deadline: date,
) -> PlannedMeeting:
    """Put a meeting in the annual cycle, with the last day a case can be sent in for it."""
    can_administer(by, body.owner_id).require()
    planned = PlannedMeeting.objects.create(
        **house_of(body),
        body=body,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        submission_deadline=submission_deadline,
    )
    record(events.MeetingPlanned(planned_meeting_id=planned.pk), by=by, at=at, house=planned)
    return planned


@transaction.atomic
def change_in_cycle(
    *,
    by: Actor,
    at: datetime,
    planned: PlannedMeeting,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    place: str | None = None,
    cancelled: bool = False,
) -> PlannedMeeting:
    """Let the annual cycle follow a meeting that was moved or cancelled. Permission is the caller's (the meeting)."""
    planned.starts_at, planned.ends_at = starts_at or planned.starts_at, ends_at or planned.ends_at
    planned.place = planned.place if place is None else place
    planned.cancelled = planned.cancelled or cancelled
    planned.save()
    event = events.CycleChanged(planned_meeting_id=planned.pk, cancelled=planned.cancelled)
    record(event, by=by, at=at, house=planned)
    return planned


@transaction.atomic
def change_field(
    *, by: Actor, at: datetime, field_id: int, name: str, kostra: Sequence[str], uses_expert_group: bool
) -> Field:
    """Rename a professional field, change its KOSTRA functions, or switch its expert group on or off."""
    field = Field.objects.select_for_update(of=("self",)).get(pk=field_id)
    can_administer(by, field.owner_id).require()
    wanted = {"name": name, "kostra_functions": list(kostra), "uses_expert_group": uses_expert_group}
    changed = tuple(key for key, value in wanted.items() if getattr(field, key) != value)
    if changed:
        for key in changed:
            setattr(field, key, wanted[key])
        field.save(update_fields=changed)
        record(events.FieldChanged(field_id=field.pk, fields=changed), by=by, at=at, house=field)
    return field


@transaction.atomic
def rename_body(*, by: Actor, at: datetime, body_id: int, name: str) -> Body:
    """Give a body another name."""
    body = Body.objects.select_for_update(of=("self",)).get(pk=body_id)
    can_administer(by, body.owner_id).require()
    if body.name != name:
        body.name = name
        body.save(update_fields=["name"])
        record(events.BodyRenamed(body_id=body.pk), by=by, at=at, house=body)
    return body
