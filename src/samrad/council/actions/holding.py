"""In the meeting: who is there, who is disqualified, what is found, how it was voted, who wants it on record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.cases.actions import Hand, move_case
from samrad.cases.queries import lock_case
from samrad.core.models import house_of
from samrad.core.verdict import Refused, Verdict
from samrad.council import events, policy
from samrad.council.actions.calling import _keep_papers
from samrad.council.actions.locking import _item, _locked, _touch
from samrad.council.models import AgendaItem, Attendance, Impartiality, Meeting, Statement
from samrad.council.notifications import tell_minutes
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor


@transaction.atomic
def record_attendance(
    *, by: Actor, at: datetime, meeting_id: int, presence: Mapping[int, str], version: int | None = None
) -> Meeting:
    """Write down who is present, by seat."""
    agenda = _locked(meeting_id, version)
    policy.can_record(by, agenda.meeting).require()
    seats = {seat.pk: seat for seat in agenda.seats}
    for seat_id, value in presence.items():
        if seat_id not in seats or value not in Attendance.Presence.values:
            raise Refused(_("Choose present, present remotely or absent for each seat."))
        Attendance.objects.update_or_create(
            meeting=agenda.meeting,
            seat_id=seat_id,
            defaults={**house_of(agenda.meeting), "person_id": seats[seat_id].person_id, "presence": value},
        )
    if agenda.meeting.opened_at is None:
        _keep_papers(by=by, at=at, agenda=agenda)  # a case may have come on the agenda after the notice
    agenda.meeting.state = Meeting.State.HELD
    agenda.meeting.opened_at = agenda.meeting.opened_at or at
    _touch(agenda.meeting)
    there = sum(value != Attendance.Presence.ABSENT for value in presence.values())
    record(events.AttendanceRecorded(meeting_id=meeting_id, present=there), by=by, at=at, house=agenda.meeting)
    return agenda.meeting


@transaction.atomic
def declare_impartiality(
    *, by: Actor, at: datetime, item_id: int, person_id: int, reason: str, disqualified: bool
) -> Impartiality:
    """Write down a question of impartiality in an item, and what the body found without the member."""
    item, agenda = _item(item_id, None)
    policy.can_record(by, agenda.meeting).require()
    if not reason.strip() or person_id not in {s.person_id for s in agenda.seats}:
        raise Refused(_("Choose a member, and say what the question is."))
    row, _made = Impartiality.objects.update_or_create(
        item=item,
        person_id=person_id,
        defaults={**house_of(item), "reason": reason.strip()[:300], "disqualified": disqualified, "decided_at": at},
    )
    event = events.ImpartialityDecided(
        initiative_id=item.case.initiative_id if item.case else None,
        case_id=item.case_id,
        item_id=item.pk,
        person_id=person_id,
        disqualified=disqualified,
    )
    record(event, by=by, at=at, house=item)
    _touch(agenda.meeting)
    return row


@transaction.atomic
def treat_item(
    *,
    by: Actor,
    at: datetime,
    item_id: int,
    version: int | None,
    outcome: str,
    text: str,
    reason: str,
    discussion: str = "",
) -> AgendaItem:
    """Write down what the body found in an item. It can be changed until the minutes are approved."""
    item, agenda = _item(item_id, version)
    policy.can_treat(by, agenda, item).require()
    lacks = policy.treatment_lacks(outcome, text, reason)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    item.draft_outcome, item.draft_text, item.draft_reason = outcome, text.strip(), reason.strip()
    item.discussion = discussion.strip()
    first, item.treated_at = item.treated_at is None, at
    item.version += 1
    item.save()
    case = lock_case(item.case_id) if item.case_id else None
    event = events.ItemTreated(
        initiative_id=case.initiative_id if case else None, case_id=item.case_id, item_id=item.pk, outcome=outcome
    )
    if case is not None and first:
        hand = Hand(
            kind="approve_minutes", role="council_chair", entity_id=agenda.meeting.owner_id, object_id=agenda.meeting.pk
        )
        move_case(by=by, at=at, case=case, to="treated", event=event, hands=[hand])
    else:
        record(event, by=by, at=at, house=item)
    _touch(agenda.meeting)  # whoever approves must have read this
    return item


@transaction.atomic
def record_vote(
    *,
    by: Actor,
    at: datetime,
    item_id: int,
    version: int | None,
    votes_for: int | None,
    votes_against: int | None,
    votes_blank: int | None,
    casting_vote: str = "",
) -> AgendaItem:
    """Write down the vote over an item; with nothing in it, that there was none."""
    item, agenda = _item(item_id, version)
    policy.can_treat(by, agenda, item).require()
    if votes_for is None and votes_against is None and votes_blank is None and not casting_vote:
        item.votes_for = item.votes_against = item.votes_blank = None
    else:
        votes = (votes_for or 0, votes_against or 0, votes_blank or 0)
        lacks = policy.vote_lacks(agenda, item, votes, casting_vote)
        if lacks:
            raise Refused(Verdict.no(lacks[0].text, lacks))
        item.votes_for, item.votes_against, item.votes_blank = votes
    item.casting_vote = casting_vote
    item.version += 1
    item.save()
    event = events.Voted(
        initiative_id=item.case.initiative_id if item.case else None,
        case_id=item.case_id,
        item_id=item.pk,
        votes_for=item.votes_for,
        votes_against=item.votes_against,
        votes_blank=item.votes_blank,
        casting_vote=casting_vote,
    )
    record(event, by=by, at=at, house=item)
    _touch(agenda.meeting)
    return item


@transaction.atomic
def record_statement(
    *, by: Actor, at: datetime, item_id: int, person_id: int, kind: str, text: str
) -> Statement | None:
    """Write down what a member wants in the minutes: a statement for the record, or a dissent. Empty takes it out."""
    item, agenda = _item(item_id, None)
    policy.can_keep_minutes(by, agenda.meeting).require()
    if kind not in Statement.Kind.values or person_id not in agenda.present:
        raise Refused(_("Choose a member who is present, and what it is."))
    row = None
    if text.strip():
        row, _made = Statement.objects.update_or_create(
            item=item,
            person_id=person_id,
            kind=kind,
            defaults={**house_of(item), "text": text.strip(), "written_at": at},
        )
    else:
        Statement.objects.filter(item=item, person_id=person_id, kind=kind).delete()
    event = events.StatementRecorded(
        initiative_id=item.case.initiative_id if item.case else None,
        case_id=item.case_id,
        item_id=item.pk,
        person_id=person_id,
        statement=kind,
        removed=row is None,
    )
    record(event, by=by, at=at, house=item)
    _touch(agenda.meeting)
    return row


@transaction.atomic
def close_meeting(*, by: Actor, at: datetime, meeting_id: int, version: int | None = None) -> Meeting:
    """Close the meeting: who was there stands, and the chair is told that the minutes wait."""
    agenda = _locked(meeting_id, version)
    policy.can_close(by, agenda.meeting).require()
    agenda.meeting.closed_at = at
    _touch(agenda.meeting)
    record(events.MeetingClosed(meeting_id=meeting_id), by=by, at=at, house=agenda.meeting)
    tell_minutes(by=by, at=at, agenda=agenda)
    return agenda.meeting
