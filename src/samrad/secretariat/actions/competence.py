"""The register of who can help with what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.verdict import Refused, Stale
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.secretariat import events
from samrad.secretariat.models import Competence
from samrad.secretariat.policy import can_keep_competence


def _locked(competence_id: int, version: int | None) -> Competence:
    found = Competence.objects.select_for_update(of=("self",)).get(pk=competence_id)
    if version is not None and version != found.version:
        raise Stale(_("Someone has changed this since you opened the page. Load it again."))
    return found


@transaction.atomic
def keep_competence(
    *,
    by: Actor,
    at: datetime,
    owner: Entity,
    competence_id: int | None = None,
    version: int | None = None,
    **values: Any,
) -> Competence:
    """Enter who can help with what, or change it."""
    found = _locked(competence_id, version) if competence_id else None
    can_keep_competence(by, found.owner_id if found else owner.pk).require()
    share = owner if owner.kind == Entity.Kind.COOPERATION else None
    line = found or Competence(owner=owner, shared_with=share, added_at=at, added_by_id=by.person, version=0)
    if line.removed_at is not None:
        raise Refused(_("The line has been taken out of the register."))
    for name, value in values.items():
        setattr(line, name, value)
    line.version += 1
    line.save()
    record(events.CompetenceKept(competence_id=line.pk), by=by, at=at, house=line)
    return line


@transaction.atomic
def remove_competence(*, by: Actor, at: datetime, competence_id: int, version: int | None = None) -> Competence:
    """Take a line out of the register."""
    line = _locked(competence_id, version)
    can_keep_competence(by, line.owner_id).require()
    if line.removed_at is None:
        line.removed_at = at
        line.version += 1
        line.save(update_fields=["removed_at", "version"])
        record(events.CompetenceRemoved(competence_id=line.pk), by=by, at=at, house=line)
    return line
