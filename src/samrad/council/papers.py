"""What stands in the notice and in the minutes (forms.md G.6), and the calendar file."""

from __future__ import annotations

from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from samrad.council.models import Meeting
from samrad.council.queries import Agenda, exempt_by, number_of
from samrad.documents import paper as p_
from samrad.documents.paper import Block, Paper


def _when(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{formats.date_format(local, 'DATE_FORMAT')} {formats.time_format(local, 'TIME_FORMAT')}"


def calendar(meeting: Meeting, *, url: str = "") -> bytes:
    """The meeting as an iCalendar file (RFC 5545): the same UID always, a higher sequence for each notice."""
    made = Calendar()
    made.add("prodid", "-//Samråd//NO")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    event = Event()
    event.add("uid", meeting.calendar_uid)
    event.add("sequence", meeting.calendar_sequence)
    event.add("summary", f"{meeting.body.name} {meeting.number}/{meeting.year}")
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("dtstamp", meeting.notice_sent_at or meeting.starts_at)
    event.add("status", "CANCELLED" if meeting.state == Meeting.State.CANCELLED else "CONFIRMED")
    if meeting.place:
        event.add("location", meeting.place)
    if meeting.remote_link:
        event.add("description", meeting.remote_link)
    if url:
        event.add("url", url)
    made.add_component(event)
    return bytes(made.to_ical())


def _attendance(agenda: Agenda) -> list[list[str]]:
    rows = []
    for seat in agenda.seats:
        row = agenda.attendance.get(seat.pk)
        place = seat.municipality.name if seat.municipality else ""
        presence = str(row.get_presence_display()) if row else _("Not recorded")
        rows.append([seat.person.name, str(seat.get_position_display()), place, presence])
    return rows


def _item(agenda: Agenda, place: int, exempt: dict[int, str]) -> list[Block]:
    item = agenda.items[place]
    title = item.case.initiative.title if item.case and item.case.initiative else item.title
    blocks = [p_.heading(f"{number_of(item, agenda.meeting)} {title}", 2)]
    if item.case and item.case.initiative_id in exempt:
        blocks.append(p_.text(f"{_('Exempt from public access')}: {exempt[item.case.initiative_id]}"))
    for row in item.impartiality.all():
        found = _("disqualified") if row.disqualified else _("not disqualified")
        blocks.append(p_.text(f"{_('Impartiality')}: {row.person.name}: {row.reason} ({found})"))
    if item.discussion:
        blocks += [p_.heading(_("Treatment"), 3), p_.text(item.discussion)]
    if item.draft_outcome:
        blocks += [
            p_.heading(_("Recommendation"), 3),
            p_.text(str(item.get_draft_outcome_display())),
            p_.text(item.draft_text),
            p_.heading(_("Reason"), 3),
            p_.text(item.draft_reason),
        ]
    return blocks


def minutes(agenda: Agenda, *, language: str) -> Paper:
    """The minutes (møtebok) of a meeting."""
    meeting = agenda.meeting
    facts = [
        [_("Meeting"), f"{meeting.number}/{meeting.year}"],
        [_("Time"), _when(meeting.starts_at)],
        [_("Place"), meeting.place or "–"],
        *([[_("Remote meeting"), meeting.remote_link]] if meeting.remote_link else []),
        *([[_("Closed"), _when(meeting.closed_at)]] if meeting.closed_at else []),
        [
            _("Minutes approved"),
            f"{_when(meeting.approved_at)}, {meeting.approved_by}" if meeting.approved_at else _("Not yet"),
        ],
    ]
    columns = [_("Name"), _("Seat"), _("Municipality"), _("Present")]
    exempt = exempt_by(agenda)
    blocks = [p_.heading(_("Attendance"), 2), p_.table(columns, _attendance(agenda))]
    for place in range(len(agenda.items)):
        blocks += _item(agenda, place, exempt)
    return Paper(
        title=_("Minutes: %(body)s") % {"body": meeting.body.name},
        at=meeting.approved_at or meeting.starts_at,
        body=meeting.body.name,
        facts=facts,
        blocks=blocks,
        language=language,
    )
