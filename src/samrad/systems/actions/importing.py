"""Bringing systems in from a spreadsheet: the good rows come in, nothing is read twice, nothing unreadable is hidden."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.core.sheets.files import Sheet
from samrad.core.sheets.uploads import require_as_shown
from samrad.core.verdict import Refused
from samrad.eventlog.actions import record
from samrad.governance.models import Field
from samrad.organisation.actors import Actor
from samrad.systems import events
from samrad.systems.actions.keeping import change_system, register_system
from samrad.systems.content import SYSTEM_CODES
from samrad.systems.models import RegisterImport, System, Terms
from samrad.systems.policy import can_import
from samrad.systems.queries import cooperation_of, people_of, value_of
from samrad.systems.reading import TARGETS, Names, Reading, Row, interpret

NAME_TAKEN = "name_taken"


@dataclass
class ImportResult:
    """What an import did, or would do."""

    records: int
    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)
    unknown: list[dict[str, Any]] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """The numbers of it."""
        return {
            "records": self.records,
            "imported": self.imported,
            "updated": self.updated,
            "unchanged": self.unchanged,
        }


@transaction.atomic
def upload_register(
    *, by: Actor, at: datetime, owner_id: int, file_name: str, content: bytes, columns: Mapping[str, str], shared: bool
) -> RegisterImport:
    """Upload a spreadsheet of systems, to look it over before anything comes in. An earlier one left half-way goes."""
    can_import(by).require()
    RegisterImport.objects.filter(owner_id=owner_id, imported_by_id=by.person, imported_at__isnull=True).delete()
    batch = RegisterImport(
        owner_id=owner_id,
        file_name=file_name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        columns=dict(columns),
        shared=shared,
        uploaded_at=at,
        imported_by_id=by.person,
    )
    can_import(by, batch).require()
    batch.save()
    record(events.RegisterUploaded(import_id=batch.pk), by=by, at=at, house=batch)
    return batch


def lock_import(import_id: int, version: int | None) -> RegisterImport:
    """The upload, locked for this transaction; Stale when it has come in, or was changed, since the page was made."""
    batch = RegisterImport.objects.select_for_update(of=("self",)).get(pk=import_id)
    require_as_shown(batch, version)
    return batch


@transaction.atomic
def keep_columns(
    *, by: Actor, at: datetime, import_id: int, version: int | None, columns: Mapping[str, str]
) -> RegisterImport:
    """Say what the columns of an uploaded spreadsheet are."""
    batch = lock_import(import_id, version)
    can_import(by, batch).require()
    batch.columns = {header: target for header, target in columns.items() if target in TARGETS}
    if "name" not in batch.columns.values():
        raise Refused(_("Say which column holds the name of each system."))
    batch.version += 1
    batch.save()
    record(events.ColumnsKept(import_id=batch.pk), by=by, at=at, house=batch)
    return batch


def _names(owner_id: int, at: datetime) -> Names:
    people: dict[str, list[int]] = {}
    for pk, name in people_of(owner_id).values_list("pk", "name"):
        people.setdefault(" ".join(name.split()).casefold(), []).append(pk)
    houses = [owner_id, cooperation_of(owner_id, on=localdate(at))]
    fields = Field.objects.filter(owner_id__in=[h for h in houses if h]).values_list("name", "pk")
    return Names(people, {name.casefold(): pk for name, pk in fields})


@dataclass(frozen=True)
class _Planned:
    row: Row
    standing: System | None
    change: str
    values: dict[str, Any]
    unknown: dict[str, dict[str, str]]


def _plan(batch: RegisterImport, reading: Reading) -> tuple[list[_Planned], list[dict[str, Any]]]:
    """What each row would do; those whose name belongs to a system with another id are refused."""
    systems = list(System.objects.filter(owner_id=batch.owner_id).select_related("terms"))
    by_id = {s.source_id: s for s in systems if s.source_id}
    by_name = {s.name.casefold(): s for s in systems}
    planned, refused = [], []
    for row in reading.rows:
        named = by_name.get(row.name.casefold())
        standing = by_id.get(row.source_id) if row.source_id else named
        if standing is None and named is not None and not named.source_id:
            standing = named  # registered by hand, and now known by its id as well
        if named is not None and named is not standing:
            refused.append({"record": row.record, "line": row.line, "reason": NAME_TAKEN, "name": row.name})
            continue
        planned.append(_differs(row, standing))
    return planned, refused


def _row_of(system: System, code: str) -> System | Terms:
    return system if code in SYSTEM_CODES else system.terms


def _differs(row: Row, standing: System | None) -> _Planned:
    if standing is None:
        return _Planned(row, None, "imported", row.values, row.unknown)
    values = {code: v for code, v in row.values.items() if value_of(_row_of(standing, code), code) != v}
    # What someone has filled in by hand stays when the cell cannot be read.
    unknown = {
        code: cell
        for code, cell in row.unknown.items()
        if value_of(_row_of(standing, code), code) in (None, "") and _row_of(standing, code).unknown.get(code) != cell
    }
    same = not values and not unknown and (not row.source_id or row.source_id == standing.source_id)
    return _Planned(row, standing, "unchanged" if same else "updated", values, unknown)


@transaction.atomic
def import_systems(
    *,
    by: Actor,
    at: datetime,
    batch: RegisterImport,
    sheet: Sheet,
    dry_run: bool = False,
) -> ImportResult:
    """Bring in the systems of a spreadsheet. The same file again changes nothing; a new version updates what differs."""
    can_import(by, batch).require()
    reading = interpret(sheet, batch.columns, _names(batch.owner_id, at))
    planned, taken = _plan(batch, reading)
    changes = [plan.change for plan in planned]
    result = ImportResult(
        reading.records, changes.count("imported"), changes.count("updated"), changes.count("unchanged")
    )
    refused = [{"record": r.record, "line": r.line, "reason": r.reason, "name": r.name} for r in reading.refused]
    result.refused = sorted([*refused, *taken], key=lambda r: int(r["record"]))
    result.unknown = [
        {"record": p.row.record, "line": p.row.line, "name": p.row.name, "column": p.row.columns[code], **cell}
        for p in planned
        for code, cell in p.row.unknown.items()
    ]
    result.unknown += [
        {"record": r.number, "line": r.line, "name": "", "column": "", "text": text[:500], "reason": "beyond_columns"}
        for r, text in reading.beyond
    ]
    if dry_run:
        return result
    for plan in planned:
        _bring_in(plan, batch, by=by, at=at)
    _close(batch, result, by=by, at=at)
    event = events.RegisterImported(
        import_id=batch.pk,
        imported=result.imported,
        updated=result.updated,
        unchanged=result.unchanged,
        refused=len(result.refused),
        unknown=len(result.unknown),
    )
    record(event, by=by, at=at, house=batch)
    return result


def _bring_in(plan: _Planned, batch: RegisterImport, *, by: Actor, at: datetime) -> None:
    given: dict[str, Any] = {"by": by, "at": at, "values": plan.values, "unknown": plan.unknown}
    if plan.change == "imported":
        register_system(**given, owner_id=batch.owner_id, shared=batch.shared, source_id=plan.row.source_id)
    elif plan.change == "updated" and plan.standing is not None:
        source = plan.row.source_id or None
        change_system(**given, system_id=plan.standing.pk, version=None, source_id=source)


def _close(batch: RegisterImport, result: ImportResult, *, by: Actor, at: datetime) -> None:
    batch.content = None
    batch.counts, batch.refused, batch.unknown = result.counts(), result.refused, result.unknown
    batch.imported_at, batch.imported_by_id = at, by.person
    batch.version += 1
    batch.save()
