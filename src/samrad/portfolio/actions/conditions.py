"""The conditions the project owner sets at a gate: handed out, reminded of, and met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.cases.actions import Hand, close_tasks, hand_out
from samrad.cases.models import Task
from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Verdict
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.portfolio import events
from samrad.portfolio.models import GateCondition, GateReview
from samrad.portfolio.notifications import tell_gate_condition
from samrad.portfolio.policy import can_meet_gate_condition

TASK = "meet_gate_condition"
DAYS_BEFORE = 7  # so long before it is due one is reminded


@dataclass(frozen=True, kw_only=True)
class NewGateCondition:
    """A condition as it is typed: what, whose, by when."""

    text: str
    responsible_id: int | None
    due: date | None


def set_conditions(*, by: Actor, at: datetime, review: GateReview, rows: Sequence[NewGateCondition]) -> None:
    """Keep the conditions of a decision at a gate: each one waits for the one responsible, who hears of it."""
    need = review.project.initiative
    for row in rows:
        if row.responsible_id is None or row.due is None:
            continue  # refused before it came here
        condition = GateCondition.objects.create(
            **house_of(review),
            review=review,
            text=row.text.strip(),
            responsible_id=row.responsible_id,
            due_date=row.due,
        )
        hand = Hand(kind=TASK, person_id=condition.responsible_id, object_id=condition.pk, due=condition.due_date)
        event = events.GateConditionSet(
            initiative_id=need.pk,
            project_id=review.project_id,
            condition_id=condition.pk,
            person_id=condition.responsible_id,
        )
        hand_out(by=by, at=at, house=condition, hand=hand, event=event, initiative=need)
        tell_gate_condition(by=by, at=at, condition=condition)


def _locked(condition_id: int) -> GateCondition:
    rows = GateCondition.objects.select_for_update(of=("self",))
    return rows.select_related("review__project__initiative", "responsible").get(pk=condition_id)


@transaction.atomic
def meet_gate_condition(*, by: Actor, at: datetime, condition_id: int, note: str) -> GateCondition:
    """Tick off a condition from a gate: it is met. Say how."""
    condition = _locked(condition_id)
    can_meet_gate_condition(by, condition).require()
    if not note.strip():
        lack = Lack(_("Say how it was met."), "id_note")
        raise Refused(Verdict.no(lack.text, (lack,)))
    condition.met_at, condition.met_by_id, condition.note = at, by.person, note.strip()
    condition.save(update_fields=["met_at", "met_by", "note"])
    project = condition.review.project
    event = events.GateConditionMet(
        initiative_id=project.initiative_id, project_id=project.pk, condition_id=condition.pk
    )
    close_tasks(by=by, at=at, house=condition, event=event, kind=TASK, object_id=condition.pk)
    return condition


@transaction.atomic
def remind_gate_condition(*, by: Actor, at: datetime, condition_id: int) -> bool:
    """Remind of a condition a week before it is due, and once when it is late. Says whether anyone was told."""
    condition, today = _locked(condition_id), localdate(at)
    task = Task.objects.filter(kind=TASK, object_id=condition.pk, closed_at__isnull=True).first()
    late = condition.due_date < today
    if task is None or condition.met_at is not None or condition.due_date > today + timedelta(days=DAYS_BEFORE):
        return False
    told = localdate(task.reminded_at) if task.reminded_at else None
    if told is not None and (not late or told > condition.due_date):
        return False
    task.reminded_at = at
    task.save(update_fields=["reminded_at"])
    project = condition.review.project
    event = events.GateConditionReminded(
        initiative_id=project.initiative_id,
        project_id=project.pk,
        condition_id=condition.pk,
        person_id=condition.responsible_id,
        late=late,
    )
    record(event, by=by, at=at, house=condition)
    tell_gate_condition(by=by, at=at, condition=condition, late=late)
    return True
