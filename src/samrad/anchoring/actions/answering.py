"""Answering: the expert group, the head of sector, those heard; and the secretariat on someone's behalf."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.anchoring.actions.asking import _hearing_hands, _withdraw_open, to_expert_group, to_sector_head
from samrad.anchoring.actions.hearing import hear_again
from samrad.anchoring.events import (
    AnswerContested,
    AnswerRecorded,
    ConsentedBySilence,
    EndorsementAnswered,
    Heard,
    OpinionGiven,
)
from samrad.anchoring.models import Request
from samrad.anchoring.notifications import tell_answered, tell_contested, tell_recorded
from samrad.anchoring.policy import (
    SPOKEN,
    answer_lacks,
    can_answer,
    can_contest,
    can_record_on_behalf,
    can_take_silence_for_yes,
    source_lacks,
)
from samrad.anchoring.queries import YES, scope_of, stands_in_for
from samrad.cases.actions import Hand, close_tasks, move_case
from samrad.cases.models import Case
from samrad.cases.queries import lead_of, lock_case
from samrad.core.verdict import Refused, Stale, Verdict
from samrad.documents.actions import keep_upload
from samrad.documents.models import File
from samrad.documents.uploads import Upload
from samrad.eventlog.actions import record
from samrad.initiatives.actions import lock_initiative, set_phase
from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor

Kind, Answer = Request.Kind, Request.Answer
# Where a case is that has gone on from the expert group and is not sent in.
AFTER_OPINION = frozenset({"awaiting_endorsement", "endorsed", "clarification"})


def _lock(request_id: int, version: int | None) -> tuple[Request, Case]:
    """The request and its case, locked: the initiative first, then the case, as everywhere."""
    case_id, initiative_id = Request.objects.values_list("case_id", "initiative_id").get(pk=request_id)
    initiative = lock_initiative(initiative_id, None)
    case = lock_case(case_id)
    rows = Request.objects.select_for_update(of=("self",)).select_related("asked_person", "content", "escalates")
    asked = rows.get(pk=request_id)
    if version is not None and version != asked.version:
        raise Stale(_("Someone has answered since you opened the page. Look at it again."))
    asked.initiative = initiative
    return asked, case


def _keep(
    asked: Request,
    *,
    by: Actor,
    at: datetime,
    answer: str,
    text: str,
    source: str = "",
    stood_in_for: int | None = None,
) -> None:
    lacks = answer_lacks(asked.kind, answer, text)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    asked.answer, asked.text, asked.on_behalf_source = answer, text.strip(), source
    asked.answered_at, asked.answered_by_id = at, by.person_id
    asked.answered_name = by.name if by.is_person else ""
    asked.stood_in_for_id = stood_in_for
    asked.version += 1
    asked.save()


@transaction.atomic
def give_opinion(
    *, by: Actor, at: datetime, request_id: int, version: int | None = None, supports: bool, text: str = ""
) -> Request:
    """Give the expert group's statement: supports the need, or does not and says why."""
    yes = Answer.WITH_REMARK if text.strip() else Answer.RECOMMENDED
    answer = yes if supports else Answer.NOT_RECOMMENDED
    return answer_request(by=by, at=at, request_id=request_id, version=version, answer=answer, text=text)


@transaction.atomic
def answer_endorsement(
    *, by: Actor, at: datetime, request_id: int, version: int | None = None, answer: str, text: str = ""
) -> Request:
    """Recommend the need as head of sector, with or without a remark; or not, or return it, and say why."""
    return answer_request(by=by, at=at, request_id=request_id, version=version, answer=answer, text=text)


@transaction.atomic
def answer_request(
    *, by: Actor, at: datetime, request_id: int, version: int | None, answer: str, text: str = ""
) -> Request:
    """Answer what one was asked about a need."""
    asked, case = _lock(request_id, version)
    can_answer(by, asked).require()
    standing_in = stands_in_for(by, scope_of(asked), on=localdate(at))
    _keep(asked, by=by, at=at, answer=answer, text=text, stood_in_for=standing_in)
    _follow(by=by, at=at, asked=asked, case=case, on_behalf_of=None)
    return asked


def _follow(*, by: Actor, at: datetime, asked: Request, case: Case, on_behalf_of: int | None) -> None:
    """What an answer leads to, by whom it was asked of."""
    kind = asked.escalates.kind if asked.escalates else asked.kind
    if kind != Kind.HEARING:  # who was asked beside the one who answered, need not answer any more
        _withdraw_open(by=by, at=at, initiative=asked.initiative, kinds=[kind, Kind.ESCALATION])
    if kind == Kind.EXPERT_GROUP:
        state = _after_opinion(by=by, at=at, asked=asked, case=case, on_behalf_of=on_behalf_of)
    elif kind == Kind.ENDORSEMENT:
        state = _after_endorsement(by=by, at=at, asked=asked, case=case, on_behalf_of=on_behalf_of)
    else:
        event = Heard(initiative_id=case.initiative_id, case_id=case.pk, request_id=asked.pk, answer=asked.answer)
        close_tasks(by=by, at=at, house=case, event=event, kind="be_heard", object_id=asked.pk)
        state = ""
    tell_answered(by=by, at=at, asked=asked, state=state)


def _clarify(initiative: Initiative) -> Hand:
    return Hand(kind="clarify", person_id=lead_of(initiative))


