"""Taking it to the chief executive: what nobody answered in time, and a «not recommended»."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.anchoring.actions.asking import _hand_of
from samrad.anchoring.events import Escalated
from samrad.anchoring.models import Request
from samrad.anchoring.notifications import tell_escalated, tell_nobody_to_escalate_to
from samrad.anchoring.policy import can_escalate
from samrad.anchoring.queries import Scope, last_endorsement_answer, people_in
from samrad.cases.actions import hand_out, move_case
from samrad.cases.models import Case
from samrad.cases.queries import current_case, lock_case
from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Verdict
from samrad.core.workdays import add_workdays
from samrad.eventlog.actions import record
from samrad.initiatives.actions import involve, lock_initiative, set_phase
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import kinds_of
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person

Kind = Request.Kind
DAYS = 5  # working days the chief executive has


def _escalation(*, at: datetime, asked: Request, people: list[Person], text: str) -> Request:
    return Request.objects.create(
        **house_of(asked),
        case_id=asked.case_id,
        initiative_id=asked.initiative_id,
        kind=Kind.ESCALATION,
        content_id=asked.content_id,
        asked_person=people[0],
        asked_name=people[0].name,
        asked_role="chief_executive",
        municipality_id=asked.initiative.owner_id,
        escalates=asked,
        question=text,
        asked_at=at,
        due_date=add_workdays(localdate(at), DAYS),
    )


def _chief_executives(initiative: Initiative, at: datetime) -> list[Person]:
    return people_in(Scope("chief_executive", initiative.owner_id), on=localdate(at))


def _let_in(*, by: Actor, at: datetime, raised: Request, people: list[Person]) -> Escalated:
    for person in people:
        involve(by=by, at=at, initiative=raised.initiative, person=person, kind="asked")
    tell_escalated(by=by, at=at, asked=raised, people=people)
    return Escalated(
        initiative_id=raised.initiative_id, case_id=raised.case_id, request_id=raised.pk, person_id=people[0].pk
    )


@transaction.atomic
def ask_chief_executive(*, by: Actor, at: datetime, asked: Request, case: Case) -> Request | None:
    """Ask the chief executive to answer what nobody has answered in time. The one who was asked can still answer."""
    people = _chief_executives(asked.initiative, at)
    if not people:
        tell_nobody_to_escalate_to(by=by, at=at, asked=asked, on=localdate(at))
        record(
            Escalated(initiative_id=asked.initiative_id, case_id=case.pk, request_id=asked.pk, person_id=0),
            by=by,
            at=at,
            house=asked,
        )
        return None
    raised = _escalation(at=at, asked=asked, people=people, text="")
    event = _let_in(by=by, at=at, raised=raised, people=people)
    hand = _hand_of(raised, "answer_escalation")
    hand_out(by=by, at=at, house=case, hand=hand, event=event, case=case, initiative=asked.initiative)
    return raised


@transaction.atomic
def escalate(*, by: Actor, at: datetime, initiative_id: int, reason: str, version: int | None = None) -> Request:
    """Take the head of sector's «not recommended» to the chief executive, and say why."""
    initiative = lock_initiative(initiative_id, version)
    standing = current_case(initiative)
    last = last_endorsement_answer(initiative)
    can_escalate(by, initiative, last, kinds=kinds_of(by, initiative)).require()
    if not reason.strip():
        lack = Lack(_("Write why the chief executive should look at it."), "id_reason")
        raise Refused(Verdict.no(lack.text, (lack,)))
    people = _chief_executives(initiative, at)
    if not people:
        raise Refused(_("The municipality has no chief executive here. Ask the administrator to name someone."))
    if standing is None or last is None:
        raise ValueError("there is a case and a no where it may be escalated")
    case = lock_case(standing.pk)
    last.initiative = initiative
    raised = _escalation(at=at, asked=last, people=people, text=reason.strip())
    set_phase(by=by, at=at, initiative=initiative, status=Initiative.Status.ACTIVE)
    event = _let_in(by=by, at=at, raised=raised, people=people)
    hands = [_hand_of(raised, "answer_escalation")]
    move_case(by=by, at=at, case=case, to="awaiting_endorsement", event=event, hands=hands, due=raised.due_date)
    return raised
