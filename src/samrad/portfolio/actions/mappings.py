"""Uploading a spreadsheet, saying what its columns are, and saving that under a name."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.sheets.uploads import require_as_shown
from samrad.core.verdict import Refused, Stale
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.portfolio import events
from samrad.portfolio.models import ImportBatch, ImportMapping, Portfolio
from samrad.portfolio.policy import can_import
from samrad.portfolio.sheets import BUILT_IN, Mapping


@transaction.atomic
def upload_sheet(
    *, by: Actor, at: datetime, portfolio: Portfolio, file_name: str, content: bytes, mapping: Mapping
) -> ImportBatch:
    """Upload a spreadsheet, to look it over before anything comes in. An earlier one left half-way goes."""
    can_import(by, portfolio).require()
    left = ImportBatch.objects.filter(portfolio=portfolio, imported_by_id=by.person, imported_at__isnull=True)
    left.filter(Q(asked_at__isnull=True) | ~Q(given_up="")).delete()
    batch = ImportBatch.objects.create(
        **house_of(portfolio),
        portfolio=portfolio,
        file_name=file_name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        mapping_name=mapping.name[:80],
        mapping=mapping.as_json(),
        imported_by_id=by.person,
    )
    event = events.SheetUploaded(portfolio_id=portfolio.pk, batch_id=batch.pk)
    record(event, by=by, at=at, house=portfolio)
    return batch


def lock_batch(batch_id: int, version: int | None) -> ImportBatch:
    """The import, locked for this transaction; Stale when it has come in, or was changed, since the page was made."""
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("portfolio").get(pk=batch_id)
    if batch.waits:
        raise Stale(_("This spreadsheet is being brought in. Look at how far it has come."))
    require_as_shown(batch, version)
    return batch


@transaction.atomic
def keep_mapping(
    *, by: Actor, at: datetime, batch_id: int, version: int | None, mapping: Mapping, save_as: str = ""
) -> ImportBatch:
    """Say what the columns of an uploaded spreadsheet are, and save that under a name where one is given."""
    batch = lock_batch(batch_id, version)
    can_import(by, batch.portfolio).require()
    if save_as:
        save_mapping(by=by, at=at, portfolio=batch.portfolio, name=save_as, mapping=mapping)
    batch.mapping = mapping.as_json()
    batch.mapping_name = save_as[:80]
    batch.version += 1
    batch.save()
    event = events.MappingKept(portfolio_id=batch.portfolio_id, batch_id=batch.pk)
    record(event, by=by, at=at, house=batch)
    return batch


@transaction.atomic
def save_mapping(*, by: Actor, at: datetime, portfolio: Portfolio, name: str, mapping: Mapping) -> ImportMapping:
    """Save a way to read a spreadsheet under a name, so that next year's file needs no corrections."""
    can_import(by, portfolio).require()
    name = " ".join(name.split())[:80]
    if not name:
        raise Refused(_("Give it a name."))
    if name in BUILT_IN:
        raise Refused(_("«%(name)s» is built in. Choose another name.") % {"name": name})
    rules = Mapping(name, mapping.rules).as_json()
    saved = ImportMapping.objects.filter(owner_id=portfolio.owner_id, name=name).first()
    saved = saved or ImportMapping(**house_of(portfolio), name=name)
    saved.rules, saved.saved_at, saved.saved_by_id = rules, at, by.person
    saved.save()
    record(events.MappingSaved(mapping_id=saved.pk), by=by, at=at, house=portfolio)
    return saved
