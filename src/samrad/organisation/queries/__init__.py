"""Reads about people and what is exempt, and the frame around every page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.core import signing
from django.db.models import Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy

from samrad.core.acting import acting_for
from samrad.core.manyids import one_of
from samrad.core.today import today_there
from samrad.core.verdict import Lack
from samrad.organisation.actors import Actor, actor_of, entities_of, persons_of_account
from samrad.organisation.models import (
    AccessLink,
    Account,
    Entity,
    Exemption,
    Membership,
    NoticeChoice,
    Notification,
    Person,
    RoleAssignment,
    Unit,
)
from samrad.organisation.notices import GROUPS, usual
from samrad.organisation.roles import (
    PERMISSIONS,
    ROLES,
    WITH_STAND_IN,
)


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


FIELDS: list[Callable[[list[int]], list[tuple[int, str]]]] = []
"""What answers with the professional fields of entities, (id, name); governance adds to it in config/wiring.py."""

CONSEQUENCES: list[Callable[[Entity, Entity, date], list[str]]] = []
"""What says what a cooperation no longer reads when a member leaves; later rooms add to it in config/wiring.py."""

LACKING: list[Callable[[Entity, date], list[Lack]]] = []
"""What says what an entity's set-up still lacks; later rooms add to it in config/wiring.py."""


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
        held = held.filter(unit_id=heir_of(unit_id, on=on))
    if field_id is not None:
        held = held.filter(Q(field_id=field_id) | Q(field_id__isnull=True))
    return Person.objects.filter(active=True, pk__in=held.values("person_id"))


def exempt_groups(initiative_ids: list[int], *, on: date) -> dict[int, dict[str, str]]:
    """For each initiative the exempt field groups and their legal basis."""
    found: dict[int, dict[str, str]] = {}
    for row in exemptions(initiative_ids, on=on):
        found.setdefault(row.initiative_id, {})[row.field_group] = row.legal_basis
    return found


def exemptions(initiative_ids: list[int], *, on: date) -> QuerySet[Exemption]:
    """The exemptions in force on a day."""
    return Exemption.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on),
        one_of("initiative_id", initiative_ids),
        lifted_at__isnull=True,
    )


def notifications_of(actor: Actor) -> QuerySet[Notification]:
    """What a person has been told, newest first."""
    return (
        Notification.objects.filter(person_id=actor.person_or_none) if actor.is_person else Notification.objects.none()
    )


def notice_choices(actor: Actor) -> dict[str, str]:
    """How the actor hears of each group of messages."""
    rows = NoticeChoice.objects.filter(person_id=actor.person_or_none).values_list("group", "delivery")
    return {group: str(usual(group)) for group in GROUPS} | dict(rows)


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

    @property
    def can_be_away(self) -> bool:
        """Does something wait for a role of one's own, so that somebody should stand in?"""
        return any(held.role in WITH_STAND_IN for held in self.actor.held)


NEEDS = {
    "archive": ("archive.see_filings", "archive.set_up"),
    "secretariat": ("secretariat.check_completeness",),
    "organisation": ("organisation.administer",),
}
NAV = [
    ("initiatives", "initiatives:initiative_list", gettext_lazy("Initiatives")),
    ("secretariat", "secretariat:case_list", gettext_lazy("Secretariat")),
    ("council", "council:meeting_list", gettext_lazy("Meetings")),
    ("portfolio", "portfolio:portfolio_list", gettext_lazy("Portfolio")),
    ("strategy", "strategy:strategy_list", gettext_lazy("Strategy")),
    ("systems", "systems:system_list", gettext_lazy("Systems")),
    ("archive", "archive:filing_list", gettext_lazy("Archive")),
    ("overview", "overview:steering_line", gettext_lazy("How we govern")),
    ("organisation", "organisation:admin_front", gettext_lazy("Administration")),
]


def frame_of(actor: Actor, *, path: str, language: str) -> Frame:
    """The frame around a page: a query for each thing that counts what waits, none for the public."""
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
                    "current": path.startswith(
                        url if room in ("overview", "organisation") else (f"/{room}/", f"/overview/{room}/")
                    ),
                }
            )
    return Frame(
        actor=actor,
        entity=actor.house,
        nav=nav,
        waiting_count=sum(count(actor) for count in WAITING) if actor.is_person else 0,
        language=language,
        demo=settings.DEMO,
    )


