"""What administrators do with sectors and units: change, retire and merge them, and say who heads them."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.core.verdict import Refused, Stale
from samrad.eventlog.actions import record
from samrad.organisation import events
from samrad.organisation.actions.people import end_role, hand_over_role
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person, RoleAssignment, Unit
from samrad.organisation.policy import can_administer, can_retire, can_stand_under

NAME_TAKEN = "unit_name_per_owner"


def _locked(unit_id: int, version: int) -> Unit:
    unit = Unit.objects.select_for_update(of=("self",)).select_related("owner").get(pk=unit_id)
    if unit.version != version:
        raise Stale(_("Someone has changed the unit since you opened the page. Look at the page again."))
    unit.version += 1
    return unit


@transaction.atomic
def change_unit(
    *,
    by: Actor,
    at: datetime,
    unit_id: int,
    version: int,
    name: str,
    kind: str,
    parent: Unit | None,
    substitute: Person | None,
) -> Unit:
    """Rename a sector or unit, put it under another, or say who steps in when the head is away."""
    unit = _locked(unit_id, version)
    can_administer(by, unit.owner_id).require()
    can_stand_under(unit, parent).require()
    wanted = {"name": name, "kind": kind, "parent": parent, "substitute": substitute}
    changed = tuple(field for field, value in wanted.items() if getattr(unit, field) != value)
    if not changed:
        return unit
    for field in changed:
        setattr(unit, field, wanted[field])
    try:
        with transaction.atomic():
            unit.save(update_fields=[*changed, "version"])
    except IntegrityError as error:
        if NAME_TAKEN not in str(error):
            raise
        raise Refused(_("There is already a sector or unit with this name.")) from None
    record(events.UnitChanged(unit_id=unit.pk, fields=changed), by=by, at=at, house=unit)
    return unit


@transaction.atomic
def give_head(*, by: Actor, at: datetime, unit: Unit, person: Person, valid_from: date) -> RoleAssignment:
    """Let a person head a sector from a day. Whoever heads it now does so until the day before."""
    can_administer(by, unit.owner_id).require()
    return hand_over_role(
        by=by, at=at, person=person, role="sector_head", entity=unit.owner, unit=unit, valid_from=valid_from
    )


@transaction.atomic
def retire_unit(
    *, by: Actor, at: datetime, unit_id: int, version: int, last_day: date, into: Unit | None = None
) -> Unit:
    """Give a sector or unit its last day, perhaps with another that takes over its people and its cases."""
    unit = _locked(unit_id, version)
    can_administer(by, unit.owner_id).require()
    can_retire(unit, into, last_day).require()
    unit.valid_to, unit.merged_into = last_day, into
    unit.save(update_fields=["valid_to", "merged_into", "version"])
    for given in RoleAssignment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=last_day), role="sector_head", unit=unit, stands_in_for=None
    ):  # a substitute goes with the head
        end_role(by=by, at=at, role_id=given.pk, last_day=last_day)
    if into is not None:
        # What was merged into this one earlier goes on to where it goes.
        Unit.objects.filter(merged_into=unit).update(merged_into=into)
    record(events.UnitRetired(unit_id=unit.pk, into_id=into.pk if into else None), by=by, at=at, house=unit)
    if into is not None and last_day < localdate(at):
        move_people(by=by, at=at, unit=unit)
    return unit


@transaction.atomic
def keep_unit(*, by: Actor, at: datetime, unit_id: int, version: int) -> Unit:
    """Let a sector or unit that has got a last day stay after all. Its head is given anew."""
    unit = _locked(unit_id, version)
    can_administer(by, unit.owner_id).require()
    unit.valid_to, unit.merged_into = None, None
    unit.save(update_fields=["valid_to", "merged_into", "version"])
    record(events.UnitKept(unit_id=unit.pk), by=by, at=at, house=unit)
    return unit


@transaction.atomic
def move_people(*, by: Actor, at: datetime, unit: Unit) -> int:
    """Let the people and the units of a retired unit belong to the one that took over."""
    can_administer(by, unit.owner_id).require()
    into = unit.merged_into
    if into is None:
        raise Refused(_("No other unit takes over."))
    count = Person.objects.filter(unit=unit).update(unit=into)
    count += Unit.objects.filter(parent=unit).exclude(pk=into.pk).update(parent=into)
    record(events.PeopleMoved(unit_id=unit.pk, into_id=into.pk, count=count), by=by, at=at, house=unit)
    return count
