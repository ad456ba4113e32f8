"""Reads about meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from samrad.cases.models import Case, Decision
from samrad.cases.queries import visible_to as cases_visible_to
from samrad.cases.workflow import STATES
from samrad.council.models import AgendaItem, Attendance, Impartiality, Meeting, Statement
from samrad.governance.models import Body, Mandate, PlannedMeeting, Seat
from samrad.governance.queries import Met
from samrad.initiatives.models import Responsibility
from samrad.initiatives.queries import Sight, sight
from samrad.organisation.actors import Actor
from samrad.organisation.queries import exempt_groups
from samrad.organisation.roles import COUNCIL, SECRETARIAT
from samrad.secretariat.models import PaperVersion

VOTING = ("chair", "deputy", "member")
# The states in which an item still waits for the meeting; a case may be withdrawn while it stands on the agenda.
WAITS = ("on_agenda", "treated")
# Decided below the council: it hears of it afterwards.
BELOW = (Decision.Level.SECRETARIAT, Decision.Level.LINE)


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
    held = (Meeting.State.HELD, Meeting.State.APPROVED)
    return {
        m.planned_id: Met(
            url=reverse("council:meeting_detail", args=[m.pk]),
            held=m.state in held,
            uid=m.calendar_uid,
            sequence=m.calendar_sequence,
            starts_at=m.starts_at,
            ends_at=m.ends_at,
            place=m.place,
        )
        for m in Meeting.objects.filter(planned_id__in=planned_ids)
        if m.planned_id is not None
    }


def seats_on(body_id: int, on: date) -> list[Seat]:
    """Who sits in the body on a day, the chair first."""
    valid = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    found = Seat.objects.filter(valid, body_id=body_id, valid_from__lte=on)
    rows = found.select_related("person", "field", "municipality").order_by("person__name")
    return sorted(rows, key=lambda seat: Seat.Position.values.index(seat.position))


def mandate_on(body_id: int, on: date) -> Mandate | None:
    """The mandate in force on a day."""
    valid = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return Mandate.objects.filter(valid, body_id=body_id, valid_from__lte=on).order_by("-version").first()


def ready_cases(actor: Actor, body: Body) -> QuerySet[Case]:
    """The cases that can be put on the body's agenda."""
    found = cases_visible_to(actor).filter(state__in=["ready", "deferred"])
    mine = Q(shared_with_id=body.owner_id) | Q(owner_id=body.owner_id, shared_with__isnull=True)
    return found.filter(mine).select_related("initiative").order_by("state_since")


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
    told = AgendaItem.objects.filter(kind=AgendaItem.Kind.REFERRAL, case__isnull=False).values("case_id")
    decided = Decision.objects.filter(level__in=BELOW).exclude(outcome__in=["", Decision.Outcome.SENT_BACK])
    found = Case.objects.filter(mine, closed_at__isnull=False, pk__in=decided.values("case_id"))
    return list(found.exclude(pk__in=told).select_related("initiative").order_by("closed_at", "pk"))


@dataclass(frozen=True)
class Agenda:
    """A meeting with its items, and who sits there on its day."""

    meeting: Meeting
    items: list[AgendaItem]
    seats: list[Seat]
    attendance: dict[int, Attendance]
    mandate: Mandate | None
    # What was decided in each referral item's case, and each case paper as it was sent, by the case.
    decided: dict[int, list[Decision]]
    papers: dict[int, PaperVersion]

    @property
    def present(self) -> set[int]:
        return {a.person_id for a in self.attendance.values() if a.presence != Attendance.Presence.ABSENT}

    @property
    def waiting(self) -> list[AgendaItem]:
        """The items that need an outcome before the minutes can be approved."""
        return [i for i in self.items if i.case is not None and i.case.state in WAITS]


