"""After the meeting: corrections to approved minutes, and what people are to do."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.cases.actions import Hand, close_tasks, hand_out
from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Verdict
from samrad.council import events, policy
from samrad.council.actions.approving import _put_on_next, _take_from_next
from samrad.council.actions.locking import _locked, _touch
from samrad.council.models import ActionPoint, Meeting, MinutesCorrection
from samrad.council.notifications import tell_action_point, tell_corrected, tell_minutes
from samrad.council.queries import may_be_responsible
from samrad.documents.actions import keep_upload
from samrad.documents.models import File
from samrad.documents.uploads import Upload
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor


@transaction.atomic
def choose_approval(*, by: Actor, at: datetime, meeting_id: int, approval: str) -> Meeting:
    """Choose how the minutes are approved: by the chair when the meeting is over, or by the body in its next meeting."""
    agenda = _locked(meeting_id)
    policy.can_keep_minutes(by, agenda.meeting).require()
    if approval not in Meeting.Approval.values:
        raise Refused(_("Choose how the minutes are approved."))
    agenda.meeting.approval = approval
    _touch(agenda.meeting)
    record(events.ApprovalChosen(meeting_id=meeting_id, approval=approval), by=by, at=at, house=agenda.meeting)
    if approval == Meeting.Approval.NEXT:
        _put_on_next(by=by, at=at, meeting=agenda.meeting)
    else:
        _take_from_next(at=at, meeting=agenda.meeting)
    return agenda.meeting


@transaction.atomic
def correct_minutes(
    *, by: Actor, at: datetime, meeting_id: int, text: str, reason: str, item_id: int | None = None
) -> MinutesCorrection:
    """Note what was wrong in approved minutes, how it should read and why. The minutes stand as they were approved."""
    agenda = _locked(meeting_id)
    policy.can_correct(by, agenda.meeting).require()
    lacks = policy.correction_lacks(text, reason)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    item = next((i for i in agenda.items if i.pk == item_id), None)
    if item_id is not None and item is None:
        raise Refused(_("Choose an item of this meeting."))
    same = agenda.meeting.corrections.filter(item=item, text=text.strip(), reason=reason.strip()[:500]).first()
    if same is not None:
        return same  # sent twice
    row = MinutesCorrection.objects.create(
        **house_of(agenda.meeting),
        meeting=agenda.meeting,
        item=item,
        text=text.strip(),
        reason=reason.strip()[:500],
        corrected_at=at,
        corrected_by_id=by.person,
    )
    event = events.MinutesCorrected(
        initiative_id=item.case.initiative_id if item and item.case else None,
        case_id=item.case_id if item else None,
        meeting_id=meeting_id,
        item_id=item.pk if item else 0,
        correction_id=row.pk,
    )
    record(event, by=by, at=at, house=agenda.meeting)
    tell_corrected(by=by, at=at, agenda=agenda, item=item)
    return row


@transaction.atomic
def give_action_point(
    *, by: Actor, at: datetime, meeting_id: int, text: str, responsible_id: int, due: date, item_id: int | None = None
) -> ActionPoint:
    """Give somebody something to do after the meeting, with a deadline: it stands among what waits for them."""
    agenda = _locked(meeting_id)
    meeting = agenda.meeting
    policy.can_give_point(by, meeting).require()
    if not text.strip():
        raise Refused(Verdict.no(_("Say what is to be done."), (Lack(_("Say what is to be done."), "id_point_text"),)))
    if responsible_id not in {person.pk for person in may_be_responsible(agenda)}:
        raise Refused(_("Choose who is to do it."))
    item = next((i for i in agenda.items if i.pk == item_id), None)
    values = {"item": item, "text": text.strip()[:500], "responsible_id": responsible_id, "due_date": due}
    same = meeting.action_points.filter(**values).first()
    if same is not None:
        return same  # sent twice
    point = ActionPoint.objects.create(**house_of(meeting), meeting=meeting, **values)
    hand = Hand(kind="do_action_point", person_id=responsible_id, object_id=point.pk, due=due)
    event = events.ActionPointGiven(meeting_id=meeting_id, point_id=point.pk, person_id=responsible_id)
    hand_out(by=by, at=at, house=meeting, hand=hand, event=event)
    tell_action_point(by=by, at=at, meeting=meeting, point=point)
    _touch(meeting)
    return point


@transaction.atomic
def finish_action_point(*, by: Actor, at: datetime, point_id: int) -> ActionPoint:
    """Tick off what was to be done after the meeting."""
    point = ActionPoint.objects.select_for_update(of=("self",)).get(pk=point_id)
    policy.can_finish_point(by, point).require()
    if point.done_at is not None:
        return point  # a second click
    point.done_at, point.done_by_id = at, by.person
    point.save(update_fields=["done_at", "done_by"])
    event = events.ActionPointDone(meeting_id=point.meeting_id, point_id=point.pk)
    close_tasks(by=by, at=at, house=point, event=event, kind="do_action_point", object_id=point.pk)
    return point


@transaction.atomic
def hold_elsewhere(*, by: Actor, at: datetime, meeting_id: int, system: str) -> Meeting:
    """Say that the body holds the meeting in another system, by its name; empty: it is held here after all."""
    agenda = _locked(meeting_id)
    meeting = agenda.meeting
    policy.can_hold_elsewhere(by, meeting).require()
    meeting.elsewhere = system.strip()[:120]
    _touch(meeting)
    event = events.HeldElsewhere(meeting_id=meeting_id, elsewhere=bool(meeting.elsewhere))
    record(event, by=by, at=at, house=meeting)
    return meeting


@transaction.atomic
def attach_minutes(*, by: Actor, at: datetime, meeting_id: int, upload: Upload | None) -> Meeting:
    """Attach the minutes of a meeting held in another system. It is held and over by that; another file replaces it."""
    agenda = _locked(meeting_id)
    meeting = agenda.meeting
    policy.can_attach_minutes(by, meeting).require()
    file = keep_upload(by=by, at=at, house=meeting, kind=File.Kind.MINUTES, upload=upload, anchor="id_file")
    meeting.minutes_file = file
    meeting.state = Meeting.State.HELD
    meeting.opened_at = meeting.opened_at or meeting.starts_at
    meeting.closed_at = meeting.closed_at or at
    _touch(meeting)
    record(events.MinutesAttached(meeting_id=meeting_id, file_id=file.pk), by=by, at=at, house=meeting)
    _put_on_next(by=by, at=at, meeting=meeting)
    tell_minutes(by=by, at=at, agenda=agenda)
    return meeting
