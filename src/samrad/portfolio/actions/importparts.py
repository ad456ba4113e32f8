"""A large import: asked for here, brought in by the worker part by part, each in a transaction of its own.

The row says how far it has come, so whoever takes it up after a stop goes on from there, and nothing comes in twice.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.verdict import Refused
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.portfolio import events
from samrad.portfolio.actions.importing import (
    PART,
    ImportResult,
    _bring_in,
    _close_batch,
    _open_batch,
    _result,
)
from samrad.portfolio.actions.mappings import lock_batch
from samrad.portfolio.models import ImportBatch, Portfolio
from samrad.portfolio.policy import can_import
from samrad.portfolio.sheets import Mapping, Reading


@transaction.atomic
def ask_import(
    *, by: Actor, at: datetime, batch_id: int, version: int | None, rows: int, all_or_nothing: bool = False
) -> ImportBatch:
    """Ask the worker to bring in an uploaded spreadsheet of so many rows. `all_or_nothing`: in one step, or not at all."""
    batch = lock_batch(batch_id, version)
    can_import(by, batch.portfolio).require()
    batch.asked_at, batch.imported_by_id = at, by.person
    # What came in before it was given up stays, and is unchanged the second time.
    batch.whole, batch.total, batch.done, batch.attempts, batch.counts = all_or_nothing, rows, 0, 0, {}
    batch.rows.all().delete()
    batch.version += 1
    batch.save()
    event = events.ImportQueued(portfolio_id=batch.portfolio_id, batch_id=batch.pk, rows=rows, attempts=0)
    record(event, by=by, at=at, house=batch)
    return batch


@transaction.atomic
def bring_in_part(*, by: Actor, at: datetime, batch_id: int, reading: Reading) -> bool:
    """Bring in the next rows of an import that was asked for; False: nothing is left. The last part ends it."""
    batch = (
        ImportBatch.objects.select_for_update(of=("self",))
        .select_related("portfolio")
        .defer("content")
        .get(pk=batch_id)
    )
    if not batch.waits:
        return False
    can_import(by, batch.portfolio).require()
    # Two imports at once would both find a project missing, and make it twice.
    Portfolio.objects.select_for_update(of=("self",)).get(pk=batch.portfolio_id)
    if batch.whole and reading.refused:
        raise Refused(_("Nothing was brought in, because some rows were refused. They are listed below."))
    if batch.done == 0:
        _open_batch(batch, reading, mapping=Mapping.from_json(batch.mapping), by=by)
    result = _so_far(batch, reading)
    rows = reading.rows[batch.done :] if batch.whole else reading.rows[batch.done : batch.done + PART]
    _bring_in(batch, reading, rows, result, by=by, at=at)
    if batch.done >= batch.total:
        _close_batch(batch, result, by=by, at=at)
        return False
    counts = result.as_json()
    batch.counts = {name: counts[name] for name in ("records", "imported", "updated", "unchanged")}
    batch.save()
    return True


def _so_far(batch: ImportBatch, reading: Reading) -> ImportResult:
    result = _result(reading)
    for name in ("imported", "updated", "unchanged"):
        setattr(result, name, batch.counts.get(name, 0))
    return result


@transaction.atomic
def fail_import(*, by: Actor, at: datetime, batch_id: int) -> ImportBatch:
    """Keep that an import stopped. It is tried again some times, and then the page says so."""
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch_id)
    if not batch.waits:
        return batch
    batch.attempts += 1
    batch.save(update_fields=["attempts"])
    event = events.ImportQueued(
        portfolio_id=batch.portfolio_id, batch_id=batch.pk, rows=batch.total, attempts=batch.attempts
    )
    record(event, by=by, at=at, house=batch)
    return batch
