"""Reads about meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.cases.models import Case, Decision
from samrad.cases.queries import visible_to as cases_visible_to
from samrad.cases.workflow import STATES
from samrad.council.models import AgendaItem, Attendance, Impartiality, Meeting, MinutesCorrection, Statement
from samrad.council.queries.agenda import BELOW, WAITS
from samrad.council.queries.agenda import Agenda as Agenda
from samrad.council.queries.agenda import mandate_on as mandate_on
from samrad.council.queries.agenda import seats_on as seats_on
from samrad.governance.models import Body, PlannedMeeting, Rule, Seat
from samrad.governance.queries import Basis, Met, legal_bases
from samrad.initiatives.models import Responsibility
from samrad.initiatives.queries import Sight, sight
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person
from samrad.organisation.queries import exempt_groups
from samrad.organisation.roles import COUNCIL, SECRETARIAT
from samrad.secretariat.models import PaperVersion, Round
from samrad.secretariat.queries.rounds import in_open_round
from samrad.secretariat.queries.routing import routed_to

VOTING = ("chair", "deputy", "member")
HELD = (Meeting.State.HELD, Meeting.State.APPROVED)
KEPT = "kept"
"""In a form: the basis for closed doors that was written by hand, as it stands."""


def closing_bases(meeting: Meeting, *, on: date) -> list[Basis]:
    """The legal bases of the register by which the doors can be closed in a meeting."""
    return legal_bases([meeting.owner_id, meeting.shared_with_id], on, kinds=[Rule.Kind.CLOSING])


def visible_to(actor: Actor) -> QuerySet[Meeting]:
    """The meetings of the bodies of one's own houses; none for the public."""
    return Meeting.objects.select_related("body") if actor.is_person else Meeting.objects.none()


def councils(actor: Actor) -> QuerySet[Body]:
    """The councils of one's own houses."""
    found = Body.objects.filter(kind=Body.Kind.COUNCIL, owner_id__in=actor.entities)
    return found.order_by("name", "id") if actor.is_person else found.none()


def in_cycle(bodies: list[Body], *, now: datetime) -> QuerySet[PlannedMeeting]:
    """The coming meetings of the annual cycle that nobody has set up yet."""
    found = PlannedMeeting.objects.filter(body__in=bodies, starts_at__gt=now, cancelled=False, meeting__isnull=True)
    return found.select_related("body").order_by("starts_at")


def met(planned_ids: list[int]) -> dict[int, Met]:
    """What became of meetings in the annual cycle: the meeting that was set up, and whether it has been held."""
    return {
        m.planned_id: Met(
            url=reverse("council:meeting_detail", args=[m.pk]),
            held=m.state in HELD,
            uid=m.calendar_uid,
            sequence=m.calendar_sequence,
            starts_at=m.starts_at,
            ends_at=m.ends_at,
            place=m.place,
        )
        for m in Meeting.objects.filter(planned_id__in=planned_ids)
        if m.planned_id is not None
    }


def ended_leaders(meeting: Meeting) -> list[Seat]:
    """Those who were the last to hold the seats as chair and deputy before the day of the meeting."""
    on = localdate(meeting.starts_at)
    rows = Seat.objects.filter(body=meeting.body_id, position__in=["chair", "deputy"], valid_to__lt=on)
    last: dict[str, Seat] = {}
    for seat in rows.select_related("person").order_by("valid_to", "pk"):
        last[seat.position] = seat
    return list(last.values())


def next_held(meeting: Meeting) -> Meeting | None:
    """The body's first later meeting that has been opened."""
    later = Meeting.objects.filter(body=meeting.body_id, starts_at__gt=meeting.starts_at, state__in=HELD)
    return later.order_by("starts_at").first()


def ready_cases(actor: Actor, body: Body, *, only_routed: bool = False) -> QuerySet[Case]:
    """The cases that are ready for the body's agenda; `only_routed`: those that it is confirmed go to the council."""
    # What stands in a prioritisation round goes on the agenda with it.
    found = cases_visible_to(actor).filter(~in_open_round(), state__in=["ready", "deferred"])
    mine = Q(shared_with_id=body.owner_id) | Q(owner_id=body.owner_id, shared_with__isnull=True)
    goes = Q(routed_to(Body.Kind.COUNCIL)) | ~Q(kind=Case.Kind.SUBMISSION)  # others than needs have no way to confirm
    found = found.filter(mine).annotate(goes=ExpressionWrapper(goes, output_field=BooleanField()))
    found = found.filter(goes=True) if only_routed else found
    return found.select_related("initiative", "round").order_by("state_since")


