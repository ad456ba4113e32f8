"""Setting up how the house governs: fields, bodies, mandates, seats, planned meetings, requirements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from samrad.core.models import house_of
from samrad.eventlog.actions import record
from samrad.governance import events
from samrad.governance.models import Body, Field, Mandate, PlannedMeeting, Requirement, Seat, SizeClass
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity, Person
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
def adopt_mandate(
    *,
    by: Actor,
    at: datetime,
    body: Body,
    valid_from: date,
    adopted_by: str,
    adopted_in: Sequence[Entity] = (),
    purpose: str = "",
    notice_days: int = 7,
    quorum_share_percent: int = 50,
    open_to_public: bool = False,
    open_submitted: Sequence[str] = (),
    open_decided: Sequence[str] = (),
    may_decide_types: Sequence[str] = (),
    amount_per_case: Decimal | None = None,
    amount_per_year: Decimal | None = None,
) -> Mandate:
    """Adopt a new version of a body's mandate. The old one ends the day before, and what it decided stands.

    `open_submitted` and `open_decided` are what the public may see of initiatives (OpenPart), before and after decision.
    """
    can_administer(by, body.owner_id).require()
    last = body.mandates.order_by("-version").first()
    if last is not None and last.valid_to is None:
        last.valid_to = date.fromordinal(valid_from.toordinal() - 1)
        last.save(update_fields=["valid_to"])
    mandate = Mandate.objects.create(
        **house_of(body),
        body=body,
        version=(last.version if last else 0) + 1,
        valid_from=valid_from,
        adopted_by=adopted_by,
        adopted_date=valid_from,
        purpose=purpose,
        notice_days=notice_days,
        quorum_share_percent=quorum_share_percent,
        open_to_public=open_to_public,
        open_submitted=list(open_submitted),
        open_decided=list(open_decided),
        may_decide_types=list(may_decide_types),
        amount_per_case=amount_per_case,
        amount_per_year=amount_per_year,
        adopted_in_ids=[e.pk for e in adopted_in],
    )
    event = events.MandateAdopted(mandate_id=mandate.pk, version=mandate.version)
    record(event, by=by, at=at, house=mandate)
    return mandate


@transaction.atomic
def give_seat(
    *,
    by: Actor,
    at: datetime,
    body: Body,
    person: Person,
    position: str,
    valid_from: date,
    field: Field | None = None,
    municipality: Entity | None = None,
    valid_to: date | None = None,
) -> Seat:
    """Give a person a seat in a body, for a field and a municipality; one who sits there already changes seat."""
    can_administer(by, body.owner_id).require()
    held = Seat.objects.filter(body=body, person=person, valid_to=None, valid_from__lte=valid_from).first()
    seat = held or Seat(**house_of(body), body=body, person=person)
    seat.position, seat.field, seat.municipality = position, field or seat.field, municipality or seat.municipality
    seat.valid_from, seat.valid_to = (held.valid_from if held else valid_from), valid_to
    seat.save()
    record(events.SeatGiven(seat_id=seat.pk, person_id=person.pk), by=by, at=at, house=seat)
    return seat


@transaction.atomic
def end_seat(*, by: Actor, at: datetime, seat: Seat, last_day: date | None) -> None:
    """End a seat in a body: it holds for the last time on this day, or never did."""
    can_administer(by, seat.owner_id).require()
    # A seat is kept even where it never held: attendance may point to it.
    seat.valid_to = max(last_day or seat.valid_from, seat.valid_from)
    seat.save(update_fields=["valid_to"])
    record(events.SeatEnded(seat_id=seat.pk, person_id=seat.person_id), by=by, at=at, house=seat)


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
def adopt_requirement(
    *,
    by: Actor,
    at: datetime,
    owner: Entity,
    code: str,
    size_classes: Sequence[str],
    valid_from: date,
    source: str,
    material: bool = True,
    shared_with: Entity | None = None,
) -> Requirement:
    """Let a minimum requirement to the groundwork come into force."""
    can_administer(by, owner.pk).require()
    requirement = Requirement.objects.create(
        owner=owner,
        shared_with=shared_with,
        code=code,
        size_classes=list(size_classes),
        material=material,
        valid_from=valid_from,
        source=source,
    )
    record(events.RequirementAdopted(requirement_id=requirement.pk), by=by, at=at, house=requirement)
    return requirement


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


@dataclass(frozen=True, kw_only=True)
class Limit:
    """Where a size class ends: below so many kroner and hours; None has no limit."""

    code: str
    below_kr: Decimal | None = None
    below_hours: int | None = None


@transaction.atomic
def adopt_size_classes(
    *, by: Actor, at: datetime, owner: Entity, limits: Sequence[Limit], valid_from: date, source: str = ""
) -> list[SizeClass]:
    """Adopt new limits between the size classes. The old ones end the day before; those adopted today never held."""
    can_administer(by, owner.pk).require()
    for old in SizeClass.objects.filter(owner=owner, valid_to=None):
        if old.valid_from >= valid_from:
            old.delete()
        else:
            old.valid_to = valid_from - timedelta(days=1)
            old.save(update_fields=["valid_to"])
    made = [
        SizeClass.objects.create(
            owner=owner,
            code=limit.code,
            order=order,
            below_kr=limit.below_kr,
            below_hours=limit.below_hours,
            valid_from=valid_from,
        )
        for order, limit in enumerate(limits)
    ]
    event = events.SizeClassesAdopted(size_class_ids=tuple(row.pk for row in made))
    record(event, by=by, at=at, owner_id=owner.pk)
    return made
