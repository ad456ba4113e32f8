"""Filing: queued in the transaction of the thing itself, filed by the worker or by hand, never silent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.archive import events, gateway
from samrad.archive.models import ArchiveSetup, ArchiveSetupVersion, Filing
from samrad.archive.papers import ATTACHED, content, document, metadata
from samrad.archive.policy import can_register, can_retry, can_set_up, is_case_number, is_folder
from samrad.archive.queries import SET_UP, backend_of, visible_to
from samrad.cases.actions import Hand, close_tasks, hand_out
from samrad.cases.models import Case
from samrad.core.acting import acting_for, current_entities
from samrad.core.filenames import ending_of
from samrad.core.models import Owned, house_of
from samrad.core.verdict import Refused, Stale
from samrad.documents import files
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.organisation.queries import exempt_groups

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)


@transaction.atomic
def set_up_archive(
    *,
    by: Actor,
    at: datetime,
    owner: Entity,
    backend: str,
    version: int | None = None,
    folder: str = "",
    terms: Mapping[str, str] | None = None,
) -> ArchiveSetup:
    """Decide how an entity files: to a folder or by hand, and what its archive calls things (`terms`, by field)."""
    can_set_up(by, owner.pk).require()
    Entity.objects.select_for_update().get(pk=owner.pk)  # two who set up for the first time come one after the other
    setup = backend_of(owner.pk) or ArchiveSetup(owner=owner)
    if version is not None and version != setup.version:
        raise Stale(_("Someone has changed the set-up since you opened the page. Look at it again."))
    folder = folder.strip()
    if by.is_person and folder != setup.folder:
        is_folder(folder).require()
    before = {name: getattr(setup, name) for name in SET_UP} if setup.version else {}
    after = {**{n: getattr(setup, n) for n in SET_UP}, **(terms or {}), "backend": str(backend), "folder": folder}
    if before == after:
        return setup
    for name in SET_UP:
        setattr(setup, name, after[name])
    setup.version += 1
    setup.save()
    kept = ArchiveSetupVersion(**house_of(setup), setup=setup, number=setup.version, values=after, changed_at=at)
    kept.changed_by_id = by.person_id
    kept.save()
    changed = tuple(name for name in SET_UP if before.get(name) != after[name])
    record(events.ArchiveSetUp(backend=backend, number=setup.version, fields=changed), by=by, at=at, house=setup)
    if backend == ArchiveSetup.Backend.BY_HAND:
        _hand_over(by=by, at=at, owner_id=owner.pk)
    return setup


def _hand_over(*, by: Actor, at: datetime, owner_id: int) -> None:
    """What waited for the folder is filed by hand from now on."""
    waiting = Filing.objects.select_for_update(of=("self",)).filter(
        owner_id=owner_id, state__in=[Filing.State.QUEUED, Filing.State.FAILED]
    )
    for filing in waiting.select_related("initiative"):
        filing.state, filing.next_try_at, filing.error = Filing.State.BY_HAND, None, ""
        filing.version += 1
        filing.save()
        _ask_by_hand(by=by, at=at, filing=filing)


def _ask_by_hand(*, by: Actor, at: datetime, filing: Filing) -> None:
    event = events.FilingQueued(
        initiative_id=filing.initiative_id, case_id=filing.case_id, filing_id=filing.pk, document=filing.kind
    )
    hand = Hand(kind="file_by_hand", role="records_manager", entity_id=filing.owner_id, object_id=filing.pk)
    hand_out(by=by, at=at, house=filing, hand=hand, event=event, initiative=filing.initiative)


def _basis(initiative_ids: Sequence[int | None], at: datetime) -> str:
    """The laws by which something in the document is exempt from public access that day."""
    exempt = exempt_groups([pk for pk in initiative_ids if pk], on=localdate(at))
    return ", ".join(sorted({basis for groups in exempt.values() for basis in groups.values()}))[:200]


@transaction.atomic
def queue_filing(
    *,
    by: Actor,
    at: datetime,
    house: Owned,
    kind: str,
    object_id: int,
    case: Case | None = None,
    revision: int = 1,
    about: Sequence[int] = (),
) -> Filing:
    """Leave a document to be filed by its owner. What follows from the thing itself, so it asks for no permission.

    `about`: the initiatives it tells of, where there is no one case. Once for each revision, however often it is asked.
    """
    key = f"{kind}:{object_id}:{revision}"
    standing = Filing.objects.filter(owner_id=house.owner_id, external_key=key).first()
    if standing is not None:
        return standing
    initiative = case.initiative if case else None
    # The secretariat of a cooperation leaves documents to a municipality whose set-up it cannot see.
    with acting_for({*(current_entities() or ()), house.owner_id}):
        setup = backend_of(house.owner_id)
    to_folder = setup is not None and setup.backend == ArchiveSetup.Backend.FOLDER
    filing = Filing(
        **house_of(house),
        kind=kind,
        case=case,
        initiative=initiative,
        object_id=object_id,
        external_key=key,
        access_basis=_basis([*about, *([initiative.pk] if initiative else [])], at),
        queued_at=at,
        state=Filing.State.QUEUED if to_folder else Filing.State.BY_HAND,
    )
    filing.content = content(filing)
    filing.save()
    if to_folder:
        event = events.FilingQueued(
            initiative_id=filing.initiative_id, case_id=filing.case_id, filing_id=filing.pk, document=kind
        )
        record(event, by=by, at=at, house=filing)
    else:
        _ask_by_hand(by=by, at=at, filing=filing)
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
    # A name lies under the house's own folder; a whole path is what an operator has allowed.
    folder = settings.DATA_DIR / "archive" / filing.owner.slug / Path(setup.folder if setup else "")
    if filing.initiative_id:
        # Exempted after it was queued counts too.
        filing.access_basis = _basis([filing.initiative_id], at) or filing.access_basis
    made = document(filing)
    try:
        with_it = [(ending_of(f["name"]), files.read(f["sha256"])) for f in filing.content.get(ATTACHED, [])]
    except files.Lost:
        lost = _("The content of an attachment is missing in the file store.")
        return fail_filing(by=by, at=at, filing_id=filing_id, error=lost)
    try:
        told = metadata(filing, made)
        message = gateway.arkivmelding(told, {name: getattr(setup, name) for name in SET_UP} if setup else {})
        gateway.export(folder, filing.external_key, made, told, message, with_it)
    except gateway.Unreachable as trouble:
        return fail_filing(by=by, at=at, filing_id=filing_id, error=str(trouble))
    filing.state, filing.filed_at, filing.error = Filing.State.FILED, at, ""
    filing.attempts += 1
    filing.version += 1
    filing.save()
    filed = events.Filed(initiative_id=filing.initiative_id, case_id=filing.case_id, filing_id=filing.pk)
    record(filed, by=by, at=at, house=filing)
    return filing


@transaction.atomic
def fail_filing(*, by: Actor, at: datetime, filing_id: int, error: str) -> Filing:
    """Keep that a document could not be filed, why, and when it is tried again: later and later, at most six hours."""
    filing = _locked(filing_id)
    if filing.state not in (Filing.State.QUEUED, Filing.State.FAILED):
        return filing
    filing.attempts += 1
    filing.version += 1
    filing.state, filing.error = Filing.State.FAILED, error[:500]
    filing.next_try_at = at + min(FIRST_WAIT * 2 ** min(filing.attempts - 1, 12), LONGEST_WAIT)
    filing.save()
    failed = events.FilingFailed(
        initiative_id=filing.initiative_id, case_id=filing.case_id, filing_id=filing.pk, attempts=filing.attempts
    )
    record(failed, by=by, at=at, house=filing)
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
def retry_failed(*, by: Actor, at: datetime) -> int:
    """Ask for another try of everything that has failed, as soon as the worker comes round."""
    failed = Filing.objects.select_for_update(of=("self",)).filter(
        pk__in=visible_to(by).filter(state=Filing.State.FAILED).values("pk")
    )
    count = 0
    for filing in failed:
        if can_retry(by, filing):
            filing.next_try_at = None
            filing.version += 1
            filing.save()
            event = events.FilingRetried(
                initiative_id=filing.initiative_id, case_id=filing.case_id, filing_id=filing.pk
            )
            record(event, by=by, at=at, house=filing)
            count += 1
    return count


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
    if filing.case is not None and filing.case.owner_id == filing.owner_id:
        # The case has the number of its owner's archive; a neighbour that decides in it has its own.
        Case.objects.filter(pk=filing.case.pk).update(archive_ref=number.split("-")[0])
    event = events.Filed(initiative_id=filing.initiative_id, case_id=filing.case_id, filing_id=filing.pk)
    close_tasks(by=by, at=at, house=filing, event=event, kind="file_by_hand", object_id=filing.pk)
    return filing