def next_meeting(house_id: int, *, at: datetime) -> Meeting | None:
    """The next meeting of a house's council that is set up and has not been held."""
    coming = Meeting.objects.filter(
        body__kind=Body.Kind.COUNCIL,
        owner_id=house_id,
        starts_at__gte=at,
        state__in=[Meeting.State.PLANNED, Meeting.State.NOTICE_SENT],
    )
    return coming.select_related("body").order_by("starts_at").first()


def referrals_waiting(body: Body) -> list[Case]:
    """The cases decided below the council that it has not heard of."""
    mine = Q(shared_with_id=body.owner_id) | Q(owner_id=body.owner_id, shared_with__isnull=True)
    told = AgendaItem.objects.filter(
        kind=AgendaItem.Kind.REFERRAL, case__isnull=False, taken_off_at__isnull=True
    ).values("case_id")
    decided = Decision.objects.filter(level__in=BELOW).exclude(outcome__in=["", Decision.Outcome.SENT_BACK])
    found = Case.objects.filter(mine, closed_at__isnull=False, pk__in=decided.values("case_id"))
    return list(found.exclude(pk__in=told).select_related("initiative").order_by("closed_at", "pk"))


def urgent_unreported(meeting: Meeting) -> list[AgendaItem]:
    """The urgent cases of the body's earlier meetings that no meeting has heard of."""
    found = AgendaItem.objects.filter(
        urgent_at__isnull=False,
        reported_in__isnull=True,
        taken_off_at__isnull=True,
        meeting__body=meeting.body_id,
        meeting__starts_at__lt=meeting.starts_at,
        meeting__state__in=HELD,
    )
    return list(found.select_related("case").order_by("urgent_at", "pk"))


def number_of(item: AgendaItem, meeting: Meeting) -> str:
    """«DR 7/26», and «RS 3/26» for a referral item."""
    series = "RS" if item.kind == AgendaItem.Kind.REFERRAL else meeting.body.short_name or "DR"
    return f"{series} {item.number}/{meeting.year % 100:02d}" if item.number else ""


def clock(agenda: Agenda) -> dict[int, datetime]:
    """When each item begins, reckoned from the start of the meeting and the minutes planned for what comes before it."""
    found, at = {}, agenda.meeting.opened_at or agenda.meeting.starts_at
    for item in agenda.standing:
        found[item.pk] = at
        at += timedelta(minutes=item.minutes_planned)
    return found


def minutes_over(agenda: Agenda) -> int:
    """By how many minutes the agenda is longer than the meeting; 0 where it fits."""
    meeting = agenda.meeting
    room = int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
    return max(sum(item.minutes_planned for item in agenda.standing) - room, 0)


def treats(actor: Actor, meeting: Meeting) -> bool:
    """Is the actor of the body or its secretariat, who read what is not approved yet?"""
    return bool(actor.roles_in([meeting.owner_id]) & (SECRETARIAT | COUNCIL))


@dataclass(frozen=True)
class Row:
    """An item as one actor may read it. `opens`: also what was proposed and found, not the title alone."""

    item: AgendaItem
    number: str
    opens: bool
    paper: PaperVersion | None = None
    decided: tuple[Decision, ...] = ()
    starts: datetime | None = None
    # Closed, and the one who reads is neither of the body nor of its secretariat: not even the title is told.
    hidden: bool = False

    @property
    def initiative_id(self) -> int:
        """The initiative it is about; 0 where it is about none."""
        if self.hidden:
            return 0
        return (self.item.case.initiative_id or 0) if self.item.case else 0

    @property
    def round(self) -> Round | None:
        """The prioritisation round it is about, where it is about one."""
        return getattr(self.item.case, "round", None)

    @property
    def statements(self) -> list[Statement]:
        return list(self.item.statements.all()) if self.opens else []

    @property
    def title(self) -> str:
        if self.hidden:
            return self.item.open_title or _("Item behind closed doors")
        case = self.item.case
        return case.initiative.title if case and case.initiative else self.item.title

    @property
    def impartiality(self) -> list[Impartiality]:
        return list(self.item.impartiality.all()) if self.opens else []

    @property
    def state(self) -> str:
        """What became of the case where it no longer waits for the meeting, though nothing was found."""
        case = self.item.case
        if self.item.taken_off_at is not None:
            return _("Taken off the agenda")
        if self.item.reports is not None:
            said = {"number": number_of(self.item.reports, self.item.reports.meeting)}
            return _("Report: %(number)s was taken in as an urgent case") % said
        return str(STATES.get(case.state, "")) if case and not self.item.treated_at and case.state not in WAITS else ""


