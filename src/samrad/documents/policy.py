"""Who may open, attach and remove files. Later rooms say who sees theirs, by guards named in config/wiring.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from samrad.core.models import Owned
from samrad.core.verdict import Verdict
from samrad.documents.models import File
from samrad.organisation.actors import Actor

Opens = Callable[[Actor, File], Verdict]
Changes = Callable[[Actor, int], Verdict]

_opens: dict[str, Opens] = {}
_changes: list[Changes] = []


def register_guard(kind: str, opens: Opens) -> None:
    """Let `opens(actor, file)` say who may open files of this kind that hang on an initiative or a case."""
    _opens[kind] = opens


def register_keeper(changes: Changes) -> None:
    """Let `changes(actor, initiative_id)` say who may attach and remove files of an initiative."""
    _changes[:] = [changes]


def guards() -> dict[str, Opens]:
    """Which kinds have a guard."""
    return dict(_opens)


def can_open(actor: Actor, file: File) -> Verdict:
    """May this person open the file? Without a guard: only the owner's people, and nothing that hangs on a case."""
    if file.removed_at is not None:
        return Verdict.no(_("The file has been removed."))
    if not actor.is_person and actor.entity_id is not None and actor.entity_id == file.owner_id:
        return Verdict.yes()  # the system, making papers and filing them
    guard = _opens.get(file.kind)
    if guard is not None:
        return guard(actor, file)
    hangs = file.initiative_id is not None or file.case_id is not None or bool(file.exempt_group)
    if not hangs and _works_in(actor, file):
        return Verdict.yes()
    return Verdict.no(_("You cannot open this file, because you do not take part in the case it belongs to."))


def openable(actor: Actor, files: Iterable[File]) -> list[File]:
    """Those of the files that the person may open."""
    return [file for file in files if can_open(actor, file)]


def can_attach(by: Actor, house: Owned, initiative_id: int | None) -> Verdict:
    """May this person attach a file here, and remove one?"""
    if not by.is_person and by.entity_id is not None:
        return Verdict.yes()
    if initiative_id is not None:
        if _changes:
            return _changes[0](by, initiative_id)
    elif _works_in(by, house):
        return Verdict.yes()
    return Verdict.no(_("You cannot attach files here, because you do not take part in writing the case."))


def can_remove(by: Actor, file: File) -> Verdict:
    """May this person remove the file? Not when it is part of what was sent in, or a finished paper."""
    if file.locked:
        return Verdict.no(_("The file is part of what was sent in, so it stays in the case."))
    if file.kind != File.Kind.ATTACHMENT:
        return Verdict.no(_("Papers made by Samråd cannot be removed."))
    return can_attach(by, file, file.initiative_id)


def can_restore(by: Actor, file: File) -> Verdict:
    """May this person put back a file that was removed? Whoever could have removed it."""
    return can_remove(by, file)


def _works_in(actor: Actor, house: Owned) -> bool:
    return actor.is_person and "employee" in actor.roles_in([house.owner_id])


def template_houses(by: Actor) -> list[int]:
    """The organisations whose Word templates this person keeps."""
    return sorted({held.entity_id for held in by.held if by.may("documents.keep_templates", held.entity_id)})


def can_keep_templates(by: Actor, owner_id: int | None) -> Verdict:
    """May this person upload and end the organisation's Word templates?"""
    if owner_id is not None and by.may("documents.keep_templates", owner_id):
        return Verdict.yes()
    return Verdict.no(
        _("Only the administrator, the head of the secretariat and the records manager keep the Word templates.")
    )
