"""Bringing in milestones, money, risks and people from a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from samrad.core.models import house_of
from samrad.core.sheets.files import Sheet
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.portfolio.actions.rowplans import columns_known, outcomes_of
from samrad.portfolio.actions.rowscenes import RowResult, scene_of, told
from samrad.portfolio.events import bringing as events
from samrad.portfolio.models import Portfolio, Project, RowImport
from samrad.portfolio.policy import can_bring
from samrad.portfolio.queries import units_led
from samrad.portfolio.sheets.bringing import read_rows
from samrad.portfolio.sheets.kinds import KINDS


@transaction.atomic
def import_rows(
    *,
    by: Actor,
    at: datetime,
    portfolio: Portfolio,
    kind: str,
    sheet: Sheet,
    columns: Mapping[str, str],
    file_name: str = "",
    all_or_nothing: bool = False,
    dry_run: bool = False,
    batch: RowImport | None = None,
) -> RowResult:
    """Bring in milestones, money, risks or people. The same file again changes nothing; a new version what differs.

    Refused are rows that cannot be told apart or whose project (unit) is not found; what a cell cannot say is listed.
    `all_or_nothing` brings in nothing when a row is refused. `dry_run` only says what would happen.
    """
    can_bring(by, portfolio, kind).require()
    columns_known(kind, sheet, columns).require()
    if not dry_run:
        _lock(by, at, portfolio, kind)
    reading = read_rows(sheet, KINDS[kind], columns)
    outcomes = outcomes_of(scene_of(by, at), portfolio, kind, reading.rows)
    result = told(reading.records, outcomes, reading.refused)
    if all_or_nothing and result.refused:
        result.imported = result.updated = result.unchanged = 0
        result.stopped = True
    elif not dry_run:
        for outcome in outcomes:
            for do in outcome.do:
                do()
        batch = batch or RowImport(**house_of(portfolio), portfolio=portfolio, kind=kind, uploaded_at=at)
        close_rows(by=by, at=at, batch=batch, result=result, file_name=file_name)
    return result


def _lock(by: Actor, at: datetime, portfolio: Portfolio, kind: str) -> None:
    """Keep what is read for deciding as it is until it is done."""
    # Two imports at once would both find a row missing, and make it twice.
    Portfolio.objects.select_for_update(of=("self",)).get(pk=portfolio.pk)
    # Nor may a list be changed by hand between it is read and written again. People are of units, which others import to.
    mine: QuerySet[Any] = Project.objects.filter(portfolio=portfolio)
    if kind == RowImport.Kind.PEOPLE:
        mine = units_led(by, on=localdate(at))
    list(mine.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


@transaction.atomic
def close_rows(*, by: Actor, at: datetime, batch: RowImport, result: RowResult, file_name: str) -> RowImport:
    """Keep what an import of rows did, and let the file go. Permission is the caller's."""
    counts = result.as_json()
    batch.refused, batch.unknown = counts.pop("refused"), counts.pop("unknown")
    batch.file_name, batch.counts, batch.content = batch.file_name or file_name[:200], counts, None
    batch.imported_at, batch.imported_by_id = at, by.person
    batch.version = (batch.version or 0) + 1
    batch.save()
    result.batch_id = batch.pk
    numbers = {name: counts[name] for name in ("imported", "updated", "unchanged")}
    event = events.RowsImported(
        portfolio_id=batch.portfolio_id,
        import_id=batch.pk,
        what=batch.kind,
        refused=len(batch.refused),
        unknown=len(batch.unknown),
        **numbers,
    )
    record(event, by=by, at=at, house=batch.portfolio)
    return batch
