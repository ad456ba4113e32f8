"""Filing: queued in the transaction of the thing itself, filed by the worker or by hand, never silent."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from samrad.archive import events, gateway
from samrad.archive.models import ArchiveSetup, Filing
from samrad.archive.papers import document, metadata
from samrad.archive.policy import can_register, can_retry, is_case_number
from samrad.archive.queries import backend_of
from samrad.cases.actions import Hand, close_tasks, hand_out
from samrad.cases.models import Case
from samrad.core.models import house_of
from samrad.core.verdict import Refused, Stale
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.organisation.policy import can_administer
from samrad.organisation.queries import exempt_groups

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)


@transaction.atomic
def set_up_archive(*, by: Actor, at: datetime, owner: Entity, backend: str, folder: str = "") -> ArchiveSetup:
    """Decide how an entity files: to a folder, or by hand."""
    can_administer(by, owner.pk).require()
    setup, _made = ArchiveSetup.objects.update_or_create(owner=owner, defaults={"backend": backend, "folder": folder})
    record(events.ArchiveSetUp(backend=backend), by=by, at=at, house=setup)
    return setup


@transaction.atomic
def queue_filing(*, by: Actor, at: datetime, case: Case, kind: str, object_id: int) -> Filing:
    """Leave a document to be filed. What follows from the thing itself, so it asks for no permission of its own."""
    key = f"{kind}:{object_id}"
    standing = Filing.objects.filter(owner_id=case.owner_id, external_key=key).first()
    if standing is not None:
        return standing
    setup = backend_of(case.owner_id)
    to_folder = setup is not None and setup.backend == ArchiveSetup.Backend.FOLDER
    exempt = exempt_groups([case.initiative_id], on=at.date()).get(case.initiative_id, {}) if case.initiative_id else {}
    filing = Filing.objects.create(
        **house_of(case),
        kind=kind,
        case=case,
        initiative=case.initiative,
        object_id=object_id,
        external_key=key,
        access_basis=", ".join(sorted(set(exempt.values()))),
        queued_at=at,
        state=Filing.State.QUEUED if to_folder else Filing.State.BY_HAND,
    )
    event = events.FilingQueued(initiative_id=case.initiative_id, case_id=case.pk, filing_id=filing.pk, document=kind)
    if to_folder:
        record(event, by=by, at=at, house=filing)
    else:
        hand = Hand(kind="file_by_hand", role="records_manager", entity_id=case.owner_id, object_id=filing.pk)
        hand_out(by=by, at=at, house=filing, hand=hand, event=event, initiative=case.initiative)
    return filing


def _locked(filing_id: int, version: int | None = None) -> Filing:
    filing = (
        Filing.objects.select_for_update(of=("self",)).select_related("initiative", "case", "owner").get(pk=filing_id)
    )
    if version is not None and version != filing.version:
        raise Stale(_("Someone has changed the filing since you opened the page. Look at it again."))
    return filing


@transaction.atomic
def file_now(*, by: Actor, at: datetime, filing_id: int) -> Filing:
    """Try to file a document to its owner's folder. A failure is kept, and tried again later."""
    filing = _locked(filing_id)
    if filing.state not in (Filing.State.QUEUED, Filing.State.FAILED):
        return filing
    setup = backend_of(filing.owner_id)
    folder = Path(setup.folder) if setup and setup.folder else settings.DATA_DIR / "archive" / filing.owner.slug
    filing.attempts += 1
    filing.version += 1
    try:
        gateway.export(folder, filing.external_key, document(filing, language=filing.owner.language), metadata(filing))
    except gateway.Unreachable as trouble:
        filing.state, filing.error = Filing.State.FAILED, str(trouble)[:500]
        filing.next_try_at = at + min(FIRST_WAIT * 2 ** min(filing.attempts - 1, 12), LONGEST_WAIT)
        filing.save()
        failed = events.FilingFailed(
            initiative_id=filing.initiative_id, case_id=filing.case_id, filing_id=filing.pk, attempts=filing.attempts
        )
        record(failed, by=by, at=at, house=filing)
        return filing
    filing.state, filing.filed_at, filing.error = Filing.State.FILED, at, ""
    filing.save()
    filed = events.Filed(initiative_id=filing.initiative_id, case_id=filing.case_id, filing_id=filing.pk)
    record(filed, by=by, at=at, house=filing)
    return filing


@transaction.atomic
def retry_filing(*, by: Actor, at: datetime, filing_id: int) -> Filing:
    """Ask for another try at once."""
    filing = _locked(filing_id)
    can_retry(by, filing).require()
    filing.next_try_at = None
    filing.version += 1
    filing.save()
    event = events.FilingRetried(initiative_id=filing.initiative_id, case_id=filing.case_id, filing_id=filing.pk)
    record(event, by=by, at=at, house=filing)
    return file_now(by=by, at=at, filing_id=filing_id)


@transaction.atomic
def register_by_hand(*, by: Actor, at: datetime, filing_id: int, version: int | None, case_number: str) -> Filing:
    """Enter the case number under which the document was filed by hand."""
    filing = _locked(filing_id, version)
    can_register(by, filing).require()
    number = case_number.strip()
    verdict = is_case_number(number)
    if not verdict:
        raise Refused(verdict)
    filing.state, filing.filed_at, filing.filed_by_id = Filing.State.FILED, at, by.person_id
    filing.archive_ref, filing.error = number, ""
    filing.version += 1
    filing.save()
    if filing.case is not None:
        Case.objects.filter(pk=filing.case.pk).update(archive_ref=number.split("-")[0])
    event = events.Filed(initiative_id=filing.initiative_id, case_id=filing.case_id, filing_id=filing.pk)
    close_tasks(by=by, at=at, house=filing, event=event, kind="file_by_hand", object_id=filing.pk)
    return filing
