"""Bringing projects in from a spreadsheet: the good rows come in, nothing is read twice, nothing unreadable is hidden."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Refused
from samrad.eventlog.actions import record
from samrad.initiatives.actions import save_imported_title, take_in_initiative
from samrad.organisation.actors import Actor
from samrad.portfolio import events
from samrad.portfolio.models import ImportBatch, Portfolio, Project, ProjectAmount, UnknownCell
from samrad.portfolio.policy import can_import
from samrad.portfolio.sheets import TARGETS, Mapping, Reading, Row, Sheet, Value, bind, interpret
from samrad.portfolio.sheets.mapping import MONEY

# What an amount is called in the portfolio, by the field it came from.
KINDS = {t: t for t, kind in TARGETS.items() if kind == MONEY} | {"benefits_amount": "benefits"}
FIELDS = {"owner_name": 200, "department": 200, "category": 200}
TEXTS = (
    "description", "phase", "rating_comment", "schedule_text", "variance_text", "cost_text", "benefits_text",
    "evaluation_plan",
)  # fmt: skip
PHASES = (
    ("idea", ("idé", "ide", "idea")),
    ("concept", ("konsept", "concept", "outline")),
    ("realise", ("realis", "gevinst", "benefit")),
    ("plan", ("plan",)),
    ("close", ("avslutt", "avslutning", "clos")),
    ("done", ("ferdig", "fullført", "done", "complete")),
)


@dataclass
class ImportResult:
    """What an import did, or would do."""

    records: int
    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)
    unknown: list[dict[str, Any]] = field(default_factory=list)
    batch_id: int | None = None
    stopped: bool = False

    def as_json(self) -> dict[str, Any]:
        """The form scripts read."""
        return {
            "records": self.records,
            "imported": self.imported,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "unknown": self.unknown,
        }


def _plain(value: Any) -> Any:
    """A value as it is hashed and kept: numbers and dates as text, numbers without idle zeros."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value


def _amounts(row: Row, reading: Reading) -> dict[str, dict[str, Any]]:
    """The amounts of a row by kind, each with its own currency, unit and price base."""
    found = {}
    for target, kind in KINDS.items():
        if target not in row.values:
            continue
        value, rule = row.values[target], reading.bound[target].rule
        found[kind] = {
            "value": _rounded(value.number),
            "low": _rounded(value.low),
            "high": _rounded(value.high),
            "currency": rule.currency or "NOK",
            "unit": rule.unit,
            "price_base": rule.price_base,
            "unknown_reason": str(value.reason or ""),
            "source_text": value.text,
        }
    return found


def _rounded(value: Any) -> Decimal | None:
    return value.quantize(Decimal("0.0001")) if isinstance(value, Decimal) else None


def _title(row: Row) -> str:
    value = row.values.get("title")
    return " ".join(value.word.split()) if value and value.word else row.source_id


def _rating(value: Value) -> str:
    return "exempt" if value.reason == "exempt" else value.word


def _facts(row: Row) -> dict[str, Any]:
    """The columns of the project that the row states; what the file has no column for is left as it is."""
    facts: dict[str, Any] = {name: row.values[name].word[:most] for name, most in FIELDS.items() if name in row.values}
    facts |= {name: row.values[name].day for name in ("start_date", "end_date") if name in row.values}
    if "rating" in row.values:
        facts["source_rating"] = _rating(row.values["rating"])
    return facts


def _texts(row: Row) -> dict[str, str]:
    texts = {name: row.values[name].word for name in TEXTS if name in row.values}
    if len(_title(row)) > 200:
        texts["title"] = _title(row)
    return {name: text for name, text in texts.items() if text}


