"""A large import: asked for here, brought in by the worker part by part, each in a transaction of its own.

The row says how far it has come, so whoever takes it up after a stop goes on from there, and nothing comes in twice.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.verdict import Refused
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.portfolio.actions.importing import (
    PART,
    ImportResult,
    _bring_in,
    _close_batch,
    _open_batch,
    _result,
    import_projects,
)
from samrad.portfolio.actions.mappings import lock_batch
from samrad.portfolio.events import bringing as events
from samrad.portfolio.models import ImportBatch, Portfolio
from samrad.portfolio.models.projects import MOST_ATTEMPTS
from samrad.portfolio.policy import can_import
from samrad.portfolio.sheets import Mapping, Reading, Sheet


@transaction.atomic
def bring_in_sheet(
    *,
    by: Actor,
    at: datetime,
    portfolio: Portfolio,
    sheet: Sheet,
    mapping: Mapping,
    batch: ImportBatch | None = None,
    version: int | None = None,
    all_or_nothing: bool = False,
    dry_run: bool = False,
    **told: Any,
) -> ImportResult:
    """Bring in the projects of a spreadsheet: now, or by the worker. A dry run only says what would happen.

    A long list that lies here (`batch`, as it was in `version`) is the worker's: nobody waits for it in a browser. One
    that is read where it is asked for, as on the command line, is waited for. `told` is passed on to import_projects.
    """
    if batch is not None and not dry_run:
        batch = lock_batch(batch.pk, version)
    later = batch is not None and not dry_run and len(sheet.records) > PART
    given: dict[str, Any] = {"by": by, "at": at, "portfolio": portfolio, "sheet": sheet, "mapping": mapping, **told}
    result = import_projects(**given, batch=batch, all_or_nothing=all_or_nothing, dry_run=dry_run or later)
    if later and batch is not None and not result.stopped:
        rows = result.imported + result.updated + result.unchanged
        ask_import(by=by, at=at, batch_id=batch.pk, version=version, rows=rows, all_or_nothing=all_or_nothing)
        result.handed_on = True
    return result


@transaction.atomic
def ask_import(
    *, by: Actor, at: datetime, batch_id: int, version: int | None, rows: int, all_or_nothing: bool = False
) -> ImportBatch:
    """Ask the worker to bring in an uploaded spreadsheet of so many rows. `all_or_nothing`: in one step, or not at all."""
    batch = lock_batch(batch_id, version)
    can_import(by, batch.portfolio).require()
    batch.asked_at, batch.imported_by_id = at, by.person
    # What came in before it was given up stays, and is unchanged the second time.
    batch.whole, batch.total, batch.done, batch.counts = all_or_nothing, rows, 0, {}
    batch.attempts, batch.given_up = 0, ""
    batch.rows.all().delete()
    batch.version += 1
    batch.save()
    event = events.ImportQueued(portfolio_id=batch.portfolio_id, batch_id=batch.pk, rows=rows)
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
    batch.attempts = 1  # it came further, so this is the first try at what remains
    batch.save()
    return True


def _so_far(batch: ImportBatch, reading: Reading) -> ImportResult:
    result = _result(reading)
    for name in ("imported", "updated", "unchanged"):
        setattr(result, name, batch.counts.get(name, 0))
    return result


@transaction.atomic
def begin_import(*, by: Actor, at: datetime, batch_id: int) -> bool:
    """Count that the worker begins on an import, before it does: a file that kills the worker can count nothing itself.

    False: there is nothing to do, or every try was spent without a word, so it is given up.
    """
    batch = ImportBatch.objects.select_for_update(of=("self",)).defer("content").get(pk=batch_id)
    if not batch.waits:
        return False
    if batch.attempts >= MOST_ATTEMPTS:
        batch.given_up = ImportBatch.GivenUp.KILLED
    else:
        batch.attempts += 1
    _keep_try(batch, by=by, at=at)
    return not batch.given_up


@transaction.atomic
def fail_import(*, by: Actor, at: datetime, batch_id: int) -> ImportBatch:
    """Keep that an import met an error. It is tried again some times, and then the page says so."""
    batch = ImportBatch.objects.select_for_update(of=("self",)).defer("content").get(pk=batch_id)
    if batch.waits and batch.attempts >= MOST_ATTEMPTS:
        batch.given_up = ImportBatch.GivenUp.ERROR
        _keep_try(batch, by=by, at=at)
    return batch


def _keep_try(batch: ImportBatch, *, by: Actor, at: datetime) -> None:
    batch.save(update_fields=["attempts", "given_up"])
    event = events.ImportTried(
        portfolio_id=batch.portfolio_id, batch_id=batch.pk, attempts=batch.attempts, given_up=batch.given_up
    )
    record(event, by=by, at=at, house=batch)
