"""Calling the body together: the notice, another time, or no meeting after all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from samrad.cases.actions import new_deadline
from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Verdict
from samrad.council import events, policy
from samrad.council.actions.agenda import _give_numbers, _leave, _report_urgent, _take_off
from samrad.council.actions.approving import _put_minutes
from samrad.council.actions.gathering import _queue_papers
from samrad.council.actions.locking import _locked, _touch
from samrad.council.models import AgendaItem, Meeting, MeetingChange
from samrad.council.notifications import tell_cancelled, tell_moved, tell_notice
from samrad.council.papers import notice
from samrad.council.queries import Agenda
from samrad.documents.paper import frozen
from samrad.eventlog.actions import record
from samrad.governance.actions import change_in_cycle
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.secretariat.actions import freeze_paper


def _keep_papers(*, by: Actor, at: datetime, agenda: Agenda) -> None:
    """Each case paper is kept as it is now: it is what the council reads."""
    for item in agenda.waiting:
        if item.case is None or item.treated_at is not None:
            continue
        version = freeze_paper(by=by, at=at, case=item.case)
        if version is not None and item.paper_number != version.number:
            item.paper_number = version.number
            item.save(update_fields=["paper_number"])


def _keep_notice(agenda: Agenda, *, at: datetime, reason: str = "") -> None:
    language = Entity.objects.get(pk=agenda.meeting.owner_id).language
    with override(language):
        agenda.meeting.notice_paper = frozen(notice(agenda, at=at, reason=reason, language=language))


@transaction.atomic
def send_notice(*, by: Actor, at: datetime, meeting_id: int, version: int | None = None) -> Meeting:
    """Send the notice with the agenda to everyone who sits in the body; again, when something has changed."""
    agenda = _locked(meeting_id, version)
    policy.can_send_notice(by, agenda).require()
    meeting = agenda.meeting
    meeting.state, meeting.notice_sent_at = Meeting.State.NOTICE_SENT, at
    meeting.calendar_sequence += 1
    _put_minutes(by=by, at=at, agenda=agenda)
    _report_urgent(by=by, at=at, agenda=agenda)
    agenda = Agenda(meeting)  # with the minutes and the reports that have come on it
    _give_numbers(by=by, agenda=agenda)
    _keep_papers(by=by, at=at, agenda=agenda)
    _keep_notice(agenda, at=at)
    _touch(meeting)
    event = events.NoticeSent(meeting_id=meeting.pk, sequence=meeting.calendar_sequence)
    record(event, by=by, at=at, house=meeting)
    tell_notice(by=by, at=at, agenda=agenda)
    _queue_papers(by=by, at=at, agenda=Agenda(meeting))
    return meeting


def _changed(*, by: Actor, at: datetime, meeting: Meeting, kind: str, reason: str, from_: datetime) -> MeetingChange:
    return MeetingChange.objects.create(
        **house_of(meeting),
        meeting=meeting,
        kind=kind,
        reason=reason,
        from_starts_at=from_,
        to_starts_at=meeting.starts_at if kind == MeetingChange.Kind.MOVED else None,
        changed_at=at,
        changed_by_id=by.person,
    )


def _say_why(reason: str) -> str:
    if not reason.strip():
        lack = Lack(_("Say why. Those who are called will read it."), "id_reason")
        raise Refused(Verdict.no(lack.text, (lack,)))
    return reason.strip()[:500]


@transaction.atomic
def move_meeting(
    *,
    by: Actor,
    at: datetime,
    meeting_id: int,
    version: int | None = None,
    starts_at: datetime,
    ends_at: datetime,
    place: str = "",
    remote_link: str = "",
    reason: str = "",
) -> Meeting:
    """Move a meeting to another time or place. Those who have been called are told why, with a new calendar file."""
    agenda = _locked(meeting_id, version)
    meeting, before = agenda.meeting, agenda.meeting.starts_at
    policy.can_change(by, meeting).require()
    if ends_at <= starts_at:
        lack = Lack(_("The meeting cannot end before it starts."), "id_ends_at")
        raise Refused(Verdict.no(lack.text, (lack,)))
    called = meeting.state == Meeting.State.NOTICE_SENT
    reason = _say_why(reason) if called else reason.strip()[:500]
    meeting.starts_at, meeting.ends_at = starts_at, ends_at
    meeting.place, meeting.remote_link = place, remote_link
    if called:
        meeting.calendar_sequence += 1
        _keep_notice(Agenda(meeting), at=at, reason=reason)
    _touch(meeting)
    if meeting.planned is not None:
        change_in_cycle(by=by, at=at, planned=meeting.planned, starts_at=starts_at, ends_at=ends_at, place=place)
    _changed(by=by, at=at, meeting=meeting, kind=MeetingChange.Kind.MOVED, reason=reason, from_=before)
    event = events.MeetingMoved(meeting_id=meeting.pk, sequence=meeting.calendar_sequence, told=called)
    new_deadline(
        by=by, at=at, house=meeting, event=event, kind="hold_meeting", object_id=meeting.pk, due=localdate(starts_at)
    )
    if called:
        tell_moved(by=by, at=at, agenda=Agenda(meeting), before=before, reason=reason)
    return meeting


@transaction.atomic
def cancel_meeting(
    *, by: Actor, at: datetime, meeting_id: int, version: int | None = None, reason: str = ""
) -> Meeting:
    """Cancel a meeting. Its cases are ready for another one, and those who have been called are told why."""
    agenda = _locked(meeting_id, version)
    meeting = agenda.meeting
    policy.can_change(by, meeting).require()
    reason = _say_why(reason)
    called = meeting.state == Meeting.State.NOTICE_SENT
    meeting.state = Meeting.State.CANCELLED
    if called:
        meeting.calendar_sequence += 1
        _keep_notice(agenda, at=at, reason=reason)
    _touch(meeting)
    for item in agenda.standing:
        _take_off(by=by, at=at, item=item, meeting=meeting)
        # The council has not heard of what was only referred or reported: it waits for the next meeting.
        if item.number is not None or item.kind != AgendaItem.Kind.CASE:
            _leave(item, at=at)
    if meeting.planned is not None:
        change_in_cycle(by=by, at=at, planned=meeting.planned, cancelled=True)
    _changed(by=by, at=at, meeting=meeting, kind=MeetingChange.Kind.CANCELLED, reason=reason, from_=meeting.starts_at)
    event = events.MeetingCancelled(meeting_id=meeting.pk, sequence=meeting.calendar_sequence, told=called)
    record(event, by=by, at=at, house=meeting)
    if called:
        tell_cancelled(by=by, at=at, agenda=agenda, reason=reason)
    return meeting
