"""What stands in the notice and in the minutes (forms.md G.6), and the calendar file."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.urls import resolve
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event, vCalAddress

from samrad.cases.models import Case
from samrad.core.acting import acting_for
from samrad.core.money import kroner
from samrad.council.models import AgendaItem, Meeting, MinutesCorrection
from samrad.council.policy import stand_ins, voting_here
from samrad.council.queries import Agenda, clock, exempt_by, number_of
from samrad.documents import paper as p_
from samrad.documents.paper import Block, Paper, thawed
from samrad.documents.typeset import paper_pdf
from samrad.organisation.actors import entities_of
from samrad.organisation.models import Notification
from samrad.organisation.queries import Enclosure, exempt_groups
from samrad.secretariat.queries.lists import minutes_table
from samrad.secretariat.queries.rounds import lines_of, rows_of


def _when(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{formats.date_format(local, 'DATE_FORMAT')} {formats.time_format(local, 'TIME_FORMAT')}"


def calendar(
    meeting: Meeting, *, url: str = "", at: datetime | None = None, called: str = "", room: bool = True
) -> bytes:
    """The meeting as an iCalendar file (RFC 5545): the same UID always, a higher sequence for each notice.

    `called`: the address of the one it is mailed to. A calendar then takes it as a request that moves or cancels what
    it holds (RFC 5546); one that is fetched from the page is only published. A meeting from the annual cycle has the
    same UID and sequence in the calendar one subscribes to, so that it stands once.
    """
    cancelled = meeting.state == Meeting.State.CANCELLED
    made = Calendar()
    made.add("prodid", "-//Samråd//NO")
    made.add("version", "2.0")
    made.add("method", "CANCEL" if cancelled else "REQUEST" if called else "PUBLISH")
    event = Event()
    organiser = vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL}")
    organiser.params["CN"] = meeting.body.name
    event.add("organizer", organiser)
    if called:
        event.add("attendee", vCalAddress(f"mailto:{called}"))
    event.add("uid", meeting.calendar_uid)
    event.add("sequence", meeting.calendar_sequence + (meeting.planned.sequence if meeting.planned else 0))
    event.add("summary", f"{meeting.body.name} {meeting.number}/{meeting.year}")
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("dtstamp", at or meeting.notice_sent_at or meeting.starts_at)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if meeting.place:
        event.add("location", meeting.place)
    if meeting.remote_link and room:
        event.add("description", meeting.remote_link)
    if url:
        event.add("url", url)
    made.add_component(event)
    return bytes(made.to_ical())


def enclosures(told: Notification) -> list[Enclosure]:
    """What goes with a mail about a meeting: the calendar file, and the notice as it was sent."""
    pk = resolve(told.path).kwargs["pk"]
    with acting_for(entities_of(told.owner_id, on=timezone.localdate(told.created_at))):
        meeting = Meeting.objects.select_related("body", "planned").get(pk=pk)
        file = calendar(meeting, url=f"{settings.BASE_URL}{told.path}", at=told.created_at, called=told.person.email)
        method = "CANCEL" if meeting.state == Meeting.State.CANCELLED else "REQUEST"
        found = [Enclosure("mote.ics", file, f"text/calendar; method={method}")]
        if meeting.notice_paper:
            name = f"innkalling-{meeting.year}-{meeting.number}.pdf"
            found.append(Enclosure(name, paper_pdf(thawed(meeting.notice_paper)), "application/pdf"))
    return found


def notice(agenda: Agenda, *, at: datetime, reason: str, language: str) -> Paper:
    """The notice of meeting (innkalling): when, where, who is called, and the agenda."""
    meeting = agenda.meeting
    cancelled = meeting.state == Meeting.State.CANCELLED
    facts = [
        [_("Meeting"), f"{meeting.number}/{meeting.year}"],
        [_("Time"), f"{_when(meeting.starts_at)}–{formats.time_format(timezone.localtime(meeting.ends_at))}"],
        [_("Place"), meeting.place or "–"],
        *([[_("Remote meeting"), meeting.remote_link]] if meeting.remote_link else []),
        [_("Sent"), _when(at)],
    ]
    blocks = []
    if reason:
        blocks.append(p_.note(f"{_('The meeting is cancelled') if cancelled else _('The meeting is moved')}: {reason}"))
    exempt, starts = exempt_by(agenda), clock(agenda)
    rows = [
        [
            number_of(item, meeting),
            formats.time_format(timezone.localtime(starts[item.pk])),
            f"{_title(item)}{_marks(item)}",
            item.case.initiative.reference if item.case and item.case.initiative else "",
            str(item.get_kind_display()),
            exempt.get(item.case.initiative_id or 0, "") if item.case else "",
        ]
        for item in agenda.standing
    ]
    columns = [_("Item"), _("Starts"), _("What it is about"), _("Reference"), _("Kind"), _("Exempt from public access")]
    blocks += [p_.heading(_("Agenda"), 2), p_.table(columns, rows)]
    seats = [
        [s.person.name, str(s.get_position_display()), s.municipality.name if s.municipality else ""]
        for s in agenda.seats
    ]
    columns = [_("Name"), _("Seat"), _("Municipality")]
    blocks += [p_.heading(_("Called to the meeting"), 2), p_.table(columns, seats)]
    return Paper(
        title=_("Notice of meeting: %(body)s") % {"body": str(meeting)},
        at=at,
        body=meeting.body.name,
        facts=facts,
        blocks=blocks,
        language=language,
    )


def _marks(item: AgendaItem) -> str:
    """What is special about an item: that it is urgent, closed, or tells of an urgent one."""
    said = []
    if item.urgent:
        said.append(_("urgent case"))
    if item.closed_basis:
        said.append(_("closed, %(basis)s") % {"basis": item.closed_basis})
    if item.reports is not None:
        said.append(_("was taken in as an urgent case"))
    return f" ({'; '.join(said)})" if said else ""


def _title(item: AgendaItem) -> str:
    return item.case.initiative.title if item.case and item.case.initiative else item.title


def vote_text(item: AgendaItem) -> str:
    """«For 3, against 1, blank 0.», or that the body agreed; empty where neither is written down."""
    if item.unanimous and item.treated_at is not None:
        return _("Unanimous.")
    if not item.voted:
        return ""
    counted = {"for_": item.votes_for, "against": item.votes_against, "blank": item.votes_blank}
    text = _("%(for_)s for, %(against)s against, %(blank)s blank.") % counted
    casting = {
        "for": _("The chair's casting vote: for."),
        "against": _("The chair's casting vote: against."),
    }
    return f"{text} {casting.get(item.casting_vote, '')}".strip()


def approval_text(item: AgendaItem) -> str:
    """What became of the minutes that the body was to approve."""
    named = {"meeting": str(item.approves)}
    if item.treated_at is not None:
        return _("The minutes of %(meeting)s are approved.") % named
    return _("The minutes of %(meeting)s have not been approved.") % named


def _referred(agenda: Agenda, item: AgendaItem, exempt: dict[int, str]) -> list[Block]:
    """What was decided below the council, for it to take note of. No amount where something is exempt."""
    hidden = item.case is not None and item.case.initiative_id in exempt
    blocks = [p_.text(_("Taken as information."))]
    for made in agenda.decided.get(item.case_id or 0, []):
        who = f"{made.municipality.name}: {made.get_outcome_display()} ({made.get_level_display()}, {made.decided_by})"
        amount = f" {kroner(made.amount_kr)}." if made.amount_kr is not None and not hidden else ""
        blocks.append(p_.text(f"{who}.{amount} {made.text}".strip()))
    return blocks


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
    blocks = [p_.heading(f"{number_of(item, agenda.meeting)} {_title(item)}", 2)]
    if item.case and item.case.initiative_id in exempt:
        blocks.append(p_.text(f"{_('Exempt from public access')}: {exempt[item.case.initiative_id]}"))
    if item.taken_off_at is not None:
        return [*blocks, p_.text(_("Taken off the agenda"))]
    if item.urgent and item.urgent_by is not None:
        said = {"name": item.urgent_by.name, "reason": item.urgent_reason}
        blocks.append(p_.text(_("Taken in as an urgent case by %(name)s: %(reason)s") % said))
    if item.reports is not None:
        blocks.append(p_.text(_reported(item.reports)))
    if item.closed_basis:
        blocks.append(p_.text(_("The doors were closed: %(basis)s") % {"basis": item.closed_basis}))
    if not agenda.meeting.elsewhere:  # there, the other system's minutes say who voted
        blocks.append(p_.text(voters_text(agenda, item)))
    for row in item.impartiality.all():
        found = _("disqualified") if row.disqualified else _("not disqualified")
        blocks.append(p_.text(f"{_('Impartiality')}: {row.person.name}: {row.reason} ({found})"))
    if item.discussion:
        blocks += [p_.heading(_("Treatment"), 3), p_.text(item.discussion)]
    if item.treated_at is not None and item.draft_outcome:
        blocks += [
            p_.heading(_("Recommendation"), 3),
            p_.text(str(item.get_draft_outcome_display())),
            p_.text(item.draft_text),
            *_listed(item),
            p_.heading(_("Reason"), 3),
            p_.text(item.draft_reason),
        ]
    if item.voted:
        blocks += [p_.heading(_("Vote"), 3), p_.text(vote_text(item))]
    if item.kind == AgendaItem.Kind.REFERRAL:
        blocks += _referred(agenda, item, exempt)
    if item.approves is not None:
        blocks.append(p_.text(approval_text(item)))
    for statement in item.statements.all():
        blocks += [p_.heading(f"{statement.get_kind_display()}: {statement.person.name}", 3), p_.text(statement.text)]
    return blocks


def _listed(item: AgendaItem) -> list[Block]:
    """The list of a prioritisation round as the body set it. What is exempt in a line is left out, with the law."""
    if item.case is None or item.case.kind != Case.Kind.ROUND or item.puts_off_list:
        return []
    rows = rows_of(item.case.round)
    hidden = exempt_groups([row.line.initiative_id for row in rows], on=timezone.localdate(item.meeting.starts_at))
    return [minutes_table(lines_of(rows, hidden))]


def _reported(urgent: AgendaItem) -> str:
    said = {
        "number": number_of(urgent, urgent.meeting),
        "day": formats.date_format(timezone.localtime(urgent.meeting.starts_at), "SHORT_DATE_FORMAT"),
        "reason": urgent.urgent_reason,
    }
    return _("%(number)s was taken in as an urgent case on %(day)s: %(reason)s") % said


def voters_text(agenda: Agenda, item: AgendaItem) -> str:
    """Who votes in an item, and for whom the substitutes sit."""
    standing_in, here = stand_ins(agenda, item), voting_here(agenda, item)
    names = [
        f"{s.person.name} ({_('for %(name)s') % {'name': standing_in[s.person_id].person.name}})"
        if s.person_id in standing_in
        else s.person.name
        for s in {s.person_id: s for s in agenda.seats}.values()
        if s.person_id in here
    ]
    return _("Vote here (%(number)s): %(names)s") % {"number": len(names), "names": ", ".join(names) or "–"}


def _points(agenda: Agenda) -> list[Block]:
    points = list(agenda.meeting.action_points.select_related("responsible"))
    if not points:
        return []
    rows = [[p.text, p.responsible.name, formats.date_format(p.due_date, "SHORT_DATE_FORMAT")] for p in points]
    columns = [_("What is to be done"), _("Who"), _("Deadline")]
    return [p_.heading(_("Action points"), 2), p_.table(columns, rows)]


def with_corrections(paper: Paper, corrections: list[MinutesCorrection], *, language: str) -> Paper:
    """The minutes as they were approved, with what has been corrected since after them."""
    if not corrections:
        return paper
    with override(language):
        blocks = [p_.heading(_("Corrections after approval"), 2)]
        for row in corrections:
            who = f"{_when(row.corrected_at)}, {row.corrected_by.name}"
            number = number_of(row.item, row.meeting) if row.item else _("The whole meeting")
            blocks += [p_.heading(f"{number}: {who}", 3), p_.text(row.text), p_.text(f"{_('Reason')}: {row.reason}")]
    return replace(paper, blocks=[*paper.blocks, *blocks])


def extract(agenda: Agenda, item: AgendaItem, *, language: str) -> Paper:
    """One item of the minutes (særutskrift), for those the case concerns."""
    place = next(n for n, other in enumerate(agenda.items) if other.pk == item.pk)
    whole = minutes(agenda, language=language)
    title = _("Extract of the minutes: %(number)s") % {"number": number_of(item, agenda.meeting)}
    return replace(whole, title=title, blocks=_item(agenda, place, exempt_by(agenda)))


def extract_of(told: Notification) -> list[Enclosure]:
    """What goes with the mail about a recommendation: the extract of the minutes, where nothing of it is exempt or closed."""
    with acting_for(entities_of(told.owner_id, on=timezone.localdate(told.created_at))):
        alone = Q(case__initiative=told.initiative_id, recommendation__made_at=told.created_at)
        listed = Q(case__further__initiative=told.initiative_id, recommendation__made_at=told.created_at)
        made = AgendaItem.objects.filter(alone | listed, closed_basis="")
        item = made.select_related("meeting__body", "meeting__owner").first()
        if item is None:
            return []
        agenda = Agenda(item.meeting)
        item = next(i for i in agenda.items if i.pk == item.pk)
        if item.about_ids & exempt_by(agenda).keys():
            return []
        language = agenda.meeting.owner.language
        with override(language):
            paper = extract(agenda, item, language=language)
        name = f"saerutskrift-{agenda.meeting.year}-{agenda.meeting.number}-{item.order}.pdf"
        return [Enclosure(name, paper_pdf(paper), "application/pdf")]


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
        *([[_("Approved in"), str(meeting.approved_in)]] if meeting.approved_in else []),
    ]
    columns = [_("Name"), _("Seat"), _("Municipality"), _("Present")]
    exempt = exempt_by(agenda)
    blocks = [p_.heading(_("Attendance"), 2), p_.table(columns, _attendance(agenda))]
    for place in range(len(agenda.items)):
        blocks += _item(agenda, place, exempt)
    blocks += _points(agenda)
    return Paper(
        title=_("Minutes: %(body)s") % {"body": str(meeting)},
        at=meeting.approved_at or meeting.starts_at,
        body=meeting.body.name,
        facts=facts,
        blocks=blocks,
        language=language,
    )
