"""Reminding of the further series of status reports."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from samrad.cases.actions import Hand, hand_out
from samrad.cases.models import Task
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.portfolio.actions.projects import lock_project
from samrad.portfolio.events import StatusAsked
from samrad.portfolio.models import ReportSeries
from samrad.portfolio.notifications import tell_series_due, tell_series_late
from samrad.portfolio.queries import due_of


@transaction.atomic
def remind_series(*, by: Actor, at: datetime, project_id: int, series_id: int, end: date) -> bool:
    """Ask the project manager to report in a series, and remind once when it is late. Says whether anyone was told.

    What follows from the day, so it asks for no permission of its own.
    """
    project = lock_project(project_id, None)
    series = ReportSeries.objects.get(pk=series_id)
    manager, due = project.project_manager, due_of(series, end)
    late = localdate(at) > due
    if manager is None or not manager.active:
        return False
    waiting = Task.objects.filter(kind="report_series", object_id=series.pk, initiative_id=project.initiative_id)
    task = waiting.filter(closed_at__isnull=True).first()
    event = StatusAsked(
        initiative_id=project.initiative_id,
        project_id=project.pk,
        person_id=manager.pk,
        period_end=end.isoformat(),
        late=late,
    )
    given: dict[str, Any] = {"by": by, "at": at, "project": project, "series": series, "due": due}
    if task is None:
        hand = Hand(kind="report_series", person_id=manager.pk, object_id=series.pk, due=due)
        task = hand_out(by=by, at=at, house=project, hand=hand, event=event, initiative=project.initiative)
        if not late:
            tell_series_due(**given)
            return True
    elif not late or task.reminded_at is not None:
        return False
    else:
        record(event, by=by, at=at, house=project)
    task.reminded_at = at
    task.save(update_fields=["reminded_at"])
    tell_series_late(**given)
    return True
