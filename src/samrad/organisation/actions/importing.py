"""Bringing people and units in from a spreadsheet: nothing is read twice, nothing unreadable is hidden."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.core.sheets.files import Sheet
from samrad.core.verdict import Refused, Stale
from samrad.eventlog.actions import record
from samrad.organisation import events
from samrad.organisation.actions.access import make_link
from samrad.organisation.actions.entities import add_unit
from samrad.organisation.actions.people import add_person, change_person, give_role, let_sign_in
from samrad.organisation.actions.units import change_unit
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity, PeopleImport, Person, RoleAssignment, Unit
from samrad.organisation.planning import NewUnit, Plan, Planned, Standing, plan_of
from samrad.organisation.policy import can_administer
from samrad.organisation.queries import administered, shared_with
from samrad.organisation.reading import interpret
from samrad.organisation.roles import TREATING

# Roles that people of a municipality have in the house that governs for it.
ABOVE = TREATING | {"portfolio_manager", "observer"}


@dataclass
class ImportResult:
    """What an import of people did, or would do."""

    records: int
    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    units: int = 0
    accounts: int = 0
    links: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)
    unknown: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The form scripts read."""
        return asdict(self)


@transaction.atomic
def upload_people(
    *, by: Actor, at: datetime, owner: Entity, file_name: str, content: bytes, columns: Mapping[str, str]
) -> PeopleImport:
    """Upload a list of people and units, to look it over before anything comes in. One left half-way goes."""
    can_administer(by, owner.pk).require()
    PeopleImport.objects.filter(owner=owner, uploaded_by_id=by.person, imported_at=None).delete()
    batch = PeopleImport.objects.create(
        owner=owner,
        shared_with=shared_with(owner, on=localdate(at)),
        file_name=file_name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        columns=dict(columns),
        uploaded_by_id=by.person,
    )
    record(events.PeopleUploaded(import_id=batch.pk), by=by, at=at, house=batch)
    return batch


def lock_import(import_id: int, version: int) -> PeopleImport:
    """The import, locked for this transaction; Stale when it has come in, or was changed, since the page was made."""
    batch = PeopleImport.objects.select_for_update(of=("self",)).select_related("owner").get(pk=import_id)
    if batch.imported_at is not None:
        raise Stale(_("This list has been brought in already. Look at the result before you go on."))
    if version != batch.version:
        raise Stale(_("The columns were changed since you opened the page. Look at them again before you go on."))
    return batch


@transaction.atomic
def keep_columns(*, by: Actor, at: datetime, import_id: int, version: int, columns: Mapping[str, str]) -> PeopleImport:
    """Say what the columns of an uploaded list are."""
    batch = lock_import(import_id, version)
    can_administer(by, batch.owner_id).require()
    batch.columns = dict(columns)
    batch.version += 1
    batch.save(update_fields=["columns", "version"])
    record(events.PeopleUploaded(import_id=batch.pk), by=by, at=at, house=batch)
    return batch


@transaction.atomic
def import_people(
    *,
    by: Actor,
    at: datetime,
    owner: Entity,
    sheet: Sheet,
    columns: Mapping[str, str],
    accounts: bool = False,
    links: bool = False,
    batch: PeopleImport | None = None,
    dry_run: bool = False,
) -> ImportResult:
    """Bring people and units in. Without `accounts` nobody can sign in; with `links` each gets a one-time link."""
    can_administer(by, owner.pk).require()
    reading = interpret(sheet, columns)
    if "email" not in reading.states and not reading.states & {"sector", "unit"}:
        raise Refused(_("Say which column holds the e-mail address, or which holds the sector or unit."))
    plan = plan_of(reading, _standing(owner))
    result = _counted(reading.records, plan)
    if dry_run:
        return result
    _write(plan, result, by=by, at=at, owner=owner, accounts=accounts, links=links)
    _close(batch, result, by=by, at=at, owner=owner)
    return result


def _standing(owner: Entity) -> Standing:
    people = {p.email.casefold(): p for p in Person.objects.filter(owner=owner).select_related("unit") if p.email}
    units = {u.name.casefold(): u for u in Unit.objects.filter(owner=owner).select_related("parent")}
    held: dict[int, set[tuple[str, int | None]]] = {}
    for row in RoleAssignment.objects.filter(owner=owner, valid_to=None):
        held.setdefault(row.person_id, set()).add((row.role, row.unit_id))
    return Standing(people, units, {pk: frozenset(roles) for pk, roles in held.items()})