def _fingerprint(row: Row, amounts: dict[str, dict[str, Any]]) -> str:
    said = {
        "title": _title(row),
        "facts": {name: _plain(value) for name, value in _facts(row).items()},
        "texts": _texts(row),
        "amounts": {k: {n: _plain(v) for n, v in a.items()} for k, a in amounts.items()},
        "unknown": [[cell.column, cell.text, cell.reason] for cell in row.unknown],
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _phase(row: Row) -> str:
    said = row.values["phase"].word.casefold() if "phase" in row.values else ""
    return next((code for code, words in PHASES if any(word in said for word in words)), "execute")


@dataclass(frozen=True)
class _Planned:
    row: Row
    amounts: dict[str, dict[str, Any]]
    fingerprint: str
    standing: Project | None
    change: str


def _plan(portfolio: Portfolio, reading: Reading) -> list[_Planned]:
    ids = [row.source_id for row in reading.rows]
    standing = {
        project.source_id: project
        for project in Project.objects.filter(portfolio=portfolio, source_id__in=ids).select_related("initiative")
    }
    planned = []
    for row in reading.rows:
        amounts = _amounts(row, reading)
        fingerprint, project = _fingerprint(row, amounts), standing.get(row.source_id)
        same = project is not None and project.source_fingerprint == fingerprint
        change = "imported" if project is None else "unchanged" if same else "updated"
        planned.append(_Planned(row, amounts, fingerprint, project, change))
    return planned


def _result(reading: Reading, planned: Iterable[_Planned]) -> ImportResult:
    changes = [p.change for p in planned]
    return ImportResult(
        records=reading.records,
        imported=changes.count("imported"),
        updated=changes.count("updated"),
        unchanged=changes.count("unchanged"),
        refused=[{"record": r.record, "line": r.line, "reason": r.reason} for r in reading.refused],
        unknown=[{"record": c.record, "column": c.column, "text": c.text, "reason": c.reason} for c in reading.unknown],
    )


@transaction.atomic
def import_projects(
    *,
    by: Actor,
    at: datetime,
    portfolio: Portfolio,
    sheet: Sheet,
    mapping: Mapping,
    file_name: str = "",
    sha256: str = "",
    all_or_nothing: bool = False,
    dry_run: bool = False,
    batch: ImportBatch | None = None,
) -> ImportResult:
    """Bring in the projects of a spreadsheet. The same file again changes nothing; a new version updates what differs.

    Only rows that cannot be identified are refused. `all_or_nothing` brings in nothing when one is. `dry_run` only
    says what would happen. An initiative is taken in for each new project («tatt inn ved innføring»).
    """
    can_import(by, portfolio).require()
    if "source_id" not in bind(mapping, sheet.headers):
        raise Refused(_("Say which column holds the id of each project. Without it no row can be identified."))
    if not dry_run:
        # Two imports at once would both find a project missing, and make it twice.
        Portfolio.objects.select_for_update(of=("self",)).get(pk=portfolio.pk)
    reading = interpret(sheet, mapping)
    planned = _plan(portfolio, reading)
    result = _result(reading, planned)
    if all_or_nothing and result.refused:
        result.imported = result.updated = result.unchanged = 0
        result.stopped = True
        return result
    if dry_run:
        return result
    batch = batch or ImportBatch(**house_of(portfolio), portfolio=portfolio)
    _close_batch(batch, result, file_name=file_name, sha256=sha256, mapping=mapping, by=by, at=at)
    _write(planned, portfolio=portfolio, batch=batch, by=by, at=at)
    result.batch_id = batch.pk
    event = events.ProjectsImported(
        portfolio_id=portfolio.pk,
        batch_id=batch.pk,
        imported=result.imported,
        updated=result.updated,
        unchanged=result.unchanged,
        refused=len(result.refused),
        unknown=len(result.unknown),
    )
    record(event, by=by, at=at, house=portfolio)
    return result


def _close_batch(
    batch: ImportBatch, result: ImportResult, *, file_name: str, sha256: str, mapping: Mapping, by: Actor, at: datetime
) -> None:
    batch.file_name = batch.file_name or file_name[:200]
    batch.sha256 = batch.sha256 or sha256
    batch.mapping_name, batch.mapping = mapping.name[:80], mapping.as_json()
    batch.content = None
    counts = result.as_json()
    batch.refused, batch.unknown = counts.pop("refused"), counts.pop("unknown")
    batch.counts = counts
    batch.imported_at, batch.imported_by_id = at, by.person
    batch.version = (batch.version or 0) + 1
    batch.save()


def _take_in(row: Row, *, portfolio: Portfolio, by: Actor, at: datetime) -> Project:
    initiative = take_in_initiative(
        by=by,
        at=at,
        owner_id=portfolio.owner_id,
        shared_with_id=portfolio.shared_with_id,
        title=_title(row),
        source_id=row.source_id,
        phase=_phase(row),
    )
    return Project(
        **house_of(portfolio),
        initiative=initiative,
        portfolio=portfolio,
        source_id=row.source_id,
        entered_at=at,
        updated_at=at,
    )


def _filled(plan: _Planned, *, portfolio: Portfolio, by: Actor, at: datetime) -> Project:
    """The project as the file states it, made or changed, not yet saved."""
    project = plan.standing
    if project is None:
        project = _take_in(plan.row, portfolio=portfolio, by=by, at=at)
    else:
        project.version += 1
        if project.initiative.title != _title(plan.row)[:200]:
            save_imported_title(by=by, at=at, initiative=project.initiative, title=_title(plan.row))
    for name, value in _facts(plan.row).items():
        setattr(project, name, value)
    read = {name for name in TEXTS if name in plan.row.values} | {"title"}
    kept = {name: text for name, text in project.texts.items() if name not in read}
    project.texts = kept | _texts(plan.row)
    project.source_fingerprint = plan.fingerprint
    project.updated_at = at
    return project


COLUMNS = [*FIELDS, "start_date", "end_date", "source_rating", "texts", "source_fingerprint", "updated_at", "version"]


def _write(planned: list[_Planned], *, portfolio: Portfolio, batch: ImportBatch, by: Actor, at: datetime) -> None:
    """Write what is new and what differs, in bulk, with one event for each project."""
    house = house_of(portfolio)
    differing = [plan for plan in planned if plan.change != "unchanged"]
    changed = [(plan, _filled(plan, portfolio=portfolio, by=by, at=at)) for plan in differing]
    Project.objects.bulk_create(project for plan, project in changed if plan.standing is None)
    standing = [project for plan, project in changed if plan.standing is not None]
    if standing:
        Project.objects.bulk_update(standing, COLUMNS, batch_size=200)
    ids = [project.pk for project in standing]
    UnknownCell.objects.filter(project_id__in=ids).delete()
    kinds = {kind for plan in differing for kind in plan.amounts}
    ProjectAmount.objects.filter(project_id__in=ids, kind__in=kinds).delete()
    ProjectAmount.objects.bulk_create(
        ProjectAmount(**house, project=project, kind=kind, **amount)
        for plan, project in changed
        for kind, amount in plan.amounts.items()
    )
    UnknownCell.objects.bulk_create(
        UnknownCell(**house, project=project, column=c.column[:200], target=c.target, text=c.text, reason=c.reason)
        for plan, project in changed
        for c in plan.row.unknown
    )
    for plan, project in changed:
        event = events.ProjectImported(
            initiative_id=project.initiative_id, project_id=project.pk, batch_id=batch.pk, change=plan.change
        )
        record(event, by=by, at=at, house=project)
