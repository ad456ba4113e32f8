"""Writing a strategy: the draft with its focus areas, goals and indicators, adoption, and new versions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Refused, Stale
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.organisation.queries import shared_with
from samrad.strategy import events
from samrad.strategy.models import FocusArea, Goal, Indicator, Strategy
from samrad.strategy.policy import can_adopt, can_change, can_manage, can_renew

TEXTS = ("title", "valid_from", "valid_to", "vision", "principles", "warn_days")


def _locked(strategy_id: int, version: int | None) -> Strategy:
    strategy = Strategy.objects.select_for_update(of=("self",)).select_related("owner").get(pk=strategy_id)
    if version is not None and version != strategy.version:
        raise Stale(_("Someone has changed the strategy since you opened the page. Look at it again, and then save."))
    return strategy


def _touched(strategy: Strategy, at: datetime, part: str, by: Actor) -> None:
    strategy.version += 1
    strategy.updated_at = at
    strategy.save()
    event = events.StrategyChanged(strategy_id=strategy.pk, part=part, to_version=strategy.version)
    record(event, by=by, at=at, house=strategy)


@transaction.atomic
def draft_strategy(
    *,
    by: Actor,
    at: datetime,
    owner: Entity,
    title: str,
    valid_from: date,
    valid_to: date,
    vision: str = "",
    principles: str = "",
    warn_days: int = 180,
) -> Strategy:
    """Begin on a strategy: everybody in the house can read the draft."""
    can_manage(by, owner.pk).require()
    strategy = Strategy.objects.create(
        owner=owner,
        shared_with=shared_with(owner, on=localdate(at)),
        title=title,
        valid_from=valid_from,
        valid_to=valid_to,
        vision=vision,
        principles=principles,
        warn_days=warn_days,
        created_by_id=by.person_id,
        created_at=at,
        updated_at=at,
    )
    record(events.StrategyDrafted(strategy_id=strategy.pk, number=1), by=by, at=at, house=strategy)
    return strategy


@transaction.atomic
def change_strategy(
    *, by: Actor, at: datetime, strategy_id: int, version: int | None, values: Mapping[str, Any]
) -> Strategy:
    """Change the period, the vision or the principles of a draft."""
    strategy = _locked(strategy_id, version)
    can_change(by, strategy).require()
    for name in TEXTS:
        if name in values:
            setattr(strategy, name, values[name])
    _touched(strategy, at, "texts", by)
    return strategy


@transaction.atomic
def save_area(
    *, by: Actor, at: datetime, strategy_id: int, name: str, description: str = "", area_id: int | None = None
) -> FocusArea:
    """Add a focus area to a draft, or change one."""
    strategy = _locked(strategy_id, None)
    can_change(by, strategy).require()
    area = strategy.areas.get(pk=area_id) if area_id else FocusArea(**house_of(strategy), strategy=strategy)
    if not area_id:
        area.order = strategy.areas.count()
    area.name, area.description = name, description
    area.save()
    _touched(strategy, at, "area", by)
    return area


@transaction.atomic
def save_goal(*, by: Actor, at: datetime, area_id: int, text: str, goal_id: int | None = None) -> Goal:
    """Add a goal to a focus area of a draft, or change one."""
    area = FocusArea.objects.get(pk=area_id)
    strategy = _locked(area.strategy_id, None)
    can_change(by, strategy).require()
    goal = area.goals.get(pk=goal_id) if goal_id else Goal(**house_of(strategy), area=area, order=area.goals.count())
    goal.text = text
    goal.save()
    _touched(strategy, at, "goal", by)
    return goal


@transaction.atomic
def save_indicator(
    *,
    by: Actor,
    at: datetime,
    goal_id: int,
    name: str,
    unit: str,
    baseline: Decimal,
    target: Decimal,
    target_date: date,
    indicator_id: int | None = None,
) -> Indicator:
    """Say what shows whether a goal of a draft is reached."""
    goal = Goal.objects.select_related("area").get(pk=goal_id)
    strategy = _locked(goal.area.strategy_id, None)
    can_change(by, strategy).require()
    indicator = goal.indicators.get(pk=indicator_id) if indicator_id else Indicator(**house_of(strategy), goal=goal)
    indicator.name, indicator.unit = name, unit
    indicator.baseline, indicator.target, indicator.target_date = baseline, target, target_date
    indicator.save()
    _touched(strategy, at, "indicator", by)
    return indicator


@transaction.atomic
def remove_part(*, by: Actor, at: datetime, strategy_id: int, part: str, part_id: int) -> None:
    """Take a focus area, a goal or an indicator out of a draft. What was adopted in an earlier version stands there."""
    strategy = _locked(strategy_id, None)
    can_change(by, strategy).require()
    if part == "area":
        area = strategy.areas.get(pk=part_id)
        if area.goals.exists():
            raise Refused(_("The focus area has goals. Take them out first."))
        area.delete()
    elif part == "goal":
        Goal.objects.get(pk=part_id, area__strategy=strategy).delete()
    else:
        Indicator.objects.get(pk=part_id, goal__area__strategy=strategy).delete()
    _touched(strategy, at, f"{part}_removed", by)


@transaction.atomic
def adopt_strategy(
    *,
    by: Actor,
    at: datetime,
    strategy_id: int,
    version: int | None,
    adopted_by: str,
    adopted_date: date,
    case_number: str = "",
    source: str = "",
) -> Strategy:
    """Record that the strategy is adopted. The version before it ends the day before this one begins."""
    strategy = _locked(strategy_id, version)
    can_adopt(by, strategy).require()
    strategy.adopted_by, strategy.adopted_date = adopted_by, adopted_date
    strategy.case_number, strategy.source = case_number, source
    strategy.version += 1
    strategy.updated_at = at
    strategy.save()
    before = strategy.replaces
    if before is not None and before.valid_to >= strategy.valid_from:
        before.valid_to = max(strategy.valid_from - timedelta(days=1), before.valid_from)
        before.save(update_fields=["valid_to"])
    event = events.StrategyAdopted(strategy_id=strategy.pk, replaces_id=strategy.replaces_id)
    record(event, by=by, at=at, house=strategy)
    return strategy


@transaction.atomic
def renew_strategy(*, by: Actor, at: datetime, strategy_id: int) -> Strategy:
    """Begin on a new version: everything is copied into a draft, and the adopted one stands until the new is adopted."""
    old = _locked(strategy_id, None)
    can_renew(by, old).require()
    new = Strategy.objects.create(
        **house_of(old),
        title=old.title,
        number=old.number + 1,
        replaces=old,
        valid_from=max(localdate(at), old.valid_from + timedelta(days=1)),
        valid_to=max(old.valid_to, localdate(at) + timedelta(days=365)),
        vision=old.vision,
        principles=old.principles,
        warn_days=old.warn_days,
        created_by_id=by.person_id,
        created_at=at,
        updated_at=at,
    )
    for area in old.areas.prefetch_related("goals__indicators"):
        _copy_area(area, new)
    event = events.StrategyDrafted(strategy_id=new.pk, number=new.number, replaces_id=old.pk)
    record(event, by=by, at=at, house=new)
    return new


def _copy_area(area: FocusArea, new: Strategy) -> None:
    house = house_of(new)
    to = FocusArea.objects.create(
        **house,
        strategy=new,
        name=area.name,
        description=area.description,
        order=area.order,
        came_from=area,
        root_id=area.root_or_self_id,
    )
    for goal in area.goals.all():
        copy = Goal.objects.create(
            **house, area=to, text=goal.text, order=goal.order, came_from=goal, root_id=goal.root_or_self_id
        )
        for one in goal.indicators.all():
            Indicator.objects.create(
                **house,
                goal=copy,
                name=one.name,
                unit=one.unit,
                baseline=one.baseline,
                target=one.target,
                target_date=one.target_date,
                came_from=one,
                root_id=one.root_or_self_id,
            )
