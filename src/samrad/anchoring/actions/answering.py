"""Answering: the expert group, the head of sector, those heard; and the secretariat on someone's behalf."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.anchoring.actions.asking import _hearing_hands, hear_again, to_sector_head
from samrad.anchoring.events import (
    AnswerContested,
    AnswerRecorded,
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
    source_lacks,
)
from samrad.anchoring.queries import YES
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


def _lock(request_id: int, version: int | None) -> tuple[Request, Case]:
    """The request and its case, locked: the initiative first, then the case, as everywhere."""
    case_id, initiative_id = Request.objects.values_list("case_id", "initiative_id").get(pk=request_id)
    initiative = lock_initiative(initiative_id, None)
    case = lock_case(case_id)
    asked = Request.objects.select_for_update(of=("self",)).select_related("asked_person", "content").get(pk=request_id)
    if version is not None and version != asked.version:
        raise Stale(_("Someone has answered since you opened the page. Look at it again."))
    asked.initiative = initiative
    return asked, case


def _keep(asked: Request, *, by: Actor, at: datetime, answer: str, text: str, source: str = "") -> None:
    lacks = answer_lacks(asked.kind, answer, text)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    asked.answer, asked.text, asked.on_behalf_source = answer, text.strip(), source
    asked.answered_at, asked.answered_by_id = at, by.person_id
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
    _keep(asked, by=by, at=at, answer=answer, text=text)
    _follow(by=by, at=at, asked=asked, case=case, on_behalf_of=None)
    return asked


def _follow(*, by: Actor, at: datetime, asked: Request, case: Case, on_behalf_of: int | None) -> None:
    """What an answer leads to, by whom it was asked of."""
    if asked.kind == Kind.EXPERT_GROUP:
        state = _after_opinion(by=by, at=at, asked=asked, case=case, on_behalf_of=on_behalf_of)
    elif asked.kind == Kind.ENDORSEMENT:
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
    if asked.kind == Kind.ENDORSEMENT and case.state == "endorsed":
        # The case has not gone on yet, so the one who was asked answers again.
        to_sector_head(by=by, at=at, case=case, initiative=asked.initiative, event=event)
    elif asked.kind == Kind.HEARING and case.state in {"awaiting_endorsement", "endorsed"}:
        hear_again(by=by, at=at, asked=asked, case=case, event=event)
    else:
        record(event, by=by, at=at, house=asked)
    tell_contested(by=by, at=at, asked=asked, on=localdate(at))
    return asked
