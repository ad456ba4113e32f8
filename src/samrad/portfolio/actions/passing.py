"""What passes on by itself: tasks when people change, and projects when their municipality leaves the cooperation."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samrad.cases.models import Task
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.portfolio.actions.projects import DEFAULT_VISION, _move_home
from samrad.portfolio.events import PortfolioCreated
from samrad.portfolio.events.measures import MeasurePassedOn, ProjectBroughtHome
from samrad.portfolio.models import Measure, Portfolio, Project

HOME = "Digitaliseringsporteføljen"
"""What a municipality's own portfolio is called when it is made because the municipality has left a cooperation."""


@transaction.atomic
def pass_on_measure(*, by: Actor, at: datetime, measure_id: int) -> bool:
    """Let a measure whose responsible has left wait for the portfolio manager. Twice is once.

    What follows from that a person leaves, so it asks for no permission of its own.
    """
    measure = Measure.objects.select_for_update(of=("self",)).select_related("portfolio").get(pk=measure_id)
    waiting = Task.objects.filter(kind="follow_measure", object_id=measure.pk, closed_at__isnull=True)
    house = {"role": "portfolio_manager", "entity_id": measure.portfolio.owner_id}
    if not waiting.filter(person__active=False).update(person=None, **house):
        return False
    event = MeasurePassedOn(portfolio_id=measure.portfolio_id, measure_id=measure.pk, person_id=measure.responsible_id)
    record(event, by=by, at=at, house=measure)
    return True


@transaction.atomic
def bring_home(*, by: Actor, at: datetime, project_id: int) -> Project:
    """Let a project go on in its municipality's own portfolio, when the municipality has left the one it shared.

    What follows from the day, so it asks for no permission of its own. What was frozen with the others stays with them.
    """
    project = Project.objects.select_for_update(of=("self",)).get(pk=project_id)
    owner = Entity.objects.select_for_update(of=("self",)).get(pk=project.owner_id)
    home = Portfolio.objects.filter(owner=owner).order_by("pk").first()
    if home is None:
        home = Portfolio.objects.create(owner=owner, name=HOME, vision=DEFAULT_VISION, created_at=at)
        record(PortfolioCreated(portfolio_id=home.pk), by=by, at=at, house=home)
    _move_home(project, home, at=at)
    event = ProjectBroughtHome(initiative_id=project.initiative_id, project_id=project.pk, portfolio_id=home.pk)
    record(event, by=by, at=at, house=project)
    return project
