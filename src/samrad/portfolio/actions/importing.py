"""Bringing projects in from a spreadsheet: the good rows come in, nothing is read twice, nothing unreadable is hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Refused
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.portfolio import events
from samrad.portfolio.actions.import_rows import _lock, _plan, _Planned, _write
from samrad.portfolio.actions.previews import first_projects
from samrad.portfolio.models import ImportBatch, Portfolio
from samrad.portfolio.policy import can_import
from samrad.portfolio.queries import earlier_import
from samrad.portfolio.sheets import Mapping, Reading, Row, Sheet, bind, interpret
from samrad.portfolio.sheets.rows import NO_ID
from samrad.portfolio.sheets.seen import ReadRow

PART = 500  # so many rows are written at a time
Progress = Callable[[int, int], object]
"""Is told how many rows are in, of how many."""


@dataclass
class ImportResult:
    """What an import did, or would do. `stopped`: nothing came in; `handed_on`: the worker brings it in.

    `first`: the first good rows as they were read, where it only says what would happen.
    """

    records: int
    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)
    unknown: list[dict[str, Any]] = field(default_factory=list)
    first: list[ReadRow] = field(default_factory=list)
    batch_id: int | None = None
    stopped: bool = False
    handed_on: bool = False

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

    def count(self, planned: list[_Planned]) -> None:
        """Add what these rows are."""
        for plan in planned:
            setattr(self, plan.change, getattr(self, plan.change) + 1)


def _parts(reading: Reading) -> Iterator[list[Row]]:
    return (reading.rows[start : start + PART] for start in range(0, len(reading.rows), PART))


def _result(reading: Reading) -> ImportResult:
    return ImportResult(
        records=reading.records,
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
    progress: Progress = lambda _done, _total: None,
) -> ImportResult:
    """Bring in the projects of a spreadsheet. The same file again changes nothing; a new version updates what differs.

    Only rows that cannot be identified are refused. `all_or_nothing` brings in nothing when one is. `dry_run` only
    says what would happen. An initiative is taken in for each new project («tatt inn ved innføring»).
    """
    can_import(by, portfolio).require()
    _require_ids(mapping, sheet)
    if not dry_run:
        # Two imports at once would both find a project missing, and make it twice.
        Portfolio.objects.select_for_update(of=("self",)).get(pk=portfolio.pk)
    reading = interpret(sheet, mapping)
    result = _result(reading)
    if all_or_nothing and result.refused:
        result.stopped = True
        return result
    if dry_run:
        for rows in _parts(reading):
            planned = _plan(portfolio, reading, rows)
            result.count(planned)
            result.first = result.first or first_projects(planned)
        return result
    batch = batch or ImportBatch(**house_of(portfolio), portfolio=portfolio)
    batch.file_name, batch.sha256 = batch.file_name or file_name[:200], batch.sha256 or sha256
    _open_batch(batch, reading, mapping=mapping, by=by)
    for rows in _parts(reading):
        _bring_in(batch, reading, rows, result, by=by, at=at)
        progress(batch.done, batch.total)
    _close_batch(batch, result, by=by, at=at)
    result.batch_id = batch.pk
    return result


def _require_ids(mapping: Mapping, sheet: Sheet) -> None:
    """Refuse a sheet where no column holds the id of each project."""
    if "source_id" not in bind(mapping, sheet.headers):
        raise Refused(_("Say which column holds the id of each project. Without it no row can be identified."))


def _open_batch(batch: ImportBatch, reading: Reading, *, mapping: Mapping, by: Actor) -> None:
    """Begin: what is brought in by which columns, and which earlier import it is held against."""
    batch.mapping_name, batch.mapping = mapping.name[:80], mapping.as_json()
    batch.total, batch.done, batch.imported_by_id = len(reading.rows), 0, by.person
    batch.unidentified = [refusal.title for refusal in reading.refused if refusal.reason == NO_ID and refusal.title]
    batch.compared_with = earlier_import(batch, {row.source_id for row in reading.rows})
    batch.save()


def _bring_in(
    batch: ImportBatch, reading: Reading, rows: Sequence[Row], result: ImportResult, *, by: Actor, at: datetime
) -> None:
    _lock(batch.portfolio, rows)
    planned = _plan(batch.portfolio, reading, rows)
    _write(planned, portfolio=batch.portfolio, batch=batch, reading=reading, by=by, at=at)
    result.count(planned)
    batch.done += len(rows)


def _close_batch(batch: ImportBatch, result: ImportResult, *, by: Actor, at: datetime) -> None:
    """End: the file goes, and what came of it stays."""
    batch.content = None
    counts = result.as_json()
    batch.refused, batch.unknown = counts.pop("refused"), counts.pop("unknown")
    batch.counts = counts
    batch.imported_at = at
    batch.version += 1
    batch.save()
    event = events.ProjectsImported(
        portfolio_id=batch.portfolio_id,
        batch_id=batch.pk,
        imported=result.imported,
        updated=result.updated,
        unchanged=result.unchanged,
        refused=len(result.refused),
        unknown=len(result.unknown),
    )
    record(event, by=by, at=at, house=batch)
