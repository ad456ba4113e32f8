"""Who is heard, and what happens when that changes on the way."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from samrad.anchoring.actions.affecting import keep_affected
from samrad.anchoring.actions.asking import _can_be_heard, _hand_of, ask_to_be_heard
from samrad.anchoring.events import Asked, HearingEnded, PassedOn
from samrad.anchoring.models import Request
from samrad.anchoring.notifications import tell_asked, tell_hearing_ended
from samrad.anchoring.policy import can_choose_affected
from samrad.anchoring.queries import left_behind, people_in, scope_of, to_be_heard
from samrad.cases.actions import Hand, close_tasks, hand_out, move_case
from samrad.cases.models import Case
from samrad.cases.queries import current_case, lead_of, lock_case
from samrad.eventlog.actions import record
from samrad.initiatives.actions import involve, keep_version, lock_initiative
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import kinds_of
from samrad.organisation.actors import Actor

Kind = Request.Kind
BEING_HEARD = frozenset({"awaiting_endorsement", "endorsed"})


@transaction.atomic
def choose_affected(
    *, by: Actor, at: datetime, initiative_id: int, version: int | None = None, unit_ids: Collection[int]
) -> Initiative:
    """Choose which sectors are affected. While others are heard, the new ones are asked at once."""
    initiative = lock_initiative(initiative_id, version)
    case = current_case(initiative)
    state = case.state if case else "draft"
    can_choose_affected(by, initiative, state, kinds=kinds_of(by, initiative)).require()
    new = keep_affected(by=by, at=at, initiative=initiative, unit_ids=unit_ids)
    if case is not None and state in BEING_HEARD:
        case = lock_case(case.pk)
        if new:
            _can_be_heard(initiative, at)
            _hear(by=by, at=at, case=case, initiative=initiative)
        _end_those_left_out(by=by, at=at, case=case, initiative=initiative)
    return initiative


def _hear(*, by: Actor, at: datetime, case: Case, initiative: Initiative) -> None:
    content = keep_version(by=by, at=at, initiative=initiative, reason="asked")
    for asked in ask_to_be_heard(by=by, at=at, case=case, initiative=initiative, content=content):
        _hand(by=by, at=at, case=case, asked=asked)


def _hand(*, by: Actor, at: datetime, case: Case, asked: Request) -> None:
    event = Asked(
        initiative_id=asked.initiative_id,
        case_id=case.pk,
        request_id=asked.pk,
        kind_of_request=Kind.HEARING,
        person_id=asked.asked_person_id,
    )
    hand = _hand_of(asked, "be_heard")
    hand_out(by=by, at=at, house=case, hand=hand, event=event, case=case, initiative=asked.initiative)


def _end_those_left_out(*, by: Actor, at: datetime, case: Case, initiative: Initiative) -> None:
    """Those who are asked, have not answered and are no longer affected."""
    wanted = {one.key for one in to_be_heard(initiative, on=localdate(at))}
    waiting = Request.objects.filter(
        initiative=initiative, kind=Kind.HEARING, answered_at__isnull=True, withdrawn_at__isnull=True
    )
    for asked in waiting:
        if (asked.municipality_id, asked.unit_id) not in wanted:
            _end(by=by, at=at, case=case, asked=asked)


def _end(*, by: Actor, at: datetime, case: Case, asked: Request) -> None:
    asked.withdrawn_at = at
    asked.save(update_fields=["withdrawn_at"])
    event = HearingEnded(initiative_id=asked.initiative_id, case_id=case.pk, request_id=asked.pk)
    close_tasks(by=by, at=at, house=case, event=event, kind="be_heard", object_id=asked.pk)


@transaction.atomic
def hear_again(*, by: Actor, at: datetime, asked: Request, case: Case) -> None:
    """Ask again one whose answer no longer counts, about the content as it stands now."""
    _hear(by=by, at=at, case=case, initiative=asked.initiative)


@transaction.atomic
def pass_on(*, by: Actor, at: datetime, request_id: int) -> Request:
    """Let a question go on to whoever has got the role since it was asked."""
    asked = Request.objects.select_related("initiative", "case").get(pk=request_id)
    known = set(asked.initiative.responsibilities.filter(kind="asked").values_list("person_id", flat=True))
    for person in people_in(scope_of(asked), on=localdate(at)):
        if person.pk in known:
            continue
        involve(by=by, at=at, initiative=asked.initiative, person=person, kind="asked")
        event = PassedOn(
            initiative_id=asked.initiative_id, case_id=asked.case_id, request_id=asked.pk, person_id=person.pk
        )
        record(event, by=by, at=at, house=asked)
        tell_asked(by=by, at=at, asked=asked, people=[person])
    return asked


@transaction.atomic
def leave_out(*, by: Actor, at: datetime, request_id: int) -> Request:
    """Ask no longer one who has left the cooperation; where the need's own municipality has left, it goes back to its author."""
    found = Request.objects.get(pk=request_id)
    initiative = lock_initiative(found.initiative_id, None)
    case = lock_case(found.case_id)
    asked = left_behind(localdate(at)).select_for_update(of=("self",)).filter(pk=request_id).first()
    if asked is None:
        return found
    asked.initiative = initiative
    if asked.kind == Kind.HEARING:
        _end(by=by, at=at, case=case, asked=asked)
    else:
        asked.withdrawn_at = at
        asked.save(update_fields=["withdrawn_at"])
        event = HearingEnded(initiative_id=initiative.pk, case_id=case.pk, request_id=asked.pk)
        hand = Hand(kind="clarify", person_id=lead_of(initiative))
        move_case(by=by, at=at, case=case, to="clarification", event=event, hands=[hand])
    tell_hearing_ended(by=by, at=at, asked=asked)
    return asked
