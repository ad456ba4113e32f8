"""Substitutes: someone who holds another's role for a time."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.verdict import Lack, Refused, Verdict
from samrad.eventlog.actions import record
from samrad.organisation import events
from samrad.organisation.actions.people import _last_day
from samrad.organisation.actors import Actor, candidates_for
from samrad.organisation.models import Person, RoleAssignment
from samrad.organisation.policy import can_choose_stand_in, can_end_stand_in, stand_in_lacks


@transaction.atomic
def choose_stand_in(
    *, by: Actor, at: datetime, role_id: int, stand_in: Person, first_day: date, last_day: date
) -> RoleAssignment:
    """Let someone stand in for a role between two dates. What waits for the role then waits for both."""
    held = RoleAssignment.objects.select_for_update(of=("self",)).select_related("person").get(pk=role_id)
    can_choose_stand_in(by, held).require()
    lacks = stand_in_lacks(held, stand_in, first_day, last_day)
    if not candidates_for(held).filter(pk=stand_in.pk).exists():
        lacks += (Lack(_("Choose someone who works here."), "id_stand_in"),)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    given = RoleAssignment.objects.create(
        owner_id=stand_in.owner_id,
        shared_with_id=stand_in.shared_with_id,
        person=stand_in,
        role=held.role,
        entity_id=held.entity_id,
        unit_id=held.unit_id,
        field_id=held.field_id,
        body_id=held.body_id,
        stands_in_for=held.person,
        valid_from=first_day,
        valid_to=last_day,
    )
    chosen = events.StandInChosen(person_id=stand_in.pk, for_person_id=held.person_id, role_id=given.pk)
    record(chosen, by=by, at=at, house=given)
    event = events.RoleGiven(person_id=stand_in.pk, role=held.role, entity_id=held.entity_id)
    record(event, by=by, at=at, house=given)
    return given


@transaction.atomic
def end_stand_in(*, by: Actor, at: datetime, role_id: int, last_day: date) -> None:
    """End a substitute's time before it is over; one that has not begun is taken away."""
    given = RoleAssignment.objects.select_for_update(of=("self",)).select_related("person").get(pk=role_id)
    can_end_stand_in(by, given).require()
    _last_day(by, at, given, last_day)