def agenda_of(meeting: Meeting) -> Agenda:
    """The items of a meeting and who sits there on the day it is held, in a few queries."""
    on = localdate(meeting.starts_at)
    items = list(
        meeting.items.select_related("case__initiative", "recommendation", "case__paper").prefetch_related(
            "impartiality__person", "statements__person"
        )
    )
    attendance = {a.seat_id: a for a in meeting.attendance.select_related("person", "seat")}
    seats, mandate = seats_on(meeting.body_id, on), mandate_on(meeting.body_id, on)
    return Agenda(meeting, items, seats, attendance, mandate, _decided(items), _papers(items))


def _decided(items: list[AgendaItem]) -> dict[int, list[Decision]]:
    referred = [i.case_id for i in items if i.kind == AgendaItem.Kind.REFERRAL and i.case_id]
    found: dict[int, list[Decision]] = {}
    if referred:
        rows = Decision.objects.filter(case__in=referred, level__in=BELOW).exclude(outcome="").order_by("pk")
        for row in rows.select_related("municipality", "decided_by"):
            found.setdefault(row.case_id, []).append(row)
    return found


def _papers(items: list[AgendaItem]) -> dict[int, PaperVersion]:
    sent = {i.case_id: i.paper_number for i in items if i.case_id and i.paper_number}
    rows = PaperVersion.objects.filter(case__in=sent) if sent else PaperVersion.objects.none()
    return {row.case_id: row for row in rows if sent[row.case_id] == row.number}


def number_of(item: AgendaItem, meeting: Meeting) -> str:
    """«DR 7/26», and «RS 3/26» for a referral item."""
    series = "RS" if item.kind == AgendaItem.Kind.REFERRAL else meeting.body.short_name or "DR"
    return f"{series} {item.number}/{meeting.year % 100:02d}" if item.number else ""


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

    @property
    def statements(self) -> list[Statement]:
        return list(self.item.statements.all()) if self.opens else []

    @property
    def title(self) -> str:
        case = self.item.case
        return case.initiative.title if case and case.initiative else self.item.title

    @property
    def impartiality(self) -> list[Impartiality]:
        return list(self.item.impartiality.all()) if self.opens else []

    @property
    def state(self) -> str:
        """What became of the case where it no longer waits for the meeting, though nothing was found."""
        case = self.item.case
        return str(STATES.get(case.state, "")) if case and not self.item.treated_at and case.state not in WAITS else ""


def visible_items(actor: Actor, agenda: Agenda) -> list[Row]:
    """The items with their numbers; an item whose case the actor may not see is left out (flow.md D.6)."""
    cases = [i.case_id for i in agenda.items if i.case_id]
    seen = set(cases_visible_to(actor).filter(pk__in=cases).values_list("pk", flat=True))
    treating = treats(actor, agenda.meeting)
    approved = agenda.meeting.state == Meeting.State.APPROVED
    named = Responsibility.objects.filter(person_id=actor.person_or_none, initiative__cases__in=cases)
    mine = set(named.values_list("initiative_id", flat=True)) if approved and not treating else set()
    return [
        Row(
            i,
            number_of(i, agenda.meeting),
            treating or (approved and _open_to(actor, i, mine)),
            agenda.papers.get(i.case_id or 0),
            tuple(agenda.decided.get(i.case_id or 0, ())),
        )
        for i in agenda.items
        if i.case_id is None or i.case_id in seen
    ]


def _open_to(actor: Actor, item: AgendaItem, mine: set[int]) -> bool:
    initiative = item.case.initiative if item.case else None
    return initiative is None or sight(actor, initiative, involved=initiative.pk in mine) >= Sight.OPEN


def exempt_by(agenda: Agenda) -> dict[int, str]:
    """By which law something of an item's initiative is exempt from public access, by initiative."""
    ids = [i.case.initiative_id for i in agenda.items if i.case and i.case.initiative_id]
    found = exempt_groups(ids, on=localdate(agenda.meeting.starts_at))
    return {pk: ", ".join(sorted(set(groups.values()))) for pk, groups in found.items()}
