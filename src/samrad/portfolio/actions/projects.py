"""What people do with a portfolio and its projects."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.cases.actions import Hand, close_tasks, hand_out
from samrad.cases.models import Task
from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Stale, refuse
from samrad.eventlog.actions import record
from samrad.initiatives.actions import involve, set_phase
from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity, Person
from samrad.portfolio import events
from samrad.portfolio.models import Portfolio, Project, ProjectAmount, Risk
from samrad.portfolio.policy import can_create, can_staff, role_lacks, staffing_lacks

DEFAULT_VISION = "Gjøre de riktige tingene"


@transaction.atomic
def create_portfolio(
    *,
    by: Actor,
    at: datetime,
    owner: Entity,
    name: str,
    vision: str = DEFAULT_VISION,
    manager: Person | None = None,
) -> Portfolio:
    """Set up a portfolio with its vision and its manager."""
    portfolio = Portfolio(owner=owner, name=name, vision=vision, manager=manager, created_at=at)
    can_create(by, portfolio).require()
    if Portfolio.objects.filter(owner=owner, name=name).exists():
        refuse([Lack(_("There is a portfolio by that name already. Choose another name."), "id_name")])
    portfolio.save()
    record(
        events.PortfolioCreated(portfolio_id=portfolio.pk),
        by=by,
        at=at,
        house=portfolio,
    )
    return portfolio


def _move_home(project: Project, portfolio: Portfolio, *, at: datetime) -> None:
    """Let another portfolio steer the project. Its risks follow; its programme, and what was asked for here, do not."""
    if project.source_id and Project.objects.filter(portfolio=portfolio, source_id=project.source_id).exists():
        project.source_id = ""  # another project there is known by it
    project.portfolio, project.programme = portfolio, None
    project.version += 1
    project.updated_at = at
    project.save()
    Risk.objects.filter(project=project).update(portfolio=portfolio)
    series = Task.objects.filter(initiative_id=project.initiative_id, kind="report_series", closed_at__isnull=True)
    series.update(closed_at=at)  # the series is the former portfolio's


@transaction.atomic
def enter_portfolio(
    *,
    by: Actor,
    at: datetime,
    initiative: Initiative,
    budget_kr: Decimal | None,
    people: Mapping[str, int],
) -> Project | None:
    """Let a decided initiative become a project in its house's portfolio, with the people it proposed.

    What follows from a decision, so it asks for no permission of its own. None where the house has no portfolio.
    """
    standing = Project.objects.filter(initiative=initiative).first()
    if standing is not None:
        return standing
    house = initiative.shared_with_id or initiative.owner_id
    portfolio = Portfolio.objects.filter(owner_id=house).order_by("id").first()
    if portfolio is None:
        return None
    project = Project.objects.create(
        **house_of(initiative),
        initiative=initiative,
        portfolio=portfolio,
        entered_at=at,
        updated_at=at,
        project_owner_id=people.get("project_owner") or people.get("need_owner"),
        project_manager_id=people.get("project_manager") or people.get("lead"),
        benefit_responsible_id=people.get("benefit_responsible"),
    )
    ProjectAmount.objects.create(
        **house_of(initiative),
        project=project,
        kind="budget",
        value=budget_kr,
        currency="NOK",
        unit=1,
        unknown_reason="" if budget_kr is not None else "blank",
    )
    set_phase(by=by, at=at, initiative=initiative, phase=Initiative.Phase.PLAN)
    event = events.ProjectEntered(initiative_id=initiative.pk, project_id=project.pk, portfolio_id=portfolio.pk)
    if staffing_lacks(project):
        hand = Hand(kind="staff_project", role="portfolio_manager", entity_id=portfolio.owner_id, object_id=project.pk)
        hand_out(by=by, at=at, house=project, hand=hand, event=event, initiative=initiative)
    else:
        record(event, by=by, at=at, house=project)
    return project


@transaction.atomic
def ask_for_people(*, by: Actor, at: datetime, project_id: int) -> bool:
    """Ask the portfolio manager to name people, because one who answered for the project has left. Twice is once.

    What follows from that a person leaves, so it asks for no permission of its own.
    """
    project = lock_project(project_id, None)
    lacks = role_lacks(project)
    waiting = Task.objects.filter(kind="staff_project", object_id=project.pk, closed_at__isnull=True)
    if not lacks or waiting.exists():
        return False
    house = project.portfolio.owner_id
    hand = Hand(kind="staff_project", role="portfolio_manager", entity_id=house, object_id=project.pk)
    event = events.PeopleAsked(initiative_id=project.initiative_id, project_id=project.pk, lacking=len(lacks))
    hand_out(by=by, at=at, house=project, hand=hand, event=event, initiative=project.initiative)
    return True


def lock_project(project_id: int, version: int | None) -> Project:
    """The project, locked for this transaction; Stale when the page was made from another version."""
    project = Project.objects.select_for_update(of=("self",)).select_related("portfolio").get(pk=project_id)
    if version is not None and version != project.version:
        raise Stale(_("Someone has changed the project since you opened the page. Look at it again before you go on."))
    return project


def _pass_on_tasks(project: Project) -> None:
    """What waits for someone in a role of the project, waits for whoever has it now."""
    series = Task.objects.filter(kind="report_series", initiative_id=project.initiative_id, closed_at__isnull=True)
    if project.project_manager_id:
        series.update(person_id=project.project_manager_id)
    for kind, role in {"report_status": "project_manager", "decide_change": "project_owner"}.items():
        waiting = Task.objects.filter(kind=kind, object_id=project.pk, closed_at__isnull=True)
        if getattr(project, f"{role}_id"):
            waiting.update(person_id=getattr(project, f"{role}_id"))


@transaction.atomic
def staff_project(
    *,
    by: Actor,
    at: datetime,
    project_id: int,
    version: int | None,
    people: Mapping[str, int | None],
    start_date: date | None,
    end_date: date | None,
) -> Project:
    """Name the project's owner, manager and benefit responsible, and its dates."""
    project = lock_project(project_id, version)
    can_staff(by, project, people).require()
    if start_date and end_date and end_date < start_date:
        raise Refused(_("The project cannot end before it starts."))
    for kind in ("project_owner", "project_manager", "benefit_responsible"):
        person = Person.objects.filter(pk=people.get(kind) or 0).first()
        setattr(project, kind, person)
        if person is not None:
            project.initiative.responsibilities.filter(kind=kind).exclude(person=person).delete()
            involve(by=by, at=at, initiative=project.initiative, person=person, kind=kind)
    project.start_date, project.end_date = start_date, end_date
    project.version += 1
    project.updated_at = at
    project.save()
    _pass_on_tasks(project)
    named = tuple(p for p in people.values() if p)
    event = events.ProjectStaffed(initiative_id=project.initiative_id, project_id=project.pk, person_ids=named)
    if staffing_lacks(project):
        record(event, by=by, at=at, house=project)
    else:
        close_tasks(by=by, at=at, house=project, event=event, kind="staff_project", object_id=project.pk)
    return project
