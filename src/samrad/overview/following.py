"""The strategy beside the initiatives: what of the plan nobody works on, and what is worked on outside the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samrad.initiatives.content import CHOICES
from samrad.initiatives.models import GoalLink, Initiative
from samrad.initiatives.queries import masked_groups, visible_to
from samrad.organisation.actors import Actor
from samrad.strategy.models import ActionPlan, ActionPoint
from samrad.strategy.queries import Progress, points_in_row, progress_by_area, progress_of

KINDS: dict[str, Promise] = {
    "progress": _("Progress by focus area"),
    "points": _("Points without initiatives"),
    "initiatives": _("Initiatives without a point"),
    "outside": _("Initiatives outside the plan"),
}


def counted(actor: Actor, plan: ActionPlan) -> QuerySet[Initiative]:
    """The initiatives of the plan's house that are sent in and go on, as far as the actor sees them."""
    house = plan.owner_id
    ours = Q(owner_id=house) | Q(shared_with_id=house) | Q(participant_ids__contains=[house])
    going = [Initiative.Status.ACTIVE, Initiative.Status.PAUSED]
    return (
        visible_to(actor)
        .filter(ours, stage__gte=Initiative.Stage.SUBMITTED, status__in=going)
        .select_related("owner", "field")
        .order_by("reference", "pk")
    )


def _of_plan(plan: ActionPlan) -> Q:
    """Links to a point of the plan, or to the same point in another year."""
    roots = {root or pk for root, pk in plan.points.values_list("root_id", "pk")}
    return Q(point_id__in=roots) | Q(point__root_id__in=roots)


@dataclass(frozen=True)
class AreaRow:
    """A focus area: how far it has come, its points by status, and what it costs."""

    name: str
    progress: Progress
    statuses: list[tuple[str, int]]
    cost_kr: Decimal
    initiatives: int


def progress(actor: Actor, plan: ActionPlan) -> list[AreaRow]:
    """How far each focus area has come, over all the plans of the strategy (S3)."""
    points = points_in_row(plan.strategy)
    by_area = progress_by_area(points)
    gone_on = {p.came_from_id for p in points}
    links = GoalLink.objects.filter(initiative__in=counted(actor, plan)).values_list(
        "initiative_id", "goal__area_id", "point__area_id"
    )
    working: dict[int, set[int]] = {}
    for initiative_id, goal_area, point_area in links:
        working.setdefault(goal_area or point_area, set()).add(initiative_id)
    rows = []
    for area in plan.strategy.areas.all():
        own = [p for p in points if p.area.root_or_self_id == area.root_or_self_id and p.pk not in gone_on]
        count = Counter(p.status for p in own)
        same = {p.area_id for p in own} | {area.pk}
        rows.append(
            AreaRow(
                area.name,
                by_area.get(area.root_or_self_id, Progress()),
                [(str(label), count[code]) for code, label in ActionPoint.Status.choices],
                sum((p.cost_kr or Decimal(0) for p in own if p.status != ActionPoint.Status.DROPPED), Decimal(0)),
                len(set().union(*(working.get(pk, set()) for pk in same))),
            )
        )
    return rows


def whole(plan: ActionPlan) -> Progress:
    """How far the strategy has come as a whole."""
    return progress_of(points_in_row(plan.strategy))


def points_without(actor: Actor, plan: ActionPlan) -> list[ActionPoint]:
    """The points of the plan that no initiative is linked to, neither here nor in another year (S3)."""
    links = GoalLink.objects.filter(_of_plan(plan), initiative__in=counted(actor, plan))
    worked = {root or pk for root, pk in links.values_list("point__root_id", "point_id")}
    points = plan.points.select_related("area", "responsible").exclude(status=ActionPoint.Status.DROPPED)
    return [p for p in points if p.root_or_self_id not in worked]


def initiatives_without(actor: Actor, plan: ActionPlan) -> QuerySet[Initiative]:
    """The initiatives that are linked to no point of the plan (S3)."""
    linked = GoalLink.objects.filter(_of_plan(plan), initiative=OuterRef("pk"))
    return counted(actor, plan).filter(~Exists(linked))


def outside(actor: Actor, plan: ActionPlan) -> QuerySet[Initiative]:
    """The initiatives that are said to be outside the plan (S14)."""
    return counted(actor, plan).filter(answers__has_key="outside_plan").exclude(answers__outside_plan="")


@dataclass(frozen=True)
class Row:
    """An initiative in a report; kind and reason are empty where they are exempt from the reader."""

    initiative: Initiative
    kind: str
    reason: str
    hidden: bool


def readable_rows(actor: Actor, initiatives: Iterable[Initiative], *, on: date) -> list[Row]:
    """Initiatives with what the actor may read of why, in two queries whatever their number."""
    rows = list(initiatives)
    masked = masked_groups(actor, rows, on=on)
    return [_row(one, hidden="need" in masked[one.pk]) for one in rows]


def _row(one: Initiative, *, hidden: bool) -> Row:
    if hidden:
        return Row(one, "", "", True)
    kind = one.answers.get("outside_plan") or ""
    reason = one.answers.get("outside_reason") or one.answers.get("goal") or ""
    return Row(one, str(CHOICES["outside_plan"].get(kind, kind)) if kind else "", reason, False)
