"""Setting up how the house governs: fields and bodies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from samrad.eventlog.actions import record
from samrad.governance import events
from samrad.governance.models import Body, Field
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.organisation.policy import can_administer


@transaction.atomic
def add_field(
    *,
    by: Actor,
    at: datetime,
    owner: Entity,
    code: str,
    name: str,
    kostra: Sequence[str] = (),
    shared_with: Entity | None = None,
) -> Field:
    """Add a professional field with its KOSTRA functions."""
    can_administer(by, owner.pk).require()
    field = Field.objects.create(
        owner=owner, shared_with=shared_with, code=code, name=name, kostra_functions=list(kostra)
    )
    record(events.FieldAdded(field_id=field.pk), by=by, at=at, house=field)
    return field


@transaction.atomic
def use_expert_group(*, by: Actor, at: datetime, field: Field, on: bool) -> Field:
    """Switch the expert group's step on or off for a professional field. What is asked already, stands."""
    can_administer(by, field.owner_id).require()
    field.uses_expert_group = on
    field.save(update_fields=["uses_expert_group"])
    record(events.ExpertGroupSwitched(field_id=field.pk, on=on), by=by, at=at, house=field)
    return field


@transaction.atomic
def set_up_body(
    *,
    by: Actor,
    at: datetime,
    owner: Entity,
    kind: str,
    name: str,
    short_name: str = "",
    shared_with: Entity | None = None,
    field: Field | None = None,
) -> Body:
    """Set up a council, a secretariat or another body."""
    can_administer(by, owner.pk).require()
    body = Body.objects.create(
        owner=owner, shared_with=shared_with, kind=kind, name=name, short_name=short_name, field=field
    )
    record(events.BodySetUp(body_id=body.pk), by=by, at=at, house=body)
    return body


@transaction.atomic
def change_field(
    *, by: Actor, at: datetime, field_id: int, name: str, kostra: Sequence[str], uses_expert_group: bool
) -> Field:
    """Rename a professional field, change its KOSTRA functions, or switch its expert group on or off."""
    field = Field.objects.select_for_update(of=("self",)).get(pk=field_id)
    can_administer(by, field.owner_id).require()
    wanted = {"name": name, "kostra_functions": list(kostra), "uses_expert_group": uses_expert_group}
    changed = tuple(key for key, value in wanted.items() if getattr(field, key) != value)
    if changed:
        for key in changed:
            setattr(field, key, wanted[key])
        field.save(update_fields=changed)
        record(events.FieldChanged(field_id=field.pk, fields=changed), by=by, at=at, house=field)
    return field


@transaction.atomic
def rename_body(*, by: Actor, at: datetime, body_id: int, name: str) -> Body:
    """Give a body another name."""
    body = Body.objects.select_for_update(of=("self",)).get(pk=body_id)
    can_administer(by, body.owner_id).require()
    if body.name != name:
        body.name = name
        body.save(update_fields=["name"])
        record(events.BodyRenamed(body_id=body.pk), by=by, at=at, house=body)
    return body
