"""Reads for the review of status: the newest answer for each project, and what the strategies ask for."""

from __future__ import annotations

from collections.abc import Collection

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


def newest_answers(portfolios: Collection[Portfolio]) -> list[StillRight]:
    """The answer that holds for each project in each of some portfolios."""
    asked = StillRight.objects.filter(portfolio__in=portfolios).order_by().values("portfolio", "project")
    newest = asked.annotate(last=Max("pk")).values("last")
    return list(StillRight.objects.filter(pk__in=newest).select_related("answered_by"))


def goals_of(strategy_ids: list[int]) -> list[Goal]:
    """The goals of some strategies, by focus area."""
    rows = Goal.objects.filter(area__strategy_id__in=strategy_ids).select_related("area")
    return list(rows.order_by("area__order", "area_id", "order", "pk"))
