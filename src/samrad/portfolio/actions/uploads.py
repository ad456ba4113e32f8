"""Uploading a spreadsheet of rows for a portfolio, and saying what its columns are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from samrad.core.models import house_of
from samrad.core.sheets.uploads import require_as_shown
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.portfolio.events import bringing as events
from samrad.portfolio.models import Portfolio, RowImport
from samrad.portfolio.policy import can_bring
from samrad.portfolio.sheets.kinds import KINDS


@transaction.atomic
def upload_rows(
    *,
    by: Actor,
    at: datetime,
    portfolio: Portfolio,
    kind: str,
    file_name: str,
    content: bytes,
    columns: Mapping[str, str],
) -> RowImport:
    """Upload a spreadsheet of rows, to look it over before anything comes in. An earlier one left half-way goes."""
    can_bring(by, portfolio, kind).require()
    mine = RowImport.objects.filter(portfolio=portfolio, imported_by_id=by.person, imported_at__isnull=True)
    mine.delete()
    batch = RowImport.objects.create(
        **house_of(portfolio),
        portfolio=portfolio,
        kind=kind,
        file_name=file_name[:200],
        content=content,
        columns=dict(columns),
        uploaded_at=at,
        imported_by_id=by.person,
    )
    record(events.RowsUploaded(portfolio_id=portfolio.pk, import_id=batch.pk, what=kind), by=by, at=at, house=portfolio)
    return batch


def lock_rows(import_id: int, version: int | None) -> RowImport:
    """The upload, locked for this transaction; Stale when it has come in, or was changed, since the page was made."""
    batch = RowImport.objects.select_for_update(of=("self",)).select_related("portfolio").get(pk=import_id)
    require_as_shown(batch, version)
    return batch


@transaction.atomic
def keep_row_columns(
    *, by: Actor, at: datetime, import_id: int, version: int | None, columns: Mapping[str, str]
) -> RowImport:
    """Say what the columns of an uploaded spreadsheet of rows are."""
    batch = lock_rows(import_id, version)
    can_bring(by, batch.portfolio, batch.kind).require()
    known = KINDS[batch.kind].by_code
    batch.columns = {header: target for header, target in columns.items() if target in known}
    batch.version += 1
    batch.save()
    record(
        events.RowColumnsKept(portfolio_id=batch.portfolio_id, import_id=batch.pk), by=by, at=at, house=batch.portfolio
    )
    return batch
