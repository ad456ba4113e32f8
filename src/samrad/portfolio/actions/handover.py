"""Handing over: tying what a project introduced to the system register."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samrad.eventlog.actions import record
from samrad.initiatives.actions import tie_introduced
from samrad.organisation.actors import Actor
from samrad.portfolio import events
from samrad.portfolio.actions.projects import lock_project
from samrad.portfolio.models import Project
from samrad.portfolio.policy import can_tie_system


@transaction.atomic
def tie_system(*, by: Actor, at: datetime, project_id: int, link_id: int, system_id: int) -> Project:
    """Say which system of the register it is that the project introduced under a name of its own."""
    project = lock_project(project_id, None)
    can_tie_system(by, project).require()
    tie_introduced(by=by, at=at, initiative=project.initiative, link_id=link_id, system_id=system_id)
    event = events.SystemTied(initiative_id=project.initiative_id, project_id=project.pk, system_id=system_id)
    record(event, by=by, at=at, house=project)
    return project
