"""Reads about people and what is exempt, and the frame around every page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy

from samrad.core.acting import acting_for
from samrad.organisation.actors import Actor, entities_of, persons_of_account
from samrad.organisation.models import (
    Entity,
    Exemption,
    Notification,
    Person,
    RoleAssignment,
)
from samrad.organisation.roles import PERMISSIONS, ROLES


@dataclass(frozen=True)
class Enclosure:
    """A file that goes with a mail."""

    name: str
    content: bytes
    media_type: str


ENCLOSED: dict[str, Callable[[Notification], list[Enclosure]]] = {}
"""What goes with the mail of a kind of notification; later rooms add to it in config/wiring.py."""

WAITING: list[Callable[[Actor], int]] = []
"""What counts the things that wait for someone; later rooms add to it in config/wiring.py."""


def visible_to(actor: Actor) -> QuerySet[Person]:
    """The people of one's own entity and of the cooperations it is in; nobody for the public."""
    return Person.objects.filter(active=True) if actor.is_person else Person.objects.none()


def holders(
    role: str,
    *,
    entity_id: int,
    on: date,
    unit_id: int | None = None,
    field_id: int | None = None,
) -> QuerySet[Person]:
    """Who holds a role for an entity (and unit or field) on a day."""
    held = RoleAssignment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        role=role,
        entity_id=entity_id,
        valid_from__lte=on,
    )
    if unit_id is not None:
        held = held.filter(unit_id=unit_id)
    if field_id is not None:
        held = held.filter(Q(field_id=field_id) | Q(field_id__isnull=True))
    return Person.objects.filter(active=True, pk__in=held.values("person_id"))


def exempt_groups(initiative_ids: list[int], *, on: date) -> dict[int, dict[str, str]]:
    """For each initiative the exempt field groups and their legal basis."""
    found: dict[int, dict[str, str]] = {}
    rows = Exemption.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on),
        initiative_id__in=initiative_ids,
        lifted_at__isnull=True,
    )
    for row in rows:
        found.setdefault(row.initiative_id, {})[row.field_group] = row.legal_basis
    return found


def notifications_of(actor: Actor) -> QuerySet[Notification]:
    """What a person has been told, newest first."""
    return (
        Notification.objects.filter(person_id=actor.person_or_none) if actor.is_person else Notification.objects.none()
    )


@dataclass(frozen=True)
class Frame:
    """What the frame of a page shows: who one is, where one may go, how much waits."""

    actor: Actor
    entity: Entity | None
    nav: list[dict[str, object]]
    waiting_count: int
    language: str
    demo: bool

    app_version: str = settings.VERSION

    @property
    def signed_in(self) -> bool:
        return self.actor.is_person


NEEDS = {
    "archive": ("archive.see_filings", "archive.set_up"),
    "secretariat": ("secretariat.check_completeness",),
}
NAV = [
    ("initiatives", "initiatives:initiative_list", gettext_lazy("Initiatives")),
    ("secretariat", "secretariat:case_list", gettext_lazy("Secretariat")),
    ("council", "council:meeting_list", gettext_lazy("Meetings")),
    ("portfolio", "portfolio:portfolio_list", gettext_lazy("Portfolio")),
    ("archive", "archive:filing_list", gettext_lazy("Archive")),
    ("overview", "overview:steering_line", gettext_lazy("How we govern")),
]


def frame_of(actor: Actor, *, path: str, language: str) -> Frame:
    """The frame around a page: a query or two for one who is signed in, none for the public."""
    nav = []
    if actor.is_person:
        for room, name, label in NAV:
            if room in NEEDS and not any(actor.may(action) for action in NEEDS[room]):
                continue
            try:
                url = reverse(name)
            except NoReverseMatch:
                continue
            nav.append(
                {
                    "label": str(label),
                    "url": url,
                    # The story of an initiative lies in overview, but belongs under Initiatives.
                    "current": path.startswith(url if room == "overview" else (f"/{room}/", f"/overview/{room}/")),
                }
            )
    return Frame(
        actor=actor,
        entity=Entity.objects.filter(pk=actor.entity_id).first() if actor.entity_id else None,
        nav=nav,
        waiting_count=sum(count(actor) for count in WAITING) if actor.is_person else 0,
        language=language,
        demo=settings.DEMO,
    )


def persons_to_choose(account_id: int, *, on: date) -> list[Person]:
    """The persons an account may act as, with their entity, asked before anyone acts."""
    found: list[Person] = []
    for person_id, entity_id in persons_of_account(account_id):
        with acting_for(entities_of(entity_id, on=on)):
            found += Person.objects.filter(pk=person_id).select_related("owner", "unit")
    return sorted(found, key=lambda person: person.owner.name)


@dataclass(frozen=True)
class DemoGroup:
    """The demo's people with one role."""

    code: str
    label: str
    people: list[Person]


def demo_people(*, on: date) -> list[DemoGroup]:
    """Everyone in the demo who can sign in, by role. For the demo only: it acts for every entity."""
    with acting_for(Entity.objects.values_list("pk", flat=True)):
        people = list(
            Person.objects.filter(active=True, account__isnull=False)
            .select_related("owner", "unit")
            .order_by("owner__name", "name")
        )
        held = RoleAssignment.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on
        ).values_list("person_id", "role")
        roles: dict[int, set[str]] = {}
        for person_id, role in held:
            roles.setdefault(person_id, set()).add(role)
    groups = []
    for code, label in ROLES.items():
        members = [p for p in people if code in roles.get(p.pk, {"employee"})]
        if members:
            groups.append(DemoGroup(code, str(label), members))
    return groups


def demo_person(person_id: int) -> Person | None:
    """One of the demo's people, to sign in as. For the demo only."""
    with acting_for(Entity.objects.values_list("pk", flat=True)):
        people = Person.objects.filter(pk=person_id, active=True, account__is_active=True)
        return people.select_related("account", "owner").first()


@dataclass(frozen=True)
class MatrixRow:
    """One action, and for each role whether it may."""

    action: str
    label: str
    marks: list[tuple[str, bool]]


def role_matrix() -> tuple[list[str], list[MatrixRow]]:
    """Who may do what: the roles, and one row an action, made from the one table in code."""
    labels = [str(label) for label in ROLES.values()]
    rows = [
        MatrixRow(action, str(label), [(str(ROLES[role]), role in allowed) for role in ROLES])
        for action, (label, allowed) in PERMISSIONS.items()
    ]
    return labels, rows
