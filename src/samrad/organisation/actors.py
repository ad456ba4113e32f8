"""Actor: the person who acts, with the roles held today and the entities row security lets through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from samrad.core.acting import acting_for
from samrad.core.verdict import Refused
from samrad.organisation.models import (
    Account,
    Entity,
    Membership,
    Person,
    RoleAssignment,
)
from samrad.organisation.roles import OUTSIDERS, roles_for


@dataclass(frozen=True)
class Held:
    """One role as it is held today."""

    role: str
    entity_id: int
    unit_id: int | None = None
    field_id: int | None = None
    body_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """Someone who acts. `person_id` is None for the system itself and for the public."""

    person_id: int | None
    name: str
    entity_id: int | None
    entities: tuple[int, ...]
    held: tuple[Held, ...] = field(default=())
    language: str = "nb"

    @property
    def is_person(self) -> bool:
        return self.person_id is not None

    @property
    def person(self) -> int:
        """The id of the person who acts, where only a person can."""
        if self.person_id is None:
            raise Refused(_("You must sign in to do this."))
        return self.person_id

    @property
    def person_or_none(self) -> int:
        """An id for look-ups that finds nothing where nobody is signed in."""
        return self.person_id or 0

    def roles_in(self, entity_ids: Iterable[int | None]) -> set[str]:
        """The roles held for any of these entities; «employee» follows from working in one of them."""
        ids = set(entity_ids)
        roles = {held.role for held in self.held if held.entity_id in ids}
        if self.entity_id in ids and self.is_person and not roles & OUTSIDERS:
            roles.add("employee")
        return roles

    def may(self, action: str, *entity_ids: int | None) -> bool:
        """Does a role held (for any of `entity_ids`, or for any entity at all where none is given) allow `action`?"""
        if entity_ids:
            roles = self.roles_in(entity_ids)
        else:
            roles = {held.role for held in self.held} | self.roles_in([self.entity_id])
        return bool(roles & roles_for(action))

    def holds(
        self,
        role: str,
        *,
        entity_id: int | None = None,
        unit_id: int | None = None,
        field_id: int | None = None,
        body_id: int | None = None,
    ) -> bool:
        """Is `role` held with this scope? A scope left out is not asked about."""
        return any(
            h.role == role
            and (entity_id is None or h.entity_id == entity_id)
            and (unit_id is None or h.unit_id == unit_id)
            and (field_id is None or h.field_id == field_id)
            and (body_id is None or h.body_id == body_id)
            for h in self.held
        )


PUBLIC = Actor(person_id=None, name="", entity_id=None, entities=())


def system_actor(entity_id: int, *, on: date) -> Actor:
    """The system acting for one entity: workers and what follows by itself."""
    return Actor(None, "Samråd", entity_id, entities_of(entity_id, on=on))


def entities_of(entity_id: int, *, on: date) -> tuple[int, ...]:
    """The entity itself and the cooperations it is a member of on the day."""
    cooperations = Membership.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        member_id=entity_id,
        valid_from__lte=on,
    ).values_list("cooperation_id", flat=True)
    return (entity_id, *sorted(cooperations))


def persons_of_account(account_id: int) -> list[tuple[int, int]]:
    """(person, entity) of an account, asked before anyone acts: through a function that answers this alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select person_id, entity_id from samrad_persons_of_account(%s)",
            [account_id],
        )
        return [(row[0], row[1]) for row in cursor.fetchall()]


def actor_of(person_id: int, entity_id: int, *, on: date) -> Actor:
    """The actor for a person, with today's roles. The caller must then act for `actor.entities`."""
    entities = entities_of(entity_id, on=on)
    with acting_for(entities):
        person = Person.objects.get(pk=person_id)
        rows = list(
            RoleAssignment.objects.filter(
                Q(valid_to__isnull=True) | Q(valid_to__gte=on),
                person_id=person_id,
                valid_from__lte=on,
            )
        )
    held = tuple(Held(r.role, r.entity_id, r.unit_id, r.field_id, r.body_id) for r in rows)
    return Actor(person_id, person.name, entity_id, entities, held, person.language)


def actor_by_email(email: str, organisation: str, *, on: date) -> Actor | None:
    """The actor an account has in the organisation with this slug, for the command line."""
    account = Account.objects.filter(email=email.strip().lower(), is_active=True).first()
    entity = Entity.objects.filter(slug=organisation).first()
    if account is None or entity is None:
        return None
    persons = persons_of_account(account.pk)
    for person_id, entity_id in sorted(persons, key=lambda p: p[1] != entity.pk):
        if entity.pk in entities_of(entity_id, on=on):
            return actor_of(person_id, entity_id, on=on)
    return None
