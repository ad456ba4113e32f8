"""The administrator's log: who changed what in the organisation and its rules, narrowed by person, kind and date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from samrad.eventlog.models import Event
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity, Person, Unit
from samrad.organisation.queries import administered
from samrad.organisation.roles import ROLES

LOGGED: dict[str, Promise] = {
    "organisation.EntityAdded": gettext_lazy("Organisation added"),
    "organisation.MembershipAsked": gettext_lazy("Municipality asked to be a member"),
    "organisation.MembershipAnswered": gettext_lazy("Municipality answered whether to be a member"),
    "organisation.MembershipChanged": gettext_lazy("Membership of cooperation changed"),
    "organisation.MembershipUndone": gettext_lazy("Change of membership undone"),
    "organisation.PeopleShared": gettext_lazy("People shared with the cooperation"),
    "organisation.UnitAdded": gettext_lazy("Sector or unit added"),
    "organisation.UnitChanged": gettext_lazy("Sector or unit changed"),
    "organisation.UnitRetired": gettext_lazy("Sector or unit retired"),
    "organisation.UnitKept": gettext_lazy("Sector or unit kept after all"),
    "organisation.PeopleMoved": gettext_lazy("People moved to the unit that took over"),
    "organisation.PersonAdded": gettext_lazy("Person added"),
    "organisation.PersonChanged": gettext_lazy("Person changed"),
    "organisation.PersonEnded": gettext_lazy("Person left"),
    "organisation.PersonReturned": gettext_lazy("Person came back"),
    "organisation.RoleGiven": gettext_lazy("Role given"),
    "organisation.RoleEnded": gettext_lazy("Role ended"),
    "organisation.AccessLinkMade": gettext_lazy("One-time link made"),
    "organisation.PasswordChosen": gettext_lazy("Password chosen"),
    "organisation.PasswordChanged": gettext_lazy("Password changed"),
    "organisation.PeopleUploaded": gettext_lazy("List of people uploaded"),
    "organisation.PeopleImported": gettext_lazy("People and units brought in"),
}
"""What the log shows, by kind of event; later rooms add their own in config/wiring.py."""

NAMED: dict[str, type] = {"unit_id": Unit, "into_id": Unit, "entity_id": Entity, "member_id": Entity}
"""What the ids in an event name, beside people; later rooms add their own in config/wiring.py."""


@dataclass(frozen=True)
class LogLine:
    """One thing that was done with the organisation."""

    at: datetime
    kind: str
    who: str
    about: str
    role: str


@dataclass(frozen=True)
class Narrowed:
    """What the log is narrowed to; nothing where it is not."""

    text: str = ""
    kind: str = ""
    first: date | None = None
    last: date | None = None


def organisation_log(actor: Actor, *, person_id: int | None = None) -> QuerySet[Event]:
    """What has been done with organisations, people, roles and rules that an administrator answers for, newest first."""
    found = Event.objects.filter(owner_id__in=administered(actor), kind__in=list(LOGGED))
    if person_id is not None:
        found = found.filter(data__person_id=person_id)
    return found.order_by("-at", "-id")


def log_found(events: QuerySet[Event], narrowed: Narrowed) -> QuerySet[Event]:
    """The events of a kind, between two days, that someone did or that are about them."""
    if narrowed.kind in LOGGED:
        events = events.filter(kind=narrowed.kind)
    if narrowed.first:
        events = events.filter(at__date__gte=narrowed.first)
    if narrowed.last:
        events = events.filter(at__date__lte=narrowed.last)
    if narrowed.text:
        people = Person.objects.all()
        for word in narrowed.text.replace("\0", "").split()[:8]:
            people = people.filter(Q(name__icontains=word) | Q(email__icontains=word))
        ids = list(people.values_list("pk", flat=True)[:500])
        events = events.filter(Q(by_person_id__in=ids) | Q(data__person_id__in=ids))
    return events


def log_lines(events: Iterable[Event]) -> list[LogLine]:
    """Events as lines to read, with the names of those they are about."""
    rows = list(events)
    ids = {row.by_person_id for row in rows} | {row.data.get("person_id") for row in rows}
    people = dict(Person.objects.filter(pk__in=[i for i in ids if i]).values_list("pk", "name"))
    named = {key: _names(model, [row.data.get(key) for row in rows]) for key, model in NAMED.items()}
    return [
        LogLine(
            at=row.at,
            kind=str(LOGGED[row.kind]),
            who=people.get(row.by_person_id, "") if row.by_person_id else "Samråd",
            about=people.get(row.data.get("person_id"), "") or _about(row, named),
            role=str(ROLES.get(row.data.get("role", ""), "")),
        )
        for row in rows
    ]


def _names(model: type, ids: list[int | None]) -> dict[int, str]:
    wanted = {i for i in ids if i}
    return {row.pk: str(row) for row in model.objects.filter(pk__in=wanted)} if wanted else {}  # type: ignore[attr-defined]  # a model


def _about(row: Event, named: dict[str, dict[int, str]]) -> str:
    parts = [names.get(row.data.get(key) or 0, "") for key, names in named.items()]
    return " → ".join(part for part in parts if part)