def _after_opinion(*, by: Actor, at: datetime, asked: Request, case: Case, on_behalf_of: int | None) -> str:
    event = OpinionGiven(initiative_id=case.initiative_id, case_id=case.pk, request_id=asked.pk, answer=asked.answer)
    if asked.answer in YES:
        to_sector_head(by=by, at=at, case=case, initiative=asked.initiative, event=event, on_behalf_of=on_behalf_of)
        return "awaiting_endorsement"
    hands = [_clarify(asked.initiative)]
    move_case(by=by, at=at, case=case, to="clarification", event=event, hands=hands, on_behalf_of=on_behalf_of)
    return "clarification"


_STATE_AFTER = {
    Answer.RECOMMENDED: "endorsed",
    Answer.WITH_REMARK: "endorsed",
    Answer.NOT_RECOMMENDED: "stopped",
    Answer.RETURNED: "clarification",
}


def _after_endorsement(*, by: Actor, at: datetime, asked: Request, case: Case, on_behalf_of: int | None) -> str:
    initiative = asked.initiative
    to = _STATE_AFTER[Answer(asked.answer)]
    hands = {
        "endorsed": [Hand(kind="submit", person_id=lead_of(initiative)), *_hearing_hands(initiative)],
        "clarification": [_clarify(initiative)],
    }.get(to, [])
    event = EndorsementAnswered(initiative_id=initiative.pk, case_id=case.pk, request_id=asked.pk, answer=asked.answer)
    move_case(by=by, at=at, case=case, to=to, event=event, hands=hands, on_behalf_of=on_behalf_of)
    if to == "stopped":
        set_phase(by=by, at=at, initiative=initiative, status=Initiative.Status.STOPPED)
    return to


@transaction.atomic
def record_on_behalf(
    *,
    by: Actor,
    at: datetime,
    request_id: int,
    version: int | None = None,
    answer: str,
    text: str = "",
    source: str,
    how: str = SPOKEN,
    source_file: Upload | None = None,
) -> Request:
    """Write down, for the secretariat, an answer that was given by mail or telephone, and where it is from."""
    asked, case = _lock(request_id, version)
    can_record_on_behalf(by, asked).require()
    lacks = (*source_lacks(source, how, attached=bool(source_file)), *answer_lacks(asked.kind, answer, text))
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    if source_file:
        kept = keep_upload(
            by=by,
            at=at,
            house=asked,
            kind=File.Kind.SOURCE,
            upload=source_file,
            anchor="id_source_file",
            initiative_id=asked.initiative_id,
            case_id=case.pk,
        )
        asked.source_file_id = kept.pk
    _keep(asked, by=by, at=at, answer=answer, text=text, source=source.strip()[:200])
    event = AnswerRecorded(
        initiative_id=case.initiative_id,
        case_id=case.pk,
        request_id=asked.pk,
        person_id=asked.asked_person_id,
    )
    record(event, by=by, at=at, house=asked, on_behalf_of=asked.asked_person_id)
    _follow(by=by, at=at, asked=asked, case=case, on_behalf_of=asked.asked_person_id)
    tell_recorded(by=by, at=at, asked=asked)
    return asked


@transaction.atomic
def contest_answer(*, by: Actor, at: datetime, request_id: int, version: int | None = None) -> Request:
    """Say that an answer written down on one's behalf was not one's own. It no longer counts."""
    asked, case = _lock(request_id, version)
    can_contest(by, asked).require()
    asked.contested_at = at
    asked.version += 1
    asked.save()
    event = AnswerContested(initiative_id=case.initiative_id, case_id=case.pk, request_id=asked.pk)
    if asked.kind == Kind.EXPERT_GROUP and case.state in AFTER_OPINION:
        # What followed rested on a statement the group never gave: it is asked again, and then the head of sector.
        _withdraw_open(by=by, at=at, initiative=asked.initiative, kinds=[Kind.ENDORSEMENT, Kind.ESCALATION])
        to_expert_group(by=by, at=at, case=case, initiative=asked.initiative, event=event)
    elif asked.kind == Kind.ENDORSEMENT and case.state == "endorsed":
        # The case has not gone on yet, so the one who was asked answers again.
        to_sector_head(by=by, at=at, case=case, initiative=asked.initiative, event=event)
    else:
        record(event, by=by, at=at, house=asked)
        if asked.kind == Kind.HEARING and case.state in {"awaiting_endorsement", "endorsed"}:
            hear_again(by=by, at=at, asked=asked, case=case)
    tell_contested(by=by, at=at, asked=asked, on=localdate(at))
    return asked


@transaction.atomic
def consent_by_silence(*, by: Actor, at: datetime, request_id: int) -> Request:
    """Take silence for a yes, where the mandate it was asked under says so and its days have passed. Otherwise nothing."""
    asked, case = _lock(request_id, None)
    waits = not asked.answer and asked.withdrawn_at is None and case.closed_at is None
    if not waits or not can_take_silence_for_yes(asked, on=localdate(at)):
        return asked
    asked.answer, asked.by_silence, asked.answered_at = Answer.RECOMMENDED, True, at
    asked.version += 1
    asked.save()
    event = ConsentedBySilence(
        initiative_id=case.initiative_id, case_id=case.pk, request_id=asked.pk, mandate_id=asked.mandate_id or 0
    )
    record(event, by=by, at=at, house=asked)
    _follow(by=by, at=at, asked=asked, case=case, on_behalf_of=None)
    return asked