def visible_items(actor: Actor, agenda: Agenda) -> list[Row]:
    """The items with their numbers; an item whose case the actor may not see is left out (flow.md D.6)."""
    cases = [i.case_id for i in agenda.items if i.case_id]
    treating = treats(actor, agenda.meeting)
    if treating:  # every case of the house, unless row security hides what has left it
        seen = {i.case_id for i in agenda.items if i.case and (i.case.initiative or not i.case.initiative_id)}
    else:
        seen = set(cases_visible_to(actor).filter(pk__in=cases).values_list("pk", flat=True))
    approved = agenda.meeting.state == Meeting.State.APPROVED
    named = Responsibility.objects.filter(person_id=actor.person_or_none, initiative__cases__in=cases)
    mine = set(named.values_list("initiative_id", flat=True)) if approved and not treating else set()
    starts = clock(agenda)
    return [
        Row(
            i,
            number_of(i, agenda.meeting) or f"{place}.",
            treating or (approved and not i.closed_basis and _open_to(actor, i, mine)),
            agenda.papers.get(i.case_id or 0),
            tuple(agenda.decided.get(i.case_id or 0, ())),
            starts.get(i.pk),
            bool(i.closed_basis) and not treating,
        )
        for place, i in enumerate(agenda.items, 1)
        if i.case_id is None or i.case_id in seen
    ]


def _open_to(actor: Actor, item: AgendaItem, mine: set[int]) -> bool:
    initiative = item.case.initiative if item.case else None
    return initiative is None or sight(actor, initiative, involved=initiative.pk in mine) >= Sight.OPEN


def may_be_responsible(agenda: Agenda) -> list[Person]:
    """Those who can be given something to do after the meeting: who sits in the body, and who answers for its cases."""
    needs = [i.case.initiative_id for i in agenda.standing if i.case]
    rows = Responsibility.objects.filter(initiative__in=needs)
    named = Person.objects.filter(pk__in=rows.values("person_id"), active=True)
    found = {seat.person_id: seat.person for seat in agenda.seats} | {person.pk: person for person in named}
    return sorted(found.values(), key=lambda person: person.name)


def corrections_of(meeting: Meeting) -> list[MinutesCorrection]:
    """What has been corrected in the minutes since they were approved, the first first."""
    return list(meeting.corrections.select_related("item", "meeting__body", "corrected_by"))


def exempt_by(agenda: Agenda) -> dict[int, str]:
    """By which law something of an initiative on the agenda is exempt from public access, by initiative."""
    ids = {pk for item in agenda.items for pk in item.about_ids}
    found = exempt_groups(list(ids), on=localdate(agenda.meeting.starts_at))
    return {pk: ", ".join(sorted(set(groups.values()))) for pk, groups in found.items()}


@dataclass(frozen=True)
class Turnout:
    """How often one has been at the meetings of a body that one was to come to."""

    person: Person
    seat: str
    municipality: str
    called: int
    there: int
    remote: int

    @property
    def percent(self) -> int:
        """Of the meetings one was called to, how many per cent one came to."""
        return round(100 * self.there / self.called) if self.called else 0


def held_in(body: Body, *, year: int) -> int:
    """How many meetings the body has held in a year."""
    return Meeting.objects.filter(body=body, state__in=HELD, starts_at__year=year).count()


def turnout(body: Body, *, year: int) -> list[Turnout]:
    """Attendance of each who has sat in the body, in the meetings it has held in a year (S31)."""
    rows = Attendance.objects.filter(
        meeting__body=body, meeting__state__in=HELD, meeting__starts_at__year=year
    ).select_related("person", "seat__municipality")
    found: dict[tuple[int, str], list[Attendance]] = {}
    for row in rows.order_by("meeting__starts_at"):
        found.setdefault((row.person_id, row.seat.position), []).append(row)
    lines = []
    for (_person, position), own in found.items():
        there = [row for row in own if row.presence != Attendance.Presence.ABSENT]
        # A substitute is expected only where called, or when one came.
        called = own if position != "substitute" else [r for r in own if r.called_at is not None or r in there]
        last, remote = own[-1], sum(row.presence == Attendance.Presence.REMOTE for row in there)
        town = last.seat.municipality.name if last.seat.municipality else ""
        label = str(last.seat.get_position_display())
        lines.append(Turnout(last.person, label, town, len(called), len(there), remote))
    order = [str(label) for _value, label in Seat.Position.choices]
    return sorted(lines, key=lambda line: (order.index(line.seat), line.person.name))
