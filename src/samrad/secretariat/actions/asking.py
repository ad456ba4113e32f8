"""Questions and answers between the secretariat and those who write the need, without a formal return."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.cases.actions import Hand, close_tasks, hand_out
from samrad.cases.models import Case
from samrad.cases.queries import current_case, lead_of, lock_case
from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Verdict
from samrad.eventlog.actions import record
from samrad.initiatives.actions import lock_initiative
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import kinds_of
from samrad.organisation.actors import Actor
from samrad.secretariat import events
from samrad.secretariat.models import Exchange
from samrad.secretariat.notifications import tell_across
from samrad.secretariat.policy import can_write_across, house

FOR_NEED, FOR_SECRETARIAT = "answer_secretariat", "answer_need"


@transaction.atomic
def write_across(*, by: Actor, at: datetime, initiative_id: int, text: str, asks: bool = False) -> Exchange:
    """Write to the other side. What it had asked is then answered; what one asks oneself waits for its answer."""
    initiative = lock_initiative(initiative_id, None)
    current = current_case(initiative)
    if current is None:
        raise Refused(_("The need has not been sent in yet."))
    case = lock_case(current.pk)
    can_write_across(by, case, kinds=kinds_of(by, initiative)).require()
    if not text.strip():
        lack = Lack(_("Write what you want to ask or answer."), "id_text")
        raise Refused(Verdict.no(lack.text, (lack,)))
    ours = by.may("secretariat.check_completeness", house(case))
    _answer(by=by, at=at, case=case, from_secretariat=not ours)
    said = Exchange.objects.create(
        **house_of(case),
        case=case,
        text=text.strip(),
        from_secretariat=ours,
        asks=asks,
        written_at=at,
        written_by_id=by.person,
    )
    event = events.WordGiven(
        initiative_id=initiative.pk, case_id=case.pk, exchange_id=said.pk, asks=asks, from_secretariat=ours
    )
    if asks:
        hand = _whose(case, initiative, said)
        hand_out(by=by, at=at, house=case, hand=hand, event=event, initiative=initiative)
    else:
        record(event, by=by, at=at, house=case)
    tell_across(by=by, at=at, exchange=said, initiative=initiative)
    return said


def _whose(case: Case, initiative: Initiative, asked: Exchange) -> Hand:
    """Who owes the answer: the one responsible for the need; the case officer, else the whole secretariat."""
    if asked.from_secretariat:
        return Hand(kind=FOR_NEED, person_id=lead_of(initiative), object_id=asked.pk)
    if case.case_officer_id is not None:
        return Hand(kind=FOR_SECRETARIAT, person_id=case.case_officer_id, object_id=asked.pk)
    return Hand(kind=FOR_SECRETARIAT, role="secretariat_lead", entity_id=house(case), object_id=asked.pk)


def _answer(*, by: Actor, at: datetime, case: Case, from_secretariat: bool | None = None) -> int:
    """What was asked, by one side or by both, is answered."""
    waiting = Exchange.objects.filter(case=case, asks=True, answered_at__isnull=True)
    if from_secretariat is not None:
        waiting = waiting.filter(from_secretariat=from_secretariat)
    rows = list(waiting)
    for asked in rows:
        asked.answered_at = at
        asked.save(update_fields=["answered_at"])
        event = events.QuestionAnswered(initiative_id=case.initiative_id, case_id=case.pk, exchange_id=asked.pk)
        kind = FOR_NEED if asked.from_secretariat else FOR_SECRETARIAT
        close_tasks(by=by, at=at, house=case, event=event, kind=kind, object_id=asked.pk)
    return len(rows)


@transaction.atomic
def end_questions(*, by: Actor, at: datetime, case_id: int) -> int:
    """When a case is closed, no answer is waited for any longer. How many that were asked."""
    return _answer(by=by, at=at, case=Case.objects.get(pk=case_id))