def _counted(records: int, plan: Plan) -> ImportResult:
    result = ImportResult(records, units=sum(1 for unit in plan.units.values() if unit.standing is None))
    for planned in plan.people:
        setattr(result, planned.change, getattr(result, planned.change) + 1)
    result.refused = [asdict(refusal) for refusal in plan.refused]
    result.unknown = [asdict(cell) for cell in plan.unknown]
    return result


def _write(
    plan: Plan, result: ImportResult, *, by: Actor, at: datetime, owner: Entity, accounts: bool, links: bool
) -> None:
    share, today = shared_with(owner, on=localdate(at)), localdate(at)
    units = {unit.name.casefold(): unit for unit in Unit.objects.filter(owner=owner)}
    for key, named in plan.units.items():
        units[key] = _unit(named, units, by=by, at=at, owner=owner, share=share)
    above = share if share is not None and share.pk in administered(by) else owner
    for planned in plan.people:
        if planned.row.email and planned.change != "unchanged":
            person = _person(planned, units, by=by, at=at, owner=owner, share=share)
            for role, sector in planned.roles:
                scope, where = (above if role in ABOVE else owner), units.get(sector)
                give_role(by=by, at=at, person=person, role=role, valid_from=today, entity=scope, unit=where)
    if accounts:
        emails = [planned.row.email for planned in plan.people if planned.row.email]
        for person in Person.objects.filter(owner=owner, email__in=emails, active=True).select_related("account"):
            _way_in(person, result, by=by, at=at, links=links)


def _unit(
    named: NewUnit, units: Mapping[str, Unit], *, by: Actor, at: datetime, owner: Entity, share: Entity | None
) -> Unit:
    parent, there = units.get(named.parent), named.standing
    if there is None:
        return add_unit(by=by, at=at, owner=owner, name=named.name, kind=named.kind, shared_with=share, parent=parent)
    return change_unit(
        by=by,
        at=at,
        unit_id=there.pk,
        version=there.version,
        name=there.name,
        kind=there.kind,
        parent=parent or there.parent,
        substitute=there.substitute,
    )


def _person(
    planned: Planned,
    units: Mapping[str, Unit],
    *,
    by: Actor,
    at: datetime,
    owner: Entity,
    share: Entity | None,
) -> Person:
    unit, person, values = units.get(planned.place), planned.person, planned.values
    if person is None:
        person = add_person(
            by=by,
            at=at,
            owner=owner,
            shared_with=share,
            email=planned.row.email,
            unit=unit,
            signs_in=False,
            **values,
        )
    elif values or (unit is not None and unit.pk != person.unit_id):
        person = change_person(
            by=by,
            at=at,
            person_id=person.pk,
            version=person.version,
            name=values.get("name", person.name),
            title=values.get("title", person.title),
            language=values.get("language", person.language),
            unit=unit or person.unit,
        )
    return person


def _way_in(person: Person, result: ImportResult, *, by: Actor, at: datetime, links: bool) -> None:
    if person.account is None:
        person = let_sign_in(by=by, at=at, person_id=person.pk)
        result.accounts += 1
    account = person.account
    if links and account is not None and not account.has_usable_password():
        make_link(by=by, at=at, person=person)
        result.links += 1


def _close(batch: PeopleImport | None, result: ImportResult, *, by: Actor, at: datetime, owner: Entity) -> None:
    if batch is not None:
        counts = result.as_json()
        batch.refused, batch.unknown = counts.pop("refused"), counts.pop("unknown")
        batch.counts, batch.content, batch.imported_at = counts, None, at
        batch.version += 1
        batch.save()
    event = events.PeopleImported(
        import_id=batch.pk if batch else None,
        imported=result.imported,
        updated=result.updated,
        unchanged=result.unchanged,
        refused=len(result.refused),
        unknown=len(result.unknown),
    )
    share = shared_with(owner, on=localdate(at))
    record(event, by=by, at=at, owner_id=owner.pk, shared_with_id=share.pk if share else None)
