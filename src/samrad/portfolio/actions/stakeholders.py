"""Keeping the list of those a project concerns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Refused, Stale, Verdict
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person
from samrad.portfolio.actions.projects import lock_project
from samrad.portfolio.events import bringing as events
from samrad.portfolio.models import Stakeholder
from samrad.portfolio.policy import can_keep_stakeholders, stakeholder_lacks
from samrad.portfolio.queries import namesake


@dataclass(frozen=True, kw_only=True)
class StakeholderRow:
    """Someone the project concerns, as it is typed. Influence is 1 to 3, attitude -1 to 1, or not said."""

    name: str
    group: str = ""
    interest: str = ""
    influence: int | None = None
    attitude: int | None = None
    involvement: str = ""
    responsible: Person | None = None
    measures: str = ""
    due_date: date | None = None
    done: bool = False


@transaction.atomic
def keep_stakeholder(
    *, by: Actor, at: datetime, project_id: int, stakeholder_id: int | None, version: int | None, row: StakeholderRow
) -> Stakeholder:
    """Write down someone the project concerns, or change what is written. Puts back one that was taken off."""
    project = lock_project(project_id, None)
    can_keep_stakeholders(by, project).require()
    found = Stakeholder.objects.select_for_update(of=("self",)).filter(pk=stakeholder_id or 0, project=project).first()
    found = found or Stakeholder(**house_of(project), project=project, version=0)
    if version is not None and version != found.version:
        raise Stale(_("Someone has changed this since you opened the page. Look at it again before you go on."))
    name = " ".join(row.name.split())
    lacks = stakeholder_lacks(namesake(project, name, but=found.pk), name)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    for part in StakeholderRow.__dataclass_fields__:
        setattr(found, part, getattr(row, part))
    found.name, found.changed_at, found.removed_at = name, at, None
    found.version += 1
    found.save()
    event = events.StakeholderKept(initiative_id=project.initiative_id, project_id=project.pk, stakeholder_id=found.pk)
    record(event, by=by, at=at, house=project)
    return found


@transaction.atomic
def remove_stakeholder(
    *, by: Actor, at: datetime, project_id: int, stakeholder_id: int, version: int, removed: bool = True
) -> Stakeholder:
    """Take someone off the list, or put them back, as they were in `version`. A second click is told, and does nothing."""
    project = lock_project(project_id, None)
    can_keep_stakeholders(by, project).require()
    found = Stakeholder.objects.select_for_update(of=("self",)).get(pk=stakeholder_id, project=project)
    if version != found.version or (found.removed_at is not None) == removed:
        raise Stale(_("Someone has changed this since you opened the page. Look at it again before you go on."))
    if not removed:
        lacks = stakeholder_lacks(namesake(project, found.name, but=found.pk), found.name)
        if lacks:
            raise Refused(Verdict.no(lacks[0].text, lacks))
    found.removed_at = at if removed else None
    found.changed_at = at
    found.version += 1
    found.save()
    event = events.StakeholderRemoved(
        initiative_id=project.initiative_id, project_id=project.pk, stakeholder_id=found.pk, removed=removed
    )
    record(event, by=by, at=at, house=project)
    return found
