"""Reads about strategies, action plans and the input of the elected. Row security has already cut to one's houses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from samrad.organisation.actors import Actor, entities_of
from samrad.organisation.models import Entity, Membership, Person, RoleAssignment
from samrad.organisation.queries import holders
from samrad.strategy.models import (
    ActionPlan,
    ActionPoint,
    ElectedInput,
    ExpiryWarning,
    FocusArea,
    Goal,
    Indicator,
    InputRound,
    Measurement,
    Strategy,
)

Status = ActionPoint.Status


def visible_to(actor: Actor) -> QuerySet[Strategy]:
    """The strategies a person reads: all of one's own entity and its cooperations; none for the public."""
    return Strategy.objects.select_related("owner") if actor.is_person else Strategy.objects.none()


def plans_of(actor: Actor) -> QuerySet[ActionPlan]:
    """The action plans of the strategies a person reads."""
    plans = ActionPlan.objects.filter(strategy__in=visible_to(actor))
    return plans.select_related("strategy__owner")


def points_of(actor: Actor) -> QuerySet[ActionPoint]:
    """The points of the plans a person reads."""
    points = ActionPoint.objects.filter(plan__strategy__in=visible_to(actor))
    return points.select_related("plan__strategy", "area", "goal", "responsible")


def rounds_of(actor: Actor) -> QuerySet[InputRound]:
    """The yearly points where the elected are heard."""
    return InputRound.objects.filter(strategy__in=visible_to(actor)).select_related("strategy__owner")


def inputs_of(actor: Actor) -> QuerySet[ElectedInput]:
    """What the elected have said: readable by all in the house."""
    inputs = ElectedInput.objects.filter(round__strategy__in=visible_to(actor))
    return inputs.select_related("round__strategy__owner", "said_by", "recorded_by", "answered_by")


def holds(on: date) -> Q:
    """Of strategies, those that are adopted and hold on a day."""
    return Q(adopted_date__isnull=False, valid_from__lte=on, valid_to__gte=on)


def in_force(owner_ids: Iterable[int | None], *, on: date) -> QuerySet[Strategy]:
    """The adopted strategies that hold for some entities on a day."""
    return Strategy.objects.filter(holds(on), owner_id__in=[pk for pk in owner_ids if pk])


# --- How far it has come ---


@dataclass(frozen=True)
class Progress:
    """How many of the points that count are done. Dropped points and those carried on to a later plan do not count."""

    done: int = 0
    total: int = 0

    @property
    def percent(self) -> int | None:
        """Whole per cent; nothing where there is no point to count."""
        if not self.total:
            return None
        return int((Decimal(100 * self.done) / self.total).quantize(Decimal(1), ROUND_HALF_UP))


def progress_of(points: Iterable[ActionPoint]) -> Progress:
    """How far some points have come. A point that lives on in a later plan counts there, and once."""
    rows = list(points)
    gone_on = {row.came_from_id for row in rows}
    counted = [row for row in rows if row.pk not in gone_on and row.status != Status.DROPPED]
    return Progress(sum(row.status == Status.DONE for row in counted), len(counted))


def progress_by_area(points: Iterable[ActionPoint]) -> dict[int, Progress]:
    """The same for each focus area, by the first of the area's row, so that a new version counts what the old began."""
    rows = list(points)
    gone_on = {row.came_from_id for row in rows}
    by_area: dict[int, list[ActionPoint]] = {}
    for row in rows:
        if row.pk not in gone_on:
            by_area.setdefault(row.area.root_or_self_id, []).append(row)
    return {area: progress_of(own) for area, own in by_area.items()}


def points_in_row(strategy: Strategy) -> list[ActionPoint]:
    """Every point of a strategy's plans, and of those of the versions before it."""
    roots = FocusArea.objects.filter(strategy=strategy).order_by().values(first=Coalesce("root_id", "pk"))
    found = ActionPoint.objects.filter(
        Q(area__root_id__in=roots) | Q(area_id__in=roots), plan__adopted_date__isnull=False
    )
    return list(found.select_related("area", "responsible", "plan", "goal"))


# --- One strategy as it is read ---


@dataclass
class IndicatorLine:
    """An indicator with its newest value, and how far that is from baseline to target."""

    indicator: Indicator
    current: Measurement | None = None

    @property
    def percent(self) -> int | None:
        """How much of the way from baseline to target; never under 0 nor over 100."""
        if self.current is None:
            return None
        way = self.indicator.target - self.indicator.baseline
        gone = (self.current.value - self.indicator.baseline) * 100 / way
        return int(max(Decimal(0), min(Decimal(100), gone)).quantize(Decimal(1), ROUND_HALF_UP))


@dataclass
class GoalLine:
    """A goal with its indicators."""

    goal: Goal
    indicators: list[IndicatorLine] = field(default_factory=list)


@dataclass
class AreaLine:
    """A focus area with its goals and how far it has come."""

    area: FocusArea
    progress: Progress
    goals: list[GoalLine] = field(default_factory=list)


def newest_values(indicators: Iterable[Indicator]) -> dict[int, Measurement]:
    """The newest value of each indicator, by the first of its row."""
    roots = [one.root_or_self_id for one in indicators]
    rows = Measurement.objects.filter(indicator_id__in=roots).order_by("indicator_id", "-measured_on", "-id")
    return {row.indicator_id: row for row in rows.distinct("indicator_id")}


