"""What people do with files."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samrad.core.filenames import clean_name
from samrad.core.models import Owned, house_of
from samrad.documents import events, files
from samrad.documents.models import File
from samrad.documents.policy import can_attach, can_remove, can_restore
from samrad.documents.uploads import Upload, take_in
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor


@transaction.atomic
def attach_file(
    *,
    by: Actor,
    at: datetime,
    house: Owned,
    initiative_id: int | None,
    upload: Upload | None,
    title: str = "",
    exempt_group: str = "",
) -> File:
    """Attach a file. Raises uploads.Unfit with the reason where it cannot be taken in; the same file twice is once."""
    can_attach(by, house, initiative_id).require()
    sound = take_in(upload)
    file, new = File.objects.get_or_create(
        owner_id=house.owner_id,
        kind=File.Kind.ATTACHMENT,
        initiative_id=initiative_id,
        sha256=files.store(sound.content),
        name=sound.name,
        removed_at=None,
        defaults={
            "shared_with_id": house.shared_with_id,
            "title": title.strip()[:200],
            "media_type": sound.media_type,
            "size": len(sound.content),
            "exempt_group": exempt_group,
            "created_at": at,
            "created_by_id": by.person_id,
        },
    )
    if new:
        event = events.FileAttached(initiative_id=initiative_id, file_id=file.pk, size=file.size)
        record(event, by=by, at=at, house=file)
    return file


@transaction.atomic
def remove_file(*, by: Actor, at: datetime, file: File) -> File:
    """Remove an attached file. The stored bytes stay, for what was filed or endorsed before."""
    file = File.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if file.removed_at is not None:
        return file  # a second click
    can_remove(by, file).require()
    file.removed_at = at
    file.save()
    event = events.FileRemoved(initiative_id=file.initiative_id, case_id=file.case_id, file_id=file.pk)
    record(event, by=by, at=at, house=file)
    return file


@transaction.atomic
def restore_file(*, by: Actor, at: datetime, file: File) -> File:
    """Put back a file that was removed; where the same file has been attached anew, that one stands."""
    file = File.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if file.removed_at is None:
        return file  # a second click
    can_restore(by, file).require()
    same = File.objects.filter(
        owner_id=file.owner_id,
        kind=file.kind,
        initiative_id=file.initiative_id,
        sha256=file.sha256,
        name=file.name,
        removed_at__isnull=True,
    )
    standing = same.first()
    if standing is not None:
        return standing
    file.removed_at = None
    file.save()
    record(events.FileRestored(initiative_id=file.initiative_id, file_id=file.pk), by=by, at=at, house=file)
    return file


@transaction.atomic
def lock_files(*, by: Actor, at: datetime, house: Owned, initiative_id: int) -> tuple[int, ...]:
    """Make the attachments part of what was sent in: from now on they stay."""
    open_ones = File.objects.filter(
        initiative_id=initiative_id,
        kind=File.Kind.ATTACHMENT,
        removed_at__isnull=True,
        locked=False,
    )
    ids = tuple(open_ones.order_by("pk").values_list("pk", flat=True))
    if ids:
        File.objects.filter(pk__in=ids).update(locked=True)
        record(events.FilesLocked(initiative_id=initiative_id, file_ids=ids), by=by, at=at, house=house)
    return ids


@transaction.atomic
def keep_upload(
    *,
    by: Actor,
    at: datetime,
    house: Owned,
    kind: str,
    upload: Upload | None,
    anchor: str,
    initiative_id: int | None = None,
    case_id: int | None = None,
) -> File:
    """Keep what somebody handed in as part of a record, locked. A room has decided that `by` may. Raises uploads.Unfit."""
    sound = take_in(upload, anchor=anchor)
    return keep_paper(
        by=by,
        at=at,
        house=house,
        kind=kind,
        name=sound.name,
        content=sound.content,
        media_type=sound.media_type,
        initiative_id=initiative_id,
        case_id=case_id,
    )


@transaction.atomic
def keep_paper(
    *,
    by: Actor,
    at: datetime,
    house: Owned,
    kind: str,
    name: str,
    content: bytes,
    media_type: str = "application/pdf",
    initiative_id: int | None = None,
    case_id: int | None = None,
    exempt_group: str = "",
) -> File:
    """Keep a finished paper, locked: what a room made and has decided that `by` may make."""
    file = File.objects.create(
        **house_of(house),
        kind=File.Kind(kind),
        name=clean_name(name),
        media_type=media_type,
        size=len(content),
        sha256=files.store(content),
        initiative_id=initiative_id,
        case_id=case_id,
        exempt_group=exempt_group,
        created_at=at,
        created_by_id=by.person_id,
        locked=True,
    )
    event = events.PaperKept(initiative_id=initiative_id, case_id=case_id, file_id=file.pk, paper=file.kind)
    record(event, by=by, at=at, house=file)
    return file
