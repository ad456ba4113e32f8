"""Actor: the person who acts, with the roles held today and the entities row security lets through."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import F, FilteredRelation, JSONField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.timezone import localdate
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

logger = logging.getLogger(__name__)


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
    house: Entity | None = field(default=None, compare=False)

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


def sweep_houses(
    now: datetime,
    due: Callable[[int, date], Iterable[int]],
    act: Callable[[Actor, int], object],
    *,
    failed: str,
) -> None:
    """Do what is due in each entity: `due` finds its rows by id, `act` does with one what is to be done with it.

    Each row has its own transaction: one that fails must not keep the others waiting. It is logged as `failed`.
    """
    on = localdate(now)
    for entity_id in Entity.objects.order_by("pk").values_list("pk", flat=True):
        by = system_actor(entity_id, on=on)
        with acting_for(by.entities):
            ids = list(due(entity_id, on))
        for pk in ids:
            try:
                with acting_for(by.entities):
                    act(by, pk)
            except Exception:
                logger.exception(failed, pk)


def entities_of(entity_id: int, *, on: date) -> tuple[int, ...]:
    """The entity itself and the cooperations it is a member of on the day."""
    cooperations = Membership.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        member_id=entity_id,
        valid_from__lte=on,
    ).values_list("cooperation_id", flat=True)
    return (entity_id, *sorted(cooperations))


PERSONS = """(
  select coalesce(jsonb_agg(jsonb_build_array(p.person_id, p.entity_id, array(
    select m.cooperation_id from organisation_membership m
    where m.member_id = p.entity_id and m.valid_from <= %s and (m.valid_to is null or m.valid_to >= %s)
    order by 1)) order by p.person_id), '[]')
  from samrad_persons_of_account(organisation_account.id) p
)"""


def with_persons(*, on: date) -> QuerySet[Account, Any]:
    """The accounts with the persons of each, and the entities these act for on the day.

    Asked before anyone acts: who the persons are comes through a function that answers this alone.
    """
    return Account.objects.annotate(persons_read=RawSQL(PERSONS, [on, on], output_field=JSONField()))


def persons_of_account(account: Account, *, on: date) -> dict[int, tuple[int, ...]]:
    """The persons of an account, each with the entities it acts for on the day, its own first."""
    read: Any = account if hasattr(account, "persons_read") else with_persons(on=on).get(pk=account.pk)
    return {person: (entity, *cooperations) for person, entity, cooperations in read.persons_read}


def houses_of_account(account_id: int) -> dict[int, int]:
    """The persons of an account, each with the entity it belongs to; anyone may ask it, through that same function."""
    with connection.cursor() as cursor:
        cursor.execute("select person_id, entity_id from samrad_persons_of_account(%s) order by 1", [account_id])
        return {row[0]: row[1] for row in cursor.fetchall()}


def actor_of(person_id: int, entity_id: int, *, on: date) -> Actor:
    """The actor for a person, with today's roles. The caller must then act for `actor.entities`."""
    entities = entities_of(entity_id, on=on)
    with acting_for(entities):
        return acting_actor(person_id, entities, on=on)


def acting_actor(person_id: int, entities: tuple[int, ...], *, on: date) -> Actor:
    """The same where the transaction already acts for the person's `entities`: person, house and roles in one query."""
    today = Q(roles__valid_to__isnull=True) | Q(roles__valid_to__gte=on)
    rows = list(
        Person.objects.filter(pk=person_id)
        .select_related("owner")
        .annotate(
            today=FilteredRelation("roles", condition=today & Q(roles__valid_from__lte=on)),
            held_role=F("today__role"),
            held_entity=F("today__entity_id"),
            held_unit=F("today__unit_id"),
            held_field=F("today__field_id"),
            held_body=F("today__body_id"),
        )
        .order_by("today__id")
    )
    if not rows:
        raise Person.DoesNotExist
    person = rows[0]
    held = tuple(Held(r.held_role, r.held_entity, r.held_unit, r.held_field, r.held_body) for r in rows if r.held_role)
    return Actor(person_id, person.name, entities[0], entities, held, person.language, person.owner)


def actor_by_email(email: str, organisation: str, *, on: date) -> Actor | None:
    """The actor an account has in the organisation with this slug, for the command line."""
    account = Account.objects.filter(email=email.strip().lower(), is_active=True).first()
    entity = Entity.objects.filter(slug=organisation).first()
    if account is None or entity is None:
        return None
    persons = persons_of_account(account, on=on)
    for person_id, entities in sorted(persons.items(), key=lambda p: p[1][0] != entity.pk):
        if entity.pk in entities:
            return actor_of(person_id, entities[0], on=on)
    return None


def candidates_for(held: RoleAssignment) -> QuerySet[Person]:
    """Those who can stand in for a role: everyone else who works where its holder does, the outsiders left out."""
    outside = RoleAssignment.objects.filter(role__in=OUTSIDERS).values("person_id")
    rows = Person.objects.filter(active=True, owner_id=held.owner_id).exclude(pk=held.person_id)
    return rows.exclude(pk__in=outside).order_by("name")


def roles_to_cover(person_id: int, roles: Iterable[str], *, on: date) -> QuerySet[RoleAssignment]:
    """The roles of a person that somebody can stand in for: held now or later, and the person's own."""
    rows = RoleAssignment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), person_id=person_id, role__in=list(roles), stands_in_for=None
    )
    return rows.select_related("person", "entity", "unit").order_by("role", "pk")


def stand_ins_of(person_id: int, *, on: date) -> QuerySet[RoleAssignment]:
    """Those who stand in for a person, now or later."""
    rows = RoleAssignment.objects.filter(stands_in_for_id=person_id, valid_to__gte=on)
    return rows.select_related("person", "entity", "unit").order_by("valid_from", "pk")


def stand_ins_for(held: RoleAssignment, *, after: date) -> QuerySet[RoleAssignment]:
    """Those who stand in for this one role of its holder later than a day."""
    return RoleAssignment.objects.filter(
        stands_in_for_id=held.person_id,
        role=held.role,
        entity_id=held.entity_id,
        unit=held.unit,
        field_id=held.field_id,
        body_id=held.body_id,
        valid_to__gt=after,
    )
