"""What people do with a meeting: from planning to locked minutes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from samrad.cases.actions import Hand, move_case, recommend
from samrad.cases.models import Case
from samrad.cases.queries import lock_case
from samrad.core.models import house_of
from samrad.core.verdict import Refused, Stale, Verdict
from samrad.council import events, policy
from samrad.council.models import AgendaItem, Attendance, Impartiality, Meeting
from samrad.council.notifications import tell_minutes, tell_notice
from samrad.council.papers import minutes
from samrad.council.queries import Agenda, agenda_of
from samrad.documents.paper import frozen
from samrad.eventlog.actions import record
from samrad.governance.models import Body, PlannedMeeting
from samrad.initiatives.actions import next_number
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity


@transaction.atomic
def plan_meeting(
    *,
    by: Actor,
    at: datetime,
    body: Body,
    starts_at: datetime,
    ends_at: datetime,
    place: str = "",
    remote_link: str = "",
    planned: PlannedMeeting | None = None,
) -> Meeting:
    """Set up a meeting of a body, perhaps one from the annual cycle."""
    policy.can_plan(by, body.owner_id).require()
    if ends_at <= starts_at:
        raise Refused(_("The meeting cannot end before it starts."))
    if planned is not None and planned.body_id != body.pk:
        raise Refused(_("The meeting in the annual cycle is another body's."))
    # The second click, or a second person: a body does not meet twice at once. The row of the body is the lock.
    Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    same = Q(planned=planned) if planned is not None else Q(body=body, starts_at=starts_at)
    standing = Meeting.objects.filter(same).exclude(state=Meeting.State.CANCELLED).first()
    if standing is not None:
        return standing
    number = next_number(
        by=by, at=starts_at, owner_id=body.owner_id, shared_with_id=body.shared_with_id, series=f"M{body.pk}"
    )
    meeting = Meeting.objects.create(
        **house_of(body),
        body=body,
        planned=planned,
        number=number,
        year=starts_at.year,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        remote_link=remote_link,
        calendar_uid=f"meeting-{body.pk}-{starts_at.year}-{number}@samrad",
    )
    record(events.MeetingConvened(meeting_id=meeting.pk), by=by, at=at, house=meeting)
    return meeting


def _locked(meeting_id: int, version: int | None = None) -> Agenda:
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting_id)
    if version is not None and version != meeting.version:
        raise Stale(_("Someone has changed the meeting since you opened the page. Look at it again before you go on."))
    return agenda_of(meeting)


def _touch(meeting: Meeting) -> None:
    meeting.version += 1
    meeting.save()


@transaction.atomic
def put_on_agenda(*, by: Actor, at: datetime, meeting_id: int, case_id: int) -> AgendaItem:
    """Put a prepared case on the agenda. It gets its number in the body's series at once."""
    agenda = _locked(meeting_id)
    meeting, case = agenda.meeting, lock_case(case_id)
    standing = next((i for i in agenda.items if i.case_id == case.pk), None)
    if standing is not None:
        return standing
    policy.can_set_agenda(by, meeting, case).require()
    number = next_number(
        by=by,
        at=meeting.starts_at,
        owner_id=meeting.owner_id,
        shared_with_id=meeting.shared_with_id,
        series=f"S{meeting.body_id}",
    )
    item = AgendaItem.objects.create(
        **house_of(meeting), meeting=meeting, case=case, number=number, order=len(agenda.items) + 1
    )
    event = events.PutOnAgenda(initiative_id=case.initiative_id, case_id=case.pk, meeting_id=meeting.pk, number=number)
    hand = Hand(
        kind="hold_meeting",
        role="secretariat_lead",
        entity_id=meeting.owner_id,
        object_id=meeting.pk,
        due=localdate(meeting.starts_at),
    )
    move_case(by=by, at=at, case=case, to="on_agenda", event=event, hands=[hand])
    _touch(meeting)
    return item


