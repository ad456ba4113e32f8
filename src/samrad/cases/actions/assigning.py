"""Downwards: what leadership and politics ask of a need owner, and the answer."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from samrad.cases.actions.moving import Hand, close_tasks, hand_out
from samrad.cases.actions.telling import tell
from samrad.cases.events import AssignmentAccepted, AssignmentAnswered, AssignmentGiven
from samrad.cases.models import Assignment, Decision
from samrad.cases.policy import assignment_lacks, can_answer_assignment, can_assign
from samrad.cases.queries import responsible_people
from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Verdict
from samrad.eventlog.actions import record
from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor


def _initiative(decision: Decision) -> Initiative:
    return Initiative.objects.get(pk=decision.case.initiative_id or 0)


@transaction.atomic
def give_assignment(
    *, by: Actor, at: datetime, decision_id: int, text: str, person_id: int | None, due: date | None
) -> Assignment:
    """Ask a need owner for something that follows from a decision, with a deadline."""
    decision = Decision.objects.select_related("case", "municipality").get(pk=decision_id)
    can_assign(by, decision).require()
    initiative, on = _initiative(decision), localdate(at)
    people = responsible_people(decision, initiative, on=on)
    lacks = assignment_lacks(text, person_id, due, people.values_list("pk", flat=True), on=on)
    if lacks or due is None:
        raise Refused(Verdict.no(lacks[0].text if lacks else "", lacks))
    given = Assignment.objects.create(
        **house_of(decision),
        decision=decision,
        text=text.strip(),
        person_id=person_id or 0,
        due_date=due,
        given_at=at,
        given_by_id=by.person,
    )
    event = AssignmentGiven(
        initiative_id=initiative.pk, case_id=decision.case_id, assignment_id=given.pk, person_id=given.person_id
    )
    hand = Hand(kind="answer_assignment", person_id=given.person_id, object_id=given.pk, due=due)
    hand_out(by=by, at=at, house=given, hand=hand, event=event, initiative=initiative)
    tell(
        by=by,
        at=at,
        initiative=initiative,
        people=[given.person],
        code="cases.assigned",
        subject=_("You have an assignment: %(title)s"),
        body=_(
            "%(by)s gives you an assignment from the decision of %(municipality)s in %(reference)s: %(text)s Deadline: %(due)s."
        ),
        path=reverse("cases:assignment_detail", args=[given.pk]),
        municipality=decision.municipality.name,
        text=given.text,
        due=due.strftime("%d.%m.%Y"),
    )
    return given


def _mine(by: Actor, assignment_id: int) -> Assignment:
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("decision__case", "given_by")
    assignment = rows.get(pk=assignment_id)
    can_answer_assignment(by, assignment).require()
    return assignment


@transaction.atomic
def accept_assignment(*, by: Actor, at: datetime, assignment_id: int) -> Assignment:
    """Say that one takes the assignment on."""
    assignment = _mine(by, assignment_id)
    if assignment.accepted_at is not None:
        return assignment  # a second click
    assignment.accepted_at = at
    assignment.version += 1
    assignment.save()
    case = assignment.decision.case
    event = AssignmentAccepted(initiative_id=case.initiative_id, case_id=case.pk, assignment_id=assignment.pk)
    record(event, by=by, at=at, house=assignment)
    return assignment


@transaction.atomic
def answer_assignment(*, by: Actor, at: datetime, assignment_id: int, answer: str) -> Assignment:
    """Answer the assignment: what was done, or why not. Whoever gave it hears of it."""
    assignment = _mine(by, assignment_id)
    if not answer.strip():
        lack = Lack(_t("Write the answer."), "id_answer")
        raise Refused(Verdict.no(lack.text, (lack,)))
    assignment.answer, assignment.answered_at = answer.strip(), at
    assignment.accepted_at = assignment.accepted_at or at
    assignment.version += 1
    assignment.save()
    initiative = _initiative(assignment.decision)
    event = AssignmentAnswered(
        initiative_id=initiative.pk, case_id=assignment.decision.case_id, assignment_id=assignment.pk
    )
    close_tasks(by=by, at=at, house=assignment, event=event, kind="answer_assignment", object_id=assignment.pk)
    tell(
        by=by,
        at=at,
        initiative=initiative,
        people=[assignment.given_by],
        code="cases.assignment_answered",
        subject=_("The assignment is answered: %(title)s"),
        body=_("%(by)s answers the assignment in %(reference)s: %(text)s"),
        path=reverse("cases:assignment_detail", args=[assignment.pk]),
        text=assignment.answer,
    )
    return assignment