def persons_to_choose(account: Account, *, on: date) -> list[Person]:
    """The persons an account may act as, with their entity, asked before anyone acts."""
    found: list[Person] = []
    for person_id, entities in persons_of_account(account, on=on).items():
        with acting_for(entities):
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


def administered(actor: Actor) -> set[int]:
    """The entities an administrator answers for: where the role is held, and the members of such a cooperation."""
    held = {h.entity_id for h in actor.held if h.role == "administrator"}
    if not held:
        return held
    today = today_there()
    members = Membership.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today), cooperation_id__in=held, valid_from__lte=today
    )
    return held | set(members.values_list("member_id", flat=True))


def people_of(actor: Actor) -> QuerySet[Person]:
    """Everyone an administrator answers for, those who have left too; nobody for others."""
    ids = administered(actor)
    return Person.objects.filter(owner_id__in=ids) if ids else Person.objects.none()


def people_found(
    people: QuerySet[Person], *, text: str, entity: str, role: str, state: str, on: date
) -> QuerySet[Person]:
    """The people that match a search and the choices made."""
    for word in text.replace("\0", "").split()[:8]:
        people = people.filter(
            Q(name__icontains=word)
            | Q(email__icontains=word)
            | Q(title__icontains=word)
            | Q(unit__name__icontains=word)
        )
    if entity:
        people = people.filter(owner_id=int(entity))
    if role:
        held = RoleAssignment.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), role=role)
        people = people.filter(pk__in=held.values("person_id"))
    if state == "left":
        return people.filter(active=False)
    people = people.filter(active=True)
    if state == "never":
        people = people.filter(account__last_login__isnull=True)
    return people


def shared_with(entity: Entity, *, on: date) -> Entity | None:
    """The cooperation that a municipality's people are shared with: the first it joined.

    One it will join counts too: row security opens the share on the day itself.
    """
    found = Membership.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), member=entity)
    first = found.select_related("cooperation").order_by("valid_from", "pk").first()
    return first.cooperation if first else None


def units_of(entity_ids: Iterable[int], *, on: date | None = None) -> QuerySet[Unit]:
    """The sectors and units of some entities; with a day, those that are there then."""
    found = Unit.objects.filter(owner_id__in=list(entity_ids)).select_related("owner").order_by("owner__name", "name")
    return found.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on)) if on else found


def heir_of(unit_id: int, *, on: date) -> Coalesce:
    """The unit itself, or the one that has taken over after it was retired: an expression, so that it asks nothing."""
    over = Unit.objects.filter(pk=unit_id, valid_to__lt=on).values("merged_into_id")[:1]
    return Coalesce(Subquery(over), unit_id)


def fields_of(entity_ids: Iterable[int]) -> list[tuple[int, str]]:
    """The professional fields of some entities."""
    ids = list(entity_ids)
    return [pair for find in FIELDS for pair in find(ids)]


def lacks_of(entity: Entity, *, on: date) -> list[Lack]:
    """What an entity's set-up still lacks."""
    return [lack for find in LACKING for lack in find(entity, on)]


LINK_SALT = "samrad.organisation.access-link"


def link_path(link: AccessLink) -> str:
    """The address of a one-time link: signed with the installation's key, so that the database alone opens nothing."""
    token = signing.dumps({"link": link.pk, "house": link.owner_id}, salt=LINK_SALT)
    return reverse("organisation:link_open", args=[token])


def link_of(token: str, *, at: datetime, on: date) -> tuple[AccessLink, Actor] | None:
    """The open link of an address and the person it is for; None where it is used, too old or no link of ours."""
    try:
        said = signing.loads(token, salt=LINK_SALT)
    except signing.BadSignature:
        return None
    with acting_for(entities_of(said["house"], on=on)):
        link = AccessLink.objects.select_related("person__account", "person__owner").filter(pk=said["link"]).first()
        if link is None or not link.open_on(at) or not link.person.active or link.person.account is None:
            return None
        return link, actor_of(link.person_id, link.person.owner_id, on=on)


def nobody_yet() -> bool:
    """Is this installation new, with nobody who can sign in?"""
    return not Account.objects.exists()
