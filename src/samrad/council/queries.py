"""Reads about meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from samrad.cases.models import Case
from samrad.cases.queries import visible_to as cases_visible_to
from samrad.council.models import AgendaItem, Attendance, Meeting
from samrad.governance.models import Body, Mandate, Seat
from samrad.organisation.actors import Actor

VOTING = ("chair", "deputy", "member")


def visible_to(actor: Actor) -> QuerySet[Meeting]:
    """The meetings of the bodies of one's own houses; none for the public."""
    return Meeting.objects.select_related("body") if actor.is_person else Meeting.objects.none()


def councils(actor: Actor) -> QuerySet[Body]:
    """The councils of one's own houses."""
    found = Body.objects.filter(kind=Body.Kind.COUNCIL, owner_id__in=actor.entities)
    return found if actor.is_person else found.none()


def seats_on(body_id: int, on: date) -> list[Seat]:
    """Who sits in the body on a day."""
    valid = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    found = Seat.objects.filter(valid, body_id=body_id, valid_from__lte=on)
    return list(found.select_related("person", "field", "municipality").order_by("position", "person__name"))


def mandate_on(body_id: int, on: date) -> Mandate | None:
    """The mandate in force on a day."""
    valid = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return Mandate.objects.filter(valid, body_id=body_id, valid_from__lte=on).order_by("-version").first()


def ready_cases(actor: Actor, body: Body) -> QuerySet[Case]:
    """The cases that can be put on the body's agenda."""
    found = cases_visible_to(actor).filter(state__in=["ready", "deferred"])
    mine = Q(shared_with_id=body.owner_id) | Q(owner_id=body.owner_id)
    return found.filter(mine).select_related("initiative").order_by("state_since")


@dataclass(frozen=True)
class Agenda:
    """A meeting with its items and who is there, as one actor may read it."""

    meeting: Meeting
    items: list[AgendaItem]
    seats: list[Seat]
    attendance: dict[int, Attendance]
    mandate: Mandate | None

    @property
    def present(self) -> set[int]:
        return {a.person_id for a in self.attendance.values() if a.presence != Attendance.Presence.ABSENT}


def agenda_of(meeting: Meeting, *, on: date) -> Agenda:
    """The items of a meeting and who sits there, in five queries."""
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


def visible_items(actor: Actor, agenda: Agenda) -> list[dict[str, Any]]:
    """The items with their numbers; an item whose case the actor may not see is left out."""
    seen = set(cases_visible_to(actor).filter(pk__in=[i.case_id for i in agenda.items]).values_list("pk", flat=True))
    return [
        {"item": i, "number": number_of(i, agenda.meeting)}
        for i in agenda.items
        if i.case_id is None or i.case_id in seen
    ]
