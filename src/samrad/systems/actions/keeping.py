"""Putting a system in the register, changing what stands about it, and taking it out of use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Refused, Stale
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.systems import events
from samrad.systems.content import BY_CODE, SYSTEM_CODES, TERMS_CODES, column
from samrad.systems.models import System, SystemVersion, Terms
from samrad.systems.policy import can_change, can_register, can_retire
from samrad.systems.queries import cooperation_of, plain, value_of

Part = SystemVersion.Part


@transaction.atomic
def register_system(
    *,
    by: Actor,
    at: datetime,
    owner_id: int,
    values: Mapping[str, Any],
    shared: bool = True,
    terms_shared: bool = False,
    source_id: str = "",
    unknown: Mapping[str, Any] | None = None,
) -> System:
    """Put a system in the register. It is shared with the cooperation unless one says no; its contract only if one says yes."""
    can_register(by, owner_id).require()
    share = cooperation_of(owner_id, on=localdate(at))
    system = System(
        owner_id=owner_id,
        shared_with_id=share if shared else None,
        source_id=source_id,
        registered_at=at,
        registered_by_id=by.person_id,
        updated_at=at,
    )
    _check_name(system, str(values.get("name", "")))
    _set(system, values, SYSTEM_CODES, unknown or {})
    system.save()
    terms = Terms(owner_id=owner_id, shared_with_id=share if shared and terms_shared else None, system=system)
    terms_changed = _set(terms, values, TERMS_CODES, unknown or {})
    terms.save()
    filled = [code for code in SYSTEM_CODES if value_of(system, code) not in (None, "")]
    _keep(system, Part.SYSTEM, system, SYSTEM_CODES, filled, by=by, at=at)
    _keep(system, Part.TERMS, terms, TERMS_CODES, terms_changed, by=by, at=at)
    record(events.SystemRegistered(system_id=system.pk), by=by, at=at, house=system)
    return system


@transaction.atomic
def change_system(
    *,
    by: Actor,
    at: datetime,
    system_id: int,
    version: int | None,
    values: Mapping[str, Any],
    shared: bool | None = None,
    terms_shared: bool | None = None,
    source_id: str | None = None,
    unknown: Mapping[str, Any] | None = None,
) -> System:
    """Change what stands about a system. What it was before stays in its history."""
    system = _lock(system_id, version)
    can_change(by, system).require()
    if "name" in values:
        _check_name(system, str(values["name"]))
    terms = Terms.objects.filter(system=system).first() or Terms(system=system, owner_id=system.owner_id)
    moved = _share(system, terms, shared, terms_shared, at=at)
    changed = _set(system, values, SYSTEM_CODES, unknown or {})
    terms_changed = _set(terms, values, TERMS_CODES, unknown or {})
    renamed = source_id is not None and source_id != system.source_id
    if not (changed or terms_changed or moved or renamed or unknown):
        return system
    system.source_id = system.source_id if source_id is None else source_id
    system.version += 1
    system.updated_at = at
    system.save()
    if "end_date" in terms_changed:
        terms.warned_months = None  # another end is another warning
    terms.save()
    if changed:
        _keep(system, Part.SYSTEM, system, SYSTEM_CODES, changed, by=by, at=at)
    if terms_changed:
        _keep(system, Part.TERMS, terms, TERMS_CODES, terms_changed, by=by, at=at)
    event = events.SystemChanged(system_id=system.pk, fields=(*changed, *terms_changed), to_version=system.version)
    record(event, by=by, at=at, house=system)
    if moved:
        told = events.SystemShared(
            system_id=system.pk, shared=system.shared_with_id is not None, terms_shared=terms.shared_with_id is not None
        )
        record(told, by=by, at=at, house=system)
    return system


@transaction.atomic
def retire_system(*, by: Actor, at: datetime, system_id: int, version: int | None) -> System:
    """Take a system out of use. It stays in the register with its history, and can be taken into use again."""
    system = _lock(system_id, version)
    can_retire(by, system).require()
    values = {"lifecycle": System.Lifecycle.RETIRED, "lifecycle_date": localdate(at)}
    changed = _set(system, values, SYSTEM_CODES, {})
    system.version += 1
    system.updated_at = at
    system.save()
    _keep(system, Part.SYSTEM, system, SYSTEM_CODES, changed, by=by, at=at)
    record(events.SystemRetired(system_id=system.pk), by=by, at=at, house=system)
    return system


def _lock(system_id: int, version: int | None) -> System:
    system = System.objects.select_for_update(of=("self",)).get(pk=system_id)
    if version is not None and version != system.version:
        raise Stale(_("Someone has changed the system since you opened the page. Look at it again before you save."))
    return system


def _check_name(system: System, name: str) -> None:
    """A name is given, and only one system of the owner has it."""
    if not name.strip():
        raise Refused(_("Give the system a name."))
    others = System.objects.filter(owner_id=system.owner_id, name__iexact=name.strip()).exclude(pk=system.pk)
    if others.exists():
        raise Refused(_("«%(name)s» is in the register already.") % {"name": name.strip()})


def _set(row: System | Terms, values: Mapping[str, Any], codes: Iterable[str], unknown: Mapping[str, Any]) -> list[str]:
    """Set what differs, note what could not be read, and answer with what was changed."""
    changed, left = [], dict(row.unknown)
    for code in codes:
        if code in unknown:
            left[code] = unknown[code]
        if code not in values:
            continue
        value = values[code]
        if value_of(row, code) != value:
            setattr(row, column(code), value)
            changed.append(code)
        if value not in (None, "") and code not in unknown:
            left.pop(code, None)
    row.unknown = left
    return changed


def _share(system: System, terms: Terms, shared: bool | None, terms_shared: bool | None, *, at: datetime) -> bool:
    """Share with the cooperation or only have it oneself; a contract is never shared further than its system."""
    before = (system.shared_with_id, terms.shared_with_id)
    share = cooperation_of(system.owner_id, on=localdate(at))
    if shared is not None:
        system.shared_with_id = share if shared else None
    if terms_shared is not None:
        terms.shared_with_id = share if terms_shared else None
    if system.shared_with_id is None:
        terms.shared_with_id = None
    return before != (system.shared_with_id, terms.shared_with_id)


def _keep(
    system: System,
    part: SystemVersion.Part,
    row: System | Terms,
    codes: Iterable[str],
    changed: list[str],
    *,
    by: Actor,
    at: datetime,
) -> None:
    last = system.versions.filter(part=part).order_by("-number").values_list("number", flat=True).first()
    SystemVersion.objects.create(
        **house_of(row),
        system=system,
        part=part,
        number=(last or 0) + 1,
        content=plain(row, codes),
        changed=[code for code in changed if code in BY_CODE],
        made_at=at,
        made_by_id=by.person_id,
    )
