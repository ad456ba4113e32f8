"""What follows from the calendar: a reminder before the deadline, and the deadline that passes after it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from samrad.anchoring.actions.escalating import ask_chief_executive
from samrad.anchoring.events import DeadlinePassed, Reminded
from samrad.anchoring.models import Request
from samrad.anchoring.notifications import tell_passed, tell_reminded
from samrad.anchoring.queries import REMIND_BEFORE, last_day, people_in, scope_of
from samrad.eventlog.actions import record
from samrad.initiatives.actions import lock_initiative
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person

Kind = Request.Kind


def _lock(request_id: int) -> Request:
    """The request, locked after its initiative, as everywhere."""
    lock_initiative(Request.objects.values_list("initiative_id", flat=True).get(pk=request_id), None)
    rows = Request.objects.select_for_update(of=("self",))
    return rows.select_related("asked_person", "initiative", "case", "unit", "content").get(pk=request_id)


def _waits(asked: Request) -> bool:
    return asked.answered_at is None and asked.withdrawn_at is None and asked.case.closed_at is None


def _who_answers(asked: Request, at: datetime) -> list[Person]:
    """Those who can answer today; where nobody holds the role, the one who was asked."""
    found = people_in(scope_of(asked), on=localdate(at))
    return found or [asked.asked_person]


@transaction.atomic
def remind(*, by: Actor, at: datetime, request_id: int) -> Request:
    """Remind those who have not answered, once, before the deadline."""
    asked, today = _lock(request_id), localdate(at)
    if not _waits(asked) or asked.reminded_at is not None or asked.due_date > today + REMIND_BEFORE:
        return asked
    asked.reminded_at = at
    asked.save(update_fields=["reminded_at"])
    event = Reminded(
        initiative_id=asked.initiative_id,
        case_id=asked.case_id,
        request_id=asked.pk,
        person_id=asked.asked_person_id,
    )
    record(event, by=by, at=at, house=asked)
    tell_reminded(by=by, at=at, asked=asked, people=_who_answers(asked, at), last=last_day(asked.due_date, today))
    return asked


@transaction.atomic
def pass_deadline(*, by: Actor, at: datetime, request_id: int) -> Request:
    """Note that the deadline passed without an answer, after a reminder.

    Who was to be heard is waited for no longer; what must be answered goes to the chief executive too.
    """
    asked = _lock(request_id)
    if not _waits(asked) or asked.passed_at is not None or asked.reminded_at is None:
        return asked
    if localdate(at) <= last_day(asked.due_date, localdate(asked.reminded_at)):
        return asked
    asked.passed_at = at
    asked.save(update_fields=["passed_at"])
    event = DeadlinePassed(
        initiative_id=asked.initiative_id,
        case_id=asked.case_id,
        request_id=asked.pk,
        person_id=asked.asked_person_id,
    )
    record(event, by=by, at=at, house=asked)
    tell_passed(by=by, at=at, asked=asked, people=_who_answers(asked, at))
    if asked.kind in {Kind.EXPERT_GROUP, Kind.ENDORSEMENT}:
        ask_chief_executive(by=by, at=at, asked=asked, case=asked.case)
    return asked
