"""What administrators do with people: add, change, end and bring back; give and end roles."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from samrad.core.verdict import Refused, Stale
from samrad.eventlog.actions import record
from samrad.organisation import events
from samrad.organisation.actors import Actor, houses_of_account, stand_ins_for
from samrad.organisation.models import Account, Entity, Person, RoleAssignment, Unit
from samrad.organisation.policy import can_administer, can_end_person, can_end_role, can_make_link


@transaction.atomic
def add_person(
    *,
    by: Actor,
    at: datetime,
    owner: Entity,
    name: str,
    email: str,
    title: str = "",
    shared_with: Entity | None = None,
    unit: Unit | None = None,
    password: str | None = None,
    language: str = "",
    signs_in: bool = True,
) -> Person:
    """Add a person who works in, or is elected to, an entity; with an account to sign in with, unless said otherwise."""
    can_administer(by, owner.pk).require()
    address = email.strip().lower()
    if address and Person.objects.filter(owner=owner, email=address).exists():
        raise Refused(_("There is already a person with this e-mail address here. Find that person instead."))
    account = _account(address, password) if signs_in else None
    try:
        with transaction.atomic():
            person = Person.objects.create(
                owner=owner,
                shared_with=shared_with,
                account=account,
                name=name,
                title=title,
                email=address,
                unit=unit,
                language=language or owner.language,
            )
    except IntegrityError as error:
        if "one_person_per_account_and_entity" not in str(error):
            raise
        raise Refused(_("There is already a person with this e-mail address here. Find that person instead.")) from None
    record(events.PersonAdded(person_id=person.pk), by=by, at=at, house=person)
    return person


def _account(address: str, password: str | None = None) -> Account:
    account = Account.objects.filter(email=address).first() or Account.objects.create_user(address, password)
    if not account.is_active:
        account.is_active = True
        account.save(update_fields=["is_active"])
    return account


@transaction.atomic
def let_sign_in(*, by: Actor, at: datetime, person_id: int, version: int | None = None) -> Person:
    """Let a person who is only in the register sign in: the account is made, and a link can be."""
    person = _locked(person_id, version)
    can_make_link(by, person).require()
    if person.account is None:
        person.account = _account(person.email)
        person.save(update_fields=["account", "version"])
        record(events.PersonChanged(person_id=person.pk, fields=("account",)), by=by, at=at, house=person)
    return person


def _locked(person_id: int, version: int | None) -> Person:
    person = Person.objects.select_for_update(of=("self",)).select_related("owner", "account").get(pk=person_id)
    if version is not None and person.version != version:
        raise Stale(_("Someone has changed the person since you opened the page. Look at the page again."))
    person.version += 1
    return person


@transaction.atomic
def change_person(
    *,
    by: Actor,
    at: datetime,
    person_id: int,
    version: int,
    name: str,
    title: str,
    unit: Unit | None,
    language: str,
) -> Person:
    """Change what is written about a person. The e-mail address belongs to the account, and stays."""
    person = _locked(person_id, version)
    can_administer(by, person.owner_id).require()
    wanted = {"name": name, "title": title, "unit": unit, "language": language}
    changed = tuple(field for field, value in wanted.items() if getattr(person, field) != value)
    if changed:
        for field in changed:
            setattr(person, field, wanted[field])
        person.save(update_fields=[*changed, "version"])
        record(events.PersonChanged(person_id=person.pk, fields=changed), by=by, at=at, house=person)
    return person


@transaction.atomic
def end_person(*, by: Actor, at: datetime, person_id: int, version: int, on: date) -> Person:
    """Let a person who has left sign in no more, and end every role from the day itself."""
    person = _locked(person_id, version)
    can_end_person(by, person, on=on).require()
    for given in person.roles.filter(Q(valid_to=None) | Q(valid_to__gte=on)):
        _last_day(by, at, given, on - timedelta(days=1))
    person.active = False
    person.save(update_fields=["active", "version"])
    person.links.filter(ended_at=None).update(ended_at=at)
    account = person.account
    # The account answers for persons elsewhere too, who stay.
    if account is not None and not houses_of_account(account.pk):
        account.is_active = False
        account.save(update_fields=["is_active"])
    record(events.PersonEnded(person_id=person.pk), by=by, at=at, house=person)
    return person


@transaction.atomic
def bring_back_person(*, by: Actor, at: datetime, person_id: int, version: int) -> Person:
    """Let a person who had left sign in again. Roles are given anew."""
    person = _locked(person_id, version)
    can_administer(by, person.owner_id).require()
    person.active = True
    person.save(update_fields=["active", "version"])
    if person.account is not None and not person.account.is_active:
        person.account.is_active = True
        person.account.save(update_fields=["is_active"])
    record(events.PersonReturned(person_id=person.pk), by=by, at=at, house=person)
    return person


@transaction.atomic
def give_role(
    *,
    by: Actor,
    at: datetime,
    person: Person,
    role: str,
    valid_from: date,
    entity: Entity | None = None,
    unit: Unit | None = None,
    field_id: int | None = None,
    body_id: int | None = None,
    valid_to: date | None = None,
) -> RoleAssignment:
    """Give a person a role for an entity, from a date."""
    scope = entity or person.owner
    can_administer(by, person.owner_id).require()
    can_administer(by, scope.pk).require()
    given = RoleAssignment.objects.create(
        owner_id=person.owner_id,
        shared_with_id=person.shared_with_id,
        person=person,
        role=role,
        entity=scope,
        unit=unit,
        field_id=field_id,
        body_id=body_id,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    event = events.RoleGiven(person_id=person.pk, role=role, entity_id=given.entity_id)
    record(event, by=by, at=at, house=given)
    return given


def _last_day(by: Actor, at: datetime, given: RoleAssignment, last: date) -> None:
    """A role holds for the last time on a day, and for those who stand in for it. Permission is the caller's."""
    if last < given.valid_from:
        given.delete()  # it never held
    else:
        given.valid_to = last
        given.save(update_fields=["valid_to"])
    event = events.RoleEnded(person_id=given.person_id, role=given.role, entity_id=given.entity_id)
    record(event, by=by, at=at, house=given)
    if given.stands_in_for_id is None:
        for substitute in stand_ins_for(given, after=last):
            _last_day(by, at, substitute, last)


@transaction.atomic
def end_role(*, by: Actor, at: datetime, role_id: int, last_day: date) -> None:
    """End a role: it holds for the last time on this day. One that had not begun is taken away."""
    given = RoleAssignment.objects.select_for_update(of=("self",)).select_related("person").get(pk=role_id)
    can_end_role(by, given, on=last_day).require()
    _last_day(by, at, given, last_day)


@transaction.atomic
def hand_over_role(
    *,
    by: Actor,
    at: datetime,
    person: Person,
    role: str,
    entity: Entity,
    valid_from: date,
    unit: Unit | None = None,
    field_id: int | None = None,
) -> RoleAssignment:
    """Let a person have a role that only one has. Whoever has it now has it until the day before."""
    held = RoleAssignment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from), role=role, entity=entity, unit=unit, field_id=field_id
    ).filter(stands_in_for=None)
    mine = held.filter(person=person, valid_from__lte=valid_from, valid_to=None).first()
    for given in held.exclude(pk=mine.pk if mine else 0):
        end_role(by=by, at=at, role_id=given.pk, last_day=valid_from - timedelta(days=1))
    if mine is not None:
        return mine
    return give_role(
        by=by, at=at, person=person, role=role, valid_from=valid_from, entity=entity, unit=unit, field_id=field_id
    )
