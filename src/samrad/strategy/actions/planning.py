"""Yearly action plans: making one, carrying unfinished points on, adopting it, and saying how the points go."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Refused, Stale
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.strategy import events
from samrad.strategy.models import ActionPlan, ActionPoint, FocusArea, Goal, StatusChange, Strategy
from samrad.strategy.notifications import tell_responsible
from samrad.strategy.policy import can_adopt_plan, can_change_plan, can_follow_up, can_manage, can_plan


def _plan(plan_id: int, version: int | None = None) -> ActionPlan:
    plan = ActionPlan.objects.select_for_update(of=("self",)).select_related("strategy").get(pk=plan_id)
    if version is not None and version != plan.version:
        raise Stale(_("Someone has changed the plan since you opened the page. Look at it again, and then save."))
    return plan


def _point(point_id: int, version: int | None) -> ActionPoint:
    rows = ActionPoint.objects.select_for_update(of=("self",)).select_related("plan__strategy", "responsible")
    point = rows.get(pk=point_id)
    if version is not None and version != point.version:
        raise Stale(_("Someone has changed the point since you opened the page. Look at it again, and then save."))
    return point


@transaction.atomic
def make_plan(*, by: Actor, at: datetime, strategy_id: int, year: int, carry_from_id: int | None = None) -> ActionPlan:
    """Make the action plan for a year. Unfinished points of another year come with it, linked to where they came from."""
    strategy = Strategy.objects.select_for_update(of=("self",)).get(pk=strategy_id)
    can_plan(by, strategy).require()
    if strategy.plans.filter(year=year).exists():
        raise Refused(_("There is an action plan for %(year)s already.") % {"year": year})
    plan = ActionPlan.objects.create(**house_of(strategy), strategy=strategy, year=year, created_at=at)
    carried = _carry(plan, carry_from_id) if carry_from_id else []
    event = events.PlanMade(plan_id=plan.pk, year=year, carried_ids=tuple(p.pk for p in carried))
    record(event, by=by, at=at, house=plan)
    return plan


def _carry(plan: ActionPlan, from_id: int) -> list[ActionPoint]:
    """The unfinished points of an earlier plan, in the focus areas as they are called now."""
    areas = {a.root_or_self_id: a for a in FocusArea.objects.filter(strategy=plan.strategy)}
    goals = {g.root_or_self_id: g for g in Goal.objects.filter(area__strategy=plan.strategy)}
    rows = ActionPoint.objects.filter(plan_id=from_id, plan__year__lt=plan.year, carried_to__isnull=True)
    carried = []
    for old in rows.select_related("area", "goal").order_by("pk"):
        area = areas.get(old.area.root_or_self_id)
        if old.finished or area is None:
            continue
        new = ActionPoint.objects.create(
            **house_of(plan),
            plan=plan,
            area=area,
            goal=goals.get(old.goal.root_or_self_id) if old.goal else None,
            title=old.title,
            description=old.description,
            responsible_id=old.responsible_id,
            due_date=old.due_date,
            cost_kr=old.cost_kr,
            status=old.status,
            came_from=old,
            root_id=old.root_or_self_id,
        )
        carried.append(new)
    return carried


@transaction.atomic
def save_point(
    *,
    by: Actor,
    at: datetime,
    plan_id: int,
    version: int | None = None,
    title: str,
    area_id: int,
    goal_id: int | None = None,
    description: str = "",
    responsible_id: int | None = None,
    due_date: date | None = None,
    cost_kr: Decimal | None = None,
    point_id: int | None = None,
) -> ActionPoint:
    """Add a point to a plan that is not adopted yet, or change one."""
    plan = _plan(plan_id)
    can_change_plan(by, plan).require()
    point = _point(point_id, version) if point_id else ActionPoint(**house_of(plan), plan=plan)
    if point.plan_id != plan.pk:
        raise Refused(_("The point is in another plan."))
    area = FocusArea.objects.get(pk=area_id, strategy_id=plan.strategy_id)
    goal = Goal.objects.get(pk=goal_id, area__strategy_id=plan.strategy_id) if goal_id else None
    if goal is not None and goal.area_id != area.pk:
        raise Refused(_("Choose a goal in the same focus area."))
    point.title, point.description, point.area, point.goal = title, description, area, goal
    point.responsible_id, point.due_date, point.cost_kr = responsible_id, due_date, cost_kr
    point.version = point.version + 1 if point_id else 1
    point.save()
    plan.version += 1
    plan.save(update_fields=["version"])
    record(events.PointSaved(plan_id=plan.pk, point_id=point.pk), by=by, at=at, house=plan)
    return point


@transaction.atomic
def remove_point(*, by: Actor, at: datetime, point_id: int) -> int:
    """Take a point out of a plan that is not adopted yet. One that came from another year stands there as before."""
    point = _point(point_id, None)
    plan = _plan(point.plan_id)
    can_change_plan(by, plan).require()
    plan.version += 1
    plan.save(update_fields=["version"])
    record(events.PointSaved(plan_id=plan.pk, point_id=point.pk), by=by, at=at, house=plan)
    point.delete()
    return int(plan.pk)


@transaction.atomic
def adopt_plan(
    *,
    by: Actor,
    at: datetime,
    plan_id: int,
    version: int | None,
    adopted_by: str,
    adopted_date: date,
    case_number: str = "",
    source: str = "",
) -> ActionPlan:
    """Record that the action plan is adopted: from now its points are followed up, and those responsible are told.

    Points that came from another year and are finished there since are left out.
    """
    plan = _plan(plan_id, version)
    can_adopt_plan(by, plan).require()
    _catch_up(plan)
    plan.adopted_by, plan.adopted_date, plan.case_number, plan.source = adopted_by, adopted_date, case_number, source
    plan.version += 1
    plan.save()
    for point in plan.points.select_related("responsible", "plan"):
        tell_responsible(by=by, at=at, point=point)
    record(events.PlanAdopted(plan_id=plan.pk), by=by, at=at, house=plan)
    return plan


def _catch_up(plan: ActionPlan) -> None:
    """What was carried on while this was a draft: finished since, it is not needed; else it goes as it goes there."""
    for old in ActionPoint.objects.filter(carried_to__plan=plan):
        mine = plan.points.filter(came_from=old)
        if old.finished:
            mine.delete()
        else:
            mine.update(status=old.status)


@transaction.atomic
def move_point(
    *, by: Actor, at: datetime, point_id: int, version: int | None, status: str, note: str = ""
) -> ActionPoint:
    """Say how a point goes. What was said before is kept."""
    point = _point(point_id, version)
    can_follow_up(by, point).require()
    if status == ActionPoint.Status.DROPPED and not note.strip():
        raise Refused(_("Say why the point is dropped."))
    before, point.status = point.status, status
    point.version += 1
    point.save(update_fields=["status", "version"])
    StatusChange.objects.create(
        **house_of(point), point=point, status=status, note=note, changed_by_id=by.person, changed_at=at
    )
    record(events.PointMoved(point_id=point.pk, before=before, after=status), by=by, at=at, house=point)
    return point


@transaction.atomic
def reassign_point(
    *, by: Actor, at: datetime, point_id: int, version: int | None, responsible_id: int | None, due_date: date | None
) -> ActionPoint:
    """Give a point of an adopted plan another responsible person or deadline."""
    point = _point(point_id, version)
    can_manage(by, point.owner_id).require()
    changed = responsible_id is not None and responsible_id != point.responsible_id
    point.responsible_id, point.due_date = responsible_id, due_date
    point.version += 1
    point.save(update_fields=["responsible", "due_date", "version"])
    if changed and point.plan.adopted:
        point = _point(point_id, None)
        tell_responsible(by=by, at=at, point=point)
    record(events.PointSaved(plan_id=point.plan_id, point_id=point.pk), by=by, at=at, house=point)
    return point