@transaction.atomic
def take_off_agenda(*, by: Actor, at: datetime, item_id: int) -> Case:
    """Take a case off the agenda again; it stays ready."""
    item, agenda = _item(item_id, None)
    policy.can_take_off(by, agenda.meeting, item).require()
    case = lock_case(item.case_id or 0)
    event = events.TakenOffAgenda(initiative_id=case.initiative_id, case_id=case.pk, meeting_id=agenda.meeting.pk)
    item.delete()
    if case.state == "on_agenda":
        hand = Hand(kind="set_agenda", role="secretariat_lead", entity_id=agenda.meeting.owner_id)
        move_case(by=by, at=at, case=case, to="ready", event=event, hands=[hand])
    else:  # withdrawn meanwhile
        record(event, by=by, at=at, house=case)
    _touch(agenda.meeting)
    return case


@transaction.atomic
def send_notice(*, by: Actor, at: datetime, meeting_id: int, version: int | None = None) -> Meeting:
    """Send the notice with the agenda to everyone who sits in the body; again, when something has changed."""
    agenda = _locked(meeting_id, version)
    policy.can_send_notice(by, agenda).require()
    meeting = agenda.meeting
    meeting.state, meeting.notice_sent_at = Meeting.State.NOTICE_SENT, at
    meeting.calendar_sequence += 1
    _touch(meeting)
    event = events.NoticeSent(meeting_id=meeting.pk, sequence=meeting.calendar_sequence)
    record(event, by=by, at=at, house=meeting)
    tell_notice(by=by, at=at, agenda=agenda)
    return meeting


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
    agenda.meeting.state = Meeting.State.HELD
    agenda.meeting.opened_at = agenda.meeting.opened_at or at
    _touch(agenda.meeting)
    there = sum(value != Attendance.Presence.ABSENT for value in presence.values())
    record(events.AttendanceRecorded(meeting_id=meeting_id, present=there), by=by, at=at, house=agenda.meeting)
    return agenda.meeting


def _item(item_id: int, version: int | None) -> tuple[AgendaItem, Agenda]:
    found = AgendaItem.objects.filter(pk=item_id).first()
    agenda = _locked(found.meeting_id) if found else None
    item = next((i for i in agenda.items if i.pk == item_id), None) if agenda else None
    if agenda is None or item is None:
        raise Refused(_("The item is no longer on the agenda."))
    if version is not None and version != item.version:
        raise Stale(
            _("Someone has written in this item since you opened the page. Both texts are below: choose which to keep.")
        )
    return item, agenda


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
def close_meeting(*, by: Actor, at: datetime, meeting_id: int, version: int | None = None) -> Meeting:
    """Close the meeting: who was there stands, and the chair is told that the minutes wait."""
    agenda = _locked(meeting_id, version)
    policy.can_close(by, agenda.meeting).require()
    agenda.meeting.closed_at = at
    _touch(agenda.meeting)
    record(events.MeetingClosed(meeting_id=meeting_id), by=by, at=at, house=agenda.meeting)
    tell_minutes(by=by, at=at, agenda=agenda)
    return agenda.meeting


@transaction.atomic
def approve_minutes(*, by: Actor, at: datetime, meeting_id: int, version: int | None = None) -> Meeting:
    """Approve the minutes: they are locked, and each item's conclusion becomes the body's recommendation."""
    agenda = _locked(meeting_id, version)
    policy.can_approve(by, agenda).require()
    meeting = agenda.meeting
    meeting.state, meeting.approved_at, meeting.approved_by_id = Meeting.State.APPROVED, at, by.person
    meeting.closed_at = meeting.closed_at or at
    language = Entity.objects.get(pk=meeting.owner_id).language
    with override(language):
        meeting.minutes_paper = frozen(minutes(agenda, language=language))
    _touch(meeting)
    # The meeting first, so that what follows for each case finds its minutes locked.
    record(events.MinutesApproved(meeting_id=meeting.pk), by=by, at=at, house=meeting)
    for item in agenda.items:
        if item.case is None or item.treated_at is None:
            continue
        if item.case.state == "treated":  # otherwise withdrawn since: the minutes tell, but nothing goes on
            item.recommendation = recommend(
                by=by,
                at=at,
                case=item.case,
                body_id=meeting.body_id,
                outcome=item.draft_outcome,
                text=item.draft_text,
                reason=item.draft_reason,
            )
            item.save(update_fields=["recommendation"])
        event = events.MinutesApproved(
            initiative_id=item.case.initiative_id, case_id=item.case_id, meeting_id=meeting.pk, item_id=item.pk
        )
        record(event, by=by, at=at, house=meeting)
    return meeting
