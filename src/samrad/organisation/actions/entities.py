"""What people do with the organisation itself: add entities and units, exempt fields, tell people things."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise

from samrad.core.acting import acting_for, current_entities
from samrad.core.models import Owned
from samrad.eventlog.actions import record
from samrad.organisation import events
from samrad.organisation.actors import Actor
from samrad.organisation.models import (
    Entity,
    Exemption,
    Membership,
    NoticeChoice,
    Notification,
    Person,
    RoleAssignment,
    Unit,
)
from samrad.organisation.notices import group_of, usual
from samrad.organisation.policy import can_administer, can_exempt, can_leave


@transaction.atomic
def add_entity(
    *,
    by: Actor,
    at: datetime,
    slug: str,
    name: str,
    kind: str,
    language: str = "nb",
    inhabitants: int | None = None,
    number: str = "",
) -> Entity:
    """Register a municipality or a cooperation."""
    can_administer(by).require()
    entity = Entity.objects.create(
        slug=slug, name=name, kind=kind, language=language, inhabitants=inhabitants, municipality_number=number
    )
    # The new entity owns the trace of its own beginning.
    with acting_for({*(current_entities() or ()), entity.pk}):
        record(events.EntityAdded(entity_id=entity.pk), by=by, at=at, owner_id=entity.pk)
    return entity


@transaction.atomic
def join_cooperation(*, by: Actor, at: datetime, cooperation: Entity, member: Entity, valid_from: date) -> Membership:
    """Let a municipality be a member of a cooperation from a date."""
    can_administer(by, cooperation.pk).require()
    membership = Membership.objects.create(cooperation=cooperation, member=member, valid_from=valid_from)
    event = events.MembershipChanged(cooperation_id=cooperation.pk, member_id=member.pk)
    record(event, by=by, at=at, owner_id=membership.cooperation_id)
    return membership


@transaction.atomic
def leave_cooperation(*, by: Actor, at: datetime, membership: Membership, valid_to: date) -> Membership:
    """End a municipality's membership: from the day after, nothing more is shared."""
    can_administer(by, membership.cooperation_id).require()
    can_leave(membership, valid_to).require()
    membership.valid_to = valid_to
    membership.save()
    event = events.MembershipChanged(cooperation_id=membership.cooperation_id, member_id=membership.member_id)
    record(event, by=by, at=at, owner_id=membership.cooperation_id)
    return membership


@transaction.atomic
def share_people(*, by: Actor, at: datetime, cooperation: Entity, member: Entity) -> None:
    """Let a cooperation that a municipality has joined find its people and units, which nobody shared before."""
    can_administer(by, cooperation.pk).require()
    can_administer(by, member.pk).require()
    for table in (Unit, Person, RoleAssignment):
        table.objects.filter(owner=member, shared_with=None).update(shared_with=cooperation)
    event = events.PeopleShared(cooperation_id=cooperation.pk, member_id=member.pk)
    record(event, by=by, at=at, owner_id=member.pk, shared_with_id=cooperation.pk)


@transaction.atomic
def add_unit(
    *,
    by: Actor,
    at: datetime,
    owner: Entity,
    name: str,
    kind: str = Unit.Kind.SECTOR,
    shared_with: Entity | None = None,
    parent: Unit | None = None,
) -> Unit:
    """Add a sector or a unit."""
    can_administer(by, owner.pk).require()
    unit = Unit.objects.create(owner=owner, shared_with=shared_with, name=name, kind=kind, parent=parent)
    record(events.UnitAdded(unit_id=unit.pk), by=by, at=at, house=unit)
    return unit


@transaction.atomic
def exempt_fields(
    *,
    by: Actor,
    at: datetime,
    house: Owned,
    initiative_id: int,
    field_group: str,
    legal_basis: str,
    involved: bool,
    until: date | None = None,
    basis_code: str = "",
) -> Exemption:
    """Exempt a group of fields of an initiative from public access, with the legal basis and its code in the register."""
    can_exempt(by, house, involved=involved).require()
    Exemption.objects.filter(initiative_id=initiative_id, field_group=field_group, lifted_at__isnull=True).update(
        lifted_at=at
    )
    exemption = Exemption.objects.create(
        owner_id=house.owner_id,
        shared_with_id=house.shared_with_id,
        initiative_id=initiative_id,
        field_group=field_group,
        legal_basis=legal_basis,
        basis_code=basis_code,
        until=until,
        assessed_by_id=by.person,
        assessed_at=at,
    )
    event = events.FieldsExempted(initiative_id=initiative_id, field_group=field_group)
    record(event, by=by, at=at, house=exemption)
    return exemption


@transaction.atomic
def lift_exemption(*, by: Actor, at: datetime, exemption: Exemption) -> None:
    """Lift an exemption, so that the fields are open again."""
    can_exempt(by, exemption, involved=False).require()
    exemption.lifted_at = at
    exemption.save()
    event = events.ExemptionLifted(initiative_id=exemption.initiative_id, field_group=exemption.field_group)
    record(event, by=by, at=at, house=exemption)


@dataclass(frozen=True)
class Message:
    """What someone is told: a code, and lazy texts that are filled with `values` in each reader's language."""

    code: str
    subject: Promise
    body: Promise | str
    values: dict[str, object]
    path: str = ""


@transaction.atomic
def notify(
    *,
    by: Actor,
    at: datetime,
    house: Owned,
    people: Iterable[Person],
    message: Message,
    initiative_id: int | None = None,
) -> list[Notification]:
    """Tell people something, in the application and by mail, each in their own language. Never the one who did it."""
    told, group = [], group_of(message.code)
    everyone = {p.pk: p for p in people if p.pk != by.person_id}
    chosen = dict(NoticeChoice.objects.filter(person_id__in=everyone, group=group).values_list("person_id", "delivery"))
    for person in everyone.values():
        with translation.override(person.language):
            values = {name: str(value) for name, value in message.values.items()}
            subject = str(message.subject) % values
            body = str(message.body) % values
        told.append(
            Notification.objects.create(
                owner_id=person.owner_id,
                shared_with_id=person.shared_with_id,
                person=person,
                kind=message.code,
                subject=subject[:300],
                body=body,
                path=message.path,
                initiative_id=initiative_id,
                delivery=chosen.get(person.pk, usual(group)),
                created_at=at,
            )
        )
    if told:
        event = events.Notified(
            initiative_id=initiative_id,
            message=message.code,
            person_ids=tuple(n.person_id for n in told),
        )
        record(event, by=by, at=at, house=house)
    return told


@transaction.atomic
def read_notifications(*, by: Actor, at: datetime, notification_id: int | None = None) -> int:
    """Mark a notification as read, or all of one's own."""
    unread = Notification.objects.filter(person_id=by.person_or_none, read_at__isnull=True)
    if notification_id is not None:
        unread = unread.filter(pk=notification_id)
    count = unread.update(read_at=at) if by.is_person else 0
    if count:
        record(events.NotificationsRead(count=count), by=by, at=at, owner_id=by.entity_id)
    return count
