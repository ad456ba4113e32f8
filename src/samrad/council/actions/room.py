"""In the meeting: who is there and who is not, who is disqualified, who wants it on record, and when it is over."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Refused
from samrad.council import events, policy
from samrad.council.actions.agenda import _report_urgent
from samrad.council.actions.approving import _put_minutes, _put_on_next
from samrad.council.actions.calling import _keep_papers
from samrad.council.actions.locking import _item, _locked, _touch
from samrad.council.models import AgendaItem, Attendance, Away, Impartiality, Meeting, Statement
from samrad.council.notifications import tell_minutes, tell_substitute
from samrad.eventlog.actions import record
from samrad.governance.models import Seat
from samrad.organisation.actors import Actor


@transaction.atomic
def record_attendance(
    *, by: Actor, at: datetime, meeting_id: int, presence: Mapping[int, str], version: int | None = None
) -> Meeting:
    """Write down who is present, by seat."""
    agenda = _locked(meeting_id, version)
    policy.can_record(by, agenda.meeting).require()
    seats = {seat.pk: seat for seat in agenda.seats}
    if not seats.keys() >= presence.keys() or not set(presence.values()) <= set(Attendance.Presence.values):
        raise Refused(_("Choose present, present remotely or absent for each seat."))
    rows = [
        Attendance(
            **house_of(agenda.meeting),
            meeting=agenda.meeting,
            seat_id=seat_id,
            person_id=seats[seat_id].person_id,
            presence=value,
        )
        for seat_id, value in presence.items()
    ]
    Attendance.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["meeting", "seat"], update_fields=["person", "presence"]
    )
    if agenda.meeting.opened_at is None:
        _keep_papers(by=by, at=at, agenda=agenda)  # a case may have come on the agenda after the notice
    agenda.meeting.state = Meeting.State.HELD
    first, agenda.meeting.opened_at = agenda.meeting.opened_at is None, agenda.meeting.opened_at or at
    if first:
        _put_minutes(by=by, at=at, agenda=agenda)
        _report_urgent(by=by, at=at, agenda=agenda)
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
def record_away(*, by: Actor, at: datetime, item_id: int, here: Collection[int], onward: bool = False) -> AgendaItem:
    """Write down who of those at the meeting is in the room for an item. `here`: their ids; `onward`: from now on.

    So one who comes late or leaves early counts only in the items one was there for.
    """
    item, agenda = _item(item_id, None)
    policy.can_record(by, agenda.meeting).require()
    if agenda.meeting.state != Meeting.State.HELD:
        raise Refused(_("Write down who is present first."))
    at_meeting = {s.person_id for s in agenda.seats} & agenda.present
    out = at_meeting - set(here)
    place = next(n for n, other in enumerate(agenda.items) if other.pk == item.pk)
    # What has been treated was treated by those who were there then.
    after = [other for other in agenda.items[place + 1 :] if onward and other.treated_at is None]
    written = Away.objects.filter(item__in=[item, *after])
    written.exclude(person__in=out).delete()
    rows = [Away(**house_of(one), item=one, person_id=person) for one in (item, *after) for person in sorted(out)]
    Away.objects.bulk_create(rows, ignore_conflicts=True)  # who was written down as out already stays so
    record(events.AwayRecorded(item_id=item.pk, away=len(out), onward=onward), by=by, at=at, house=item)
    _touch(agenda.meeting)
    return item


@transaction.atomic
def call_substitute(*, by: Actor, at: datetime, meeting_id: int, seat_id: int) -> Seat:
    """Call a substitute to the meeting, because a member cannot be there or is disqualified."""
    agenda = _locked(meeting_id)
    policy.can_record(by, agenda.meeting).require()
    seat = next((s for s in agenda.seats if s.pk == seat_id and s.position == Seat.Position.SUBSTITUTE), None)
    if seat is None:
        raise Refused(_("Choose a substitute of the body."))
    kept, made = Attendance.objects.get_or_create(
        meeting=agenda.meeting,
        seat=seat,
        defaults={
            **house_of(agenda.meeting),
            "person_id": seat.person_id,
            "presence": Attendance.Presence.ABSENT,
            "called_at": at,
        },
    )
    if not made and kept.called_at is not None:
        return seat  # a second click: called once
    if not made:
        kept.called_at = at
        kept.save(update_fields=["called_at"])
    event = events.SubstituteCalled(meeting_id=meeting_id, person_id=seat.person_id)
    record(event, by=by, at=at, house=agenda.meeting)
    tell_substitute(by=by, at=at, agenda=agenda, seat=seat)
    _touch(agenda.meeting)
    return seat


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
    _put_on_next(by=by, at=at, meeting=agenda.meeting)
    tell_minutes(by=by, at=at, agenda=agenda)
    return agenda.meeting
