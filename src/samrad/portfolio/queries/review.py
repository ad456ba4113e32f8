"""Reads for the review of status: the newest answer for each project, and what the strategies ask for."""

from __future__ import annotations

from django.db.models import Max, QuerySet

from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor
from samrad.portfolio.models import Portfolio, Project, StillRight
from samrad.portfolio.queries.lines import visible_to
from samrad.portfolio.queries.showing import within
from samrad.strategy.models import Goal


def reviewed(actor: Actor, portfolio: Portfolio) -> QuerySet[Project]:
    """The projects under way that a review asks about."""
    rows = visible_to(actor).filter(within(portfolio), initiative__status__in=["active", "paused"])
    rows = rows.exclude(initiative__phase=Initiative.Phase.DONE).order_by("initiative__title_sort", "pk")
    return rows.select_related("initiative__owner", "portfolio")


def newest_answers(portfolio: Portfolio) -> dict[int, StillRight]:
    """The answer that holds for each project."""
    newest = StillRight.objects.filter(portfolio=portfolio).order_by().values("project").annotate(last=Max("pk"))
    rows = StillRight.objects.filter(pk__in=newest.values("last")).select_related("answered_by")
    return {row.project_id: row for row in rows}


def goals_of(strategy_ids: list[int]) -> list[Goal]:
    """The goals of some strategies, by focus area."""
    rows = Goal.objects.filter(area__strategy_id__in=strategy_ids).select_related("area")
    return list(rows.order_by("area__order", "area_id", "order", "pk"))
