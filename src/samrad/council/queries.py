"""Reads about meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from samrad.cases.models import Case
from samrad.cases.queries import visible_to as cases_visible_to
from samrad.cases.workflow import STATES
from samrad.council.models import AgendaItem, Attendance, Impartiality, Meeting
from samrad.governance.models import Body, Mandate, PlannedMeeting, Seat
from samrad.initiatives.models import Responsibility
from samrad.initiatives.queries import Sight, sight
from samrad.organisation.actors import Actor
from samrad.organisation.queries import exempt_groups
from samrad.organisation.roles import COUNCIL, SECRETARIAT

VOTING = ("chair", "deputy", "member")
# The states in which an item still waits for the meeting; a case may be withdrawn while it stands on the agenda.
WAITS = ("on_agenda", "treated")


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


@dataclass(frozen=True)
class Agenda:
    """A meeting with its items, and who sits there on its day."""

    meeting: Meeting
    items: list[AgendaItem]
    seats: list[Seat]
    attendance: dict[int, Attendance]
    mandate: Mandate | None

    @property
    def present(self) -> set[int]:
        return {a.person_id for a in self.attendance.values() if a.presence != Attendance.Presence.ABSENT}

    @property
    def waiting(self) -> list[AgendaItem]:
        """The items that need an outcome before the minutes can be approved."""
        return [i for i in self.items if i.case is not None and i.case.state in WAITS]


def agenda_of(meeting: Meeting) -> Agenda:
    """The items of a meeting and who sits there on the day it is held, in five queries."""
    on = localdate(meeting.starts_at)
    items = list(
        meeting.items.select_related("case__initiative", "recommendation", "case__paper").prefetch_related(
            "impartiality__person"
        )
    )
    attendance = {a.seat_id: a for a in meeting.attendance.select_related("person", "seat")}
    return Agenda(meeting, items, seats_on(meeting.body_id, on), attendance, mandate_on(meeting.body_id, on))


def number_of(item: AgendaItem, meeting: Meeting) -> str:
    """«DR 7/26»."""
    return f"{meeting.body.short_name or 'DR'} {item.number}/{meeting.year % 100:02d}" if item.number else ""


def treats(actor: Actor, meeting: Meeting) -> bool:
    """Is the actor of the body or its secretariat, who read what is not approved yet?"""
    return bool(actor.roles_in([meeting.owner_id]) & (SECRETARIAT | COUNCIL))


@dataclass(frozen=True)
class Row:
    """An item as one actor may read it. `opens`: also what was proposed and found, not the title alone."""

    item: AgendaItem
    number: str
    opens: bool

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
        Row(i, number_of(i, agenda.meeting), treating or (approved and _open_to(actor, i, mine)))
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