def areas_of(strategy: Strategy, points: Iterable[ActionPoint]) -> list[AreaLine]:
    """The focus areas with goals, indicators, newest values and progress, in four queries whatever their number."""
    goals = Prefetch("goals", Goal.objects.prefetch_related("indicators"))
    areas = list(strategy.areas.prefetch_related(goals))
    values = newest_values(i for a in areas for g in a.goals.all() for i in g.indicators.all())
    progress = progress_by_area(points)
    return [
        AreaLine(
            area,
            progress.get(area.root_or_self_id, Progress()),
            [
                GoalLine(g, [IndicatorLine(i, values.get(i.root_or_self_id)) for i in g.indicators.all()])
                for g in area.goals.all()
            ],
        )
        for area in areas
    ]


def history_of(indicator: Indicator) -> list[Measurement]:
    """Every value of an indicator, newest first, those of earlier versions of the strategy too."""
    return list(Measurement.objects.filter(indicator_id=indicator.root_or_self_id).select_related("recorded_by"))


def carried_from(point: ActionPoint) -> list[ActionPoint]:
    """The same point in other years, oldest first."""
    row = Q(pk=point.root_or_self_id) | Q(root_id=point.root_or_self_id)
    return list(ActionPoint.objects.filter(row).exclude(pk=point.pk).select_related("plan").order_by("plan__year"))


# --- What an initiative can support ---


def choosable_goals(owner_ids: Iterable[int | None], *, on: date) -> list[Goal]:
    """The goals of the strategies in force."""
    goals = Goal.objects.filter(area__strategy__in=in_force(owner_ids, on=on))
    return list(goals.select_related("area__strategy").order_by("area__strategy_id", "area__order", "area_id", "order"))


def choosable_points(owner_ids: Iterable[int | None], *, on: date) -> list[ActionPoint]:
    """The points of adopted plans for this year and later that are not finished, and that are not carried on."""
    points = ActionPoint.objects.filter(
        plan__strategy__in=in_force(owner_ids, on=on),
        plan__adopted_date__isnull=False,
        plan__year__gte=on.year,
    ).exclude(status__in=[Status.DONE, Status.DROPPED])
    points = points.exclude(carried_to__plan__adopted_date__isnull=False)
    return list(points.select_related("area", "plan").order_by("plan__year", "id"))


# --- Running out ---


@dataclass(frozen=True)
class Expiry:
    """That a strategy runs out, in words; `expired` where it has."""

    text: str
    expired: bool


def followed(strategy: Strategy, *, on: date) -> bool:
    """Does another adopted strategy of the same owner take over when this one ends, or has one done so since?"""
    start = max(on, strategy.valid_to + timedelta(days=1))
    later = Strategy.objects.filter(
        owner_id=strategy.owner_id, adopted_date__isnull=False, valid_from__lte=start, valid_to__gt=strategy.valid_to
    )
    return later.exclude(pk=strategy.pk).exists()


def expiry_of(strategy: Strategy, *, on: date) -> Expiry | None:
    """The warning that belongs on the page (S59): before it runs out and after, unless another takes over."""
    left = (strategy.valid_to - on).days
    if not strategy.adopted or on < strategy.valid_from or left > strategy.warn_days or followed(strategy, on=on):
        return None
    if left < 0:
        return Expiry(_("This strategy has run out, and no new one has taken over. Adopt a new one."), True)
    text = _("This strategy runs out in %(days)s days, and no new one takes over yet. Start on the next one.")
    return Expiry(text % {"days": left}, False)


def running_out(owner_id: int, *, on: date) -> list[Strategy]:
    """The adopted strategies of an entity that are near their end or past it, and of which nobody has been told.

    The newest version only. One is told of before its end and after it, again where it gets another last day.
    """
    told = ExpiryWarning.objects.filter(strategy=OuterRef("pk"), valid_to=OuterRef("valid_to"))
    of_end = Exists(told.filter(kind=ExpiryWarning.Kind.EXPIRED))
    of_coming = Exists(told.filter(kind=ExpiryWarning.Kind.BEFORE))
    adopted = Strategy.objects.filter(owner_id=owner_id, adopted_date__isnull=False, valid_from__lte=on).filter(
        Q(replaced_by__isnull=True) | Q(replaced_by__adopted_date__isnull=True)
    )
    adopted = adopted.exclude(of_end, valid_to__lt=on).exclude(of_coming, valid_to__gte=on)
    return [one for one in adopted.select_related("owner") if expiry_of(one, on=on)]


def responsible_for(owner: Entity, *, on: date) -> list[Person]:
    """Who is told: administrators and heads of the secretariat, of the owner and of the cooperations around it."""
    houses = entities_of(owner.pk, on=on)
    found = [p for house in houses[:1] for p in _leads(house, on)]
    return found or [p for house in houses[1:] for p in _leads(house, on)]


def _leads(entity_id: int, on: date) -> list[Person]:
    roles = ("administrator", "secretariat_lead")
    return [person for role in roles for person in holders(role, entity_id=entity_id, on=on)]


def elected_of(owner: Entity, *, on: date) -> QuerySet[Person]:
    """The elected representatives of an entity, and of its members where it is a cooperation."""
    members = Membership.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), cooperation=owner, valid_from__lte=on
    )
    held = RoleAssignment.objects.filter(
        Q(entity=owner) | Q(entity_id__in=members.values("member_id")),
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        role="elected_rep",
        valid_from__lte=on,
    )
    return Person.objects.filter(active=True, pk__in=held.values("person_id")).order_by("name")
