"""Reads about what is in a portfolio: what it steers, and what it shows besides."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet

from samrad.organisation.actors import Actor
from samrad.portfolio.models import Portfolio, Project, ShownIn
from samrad.portfolio.queries.portfolios import portfolios_of


def within(portfolio: Portfolio, relation: str = "") -> Q:
    """Is the project, or the one a row refers to by `relation`, in the portfolio: steered by it, or shown there?"""
    before = f"{relation}__" if relation else ""
    shown = ShownIn.objects.filter(portfolio=portfolio, removed_at__isnull=True).values("project_id")
    return Q(**{f"{before}portfolio": portfolio}) | Q(**{f"{before}pk__in": shown})


def also_in(*, but: Portfolio | None = None) -> ArraySubquery:
    """The names of the other portfolios a project is in, as a column; row security leaves out what the reader may not read."""
    shown = ShownIn.objects.filter(portfolio=OuterRef("pk"), project=OuterRef(OuterRef("pk")), removed_at__isnull=True)
    rows = Portfolio.objects.filter(Q(pk=OuterRef("portfolio_id")) | Exists(shown))
    rows = rows.exclude(pk=but.pk) if but else rows.exclude(pk=OuterRef("portfolio_id"))
    return ArraySubquery(rows.order_by("name").values("name"))


def shown_in(portfolio: Portfolio) -> QuerySet[ShownIn]:
    """What the portfolio shows besides its own, and what it has shown, the newest first."""
    named = ("project__initiative__owner", "shown_by", "removed_by")
    rows = ShownIn.objects.filter(portfolio=portfolio).exclude(project__portfolio=portfolio)  # it is at home now
    return rows.select_related(*named)


def to_show(actor: Actor, portfolio: Portfolio, seen: QuerySet[Project]) -> QuerySet[Project]:
    """The projects the portfolio could show: those one sees that are under way in other portfolios."""
    rows = seen.exclude(within(portfolio)).filter(initiative__status__in=["active", "paused"])
    rows = rows.filter(portfolio__in=portfolios_of(actor)).select_related("initiative__owner", "portfolio")
    return rows.order_by("initiative__title_sort", "pk")


def without_home(owner_id: int) -> list[int]:
    """The projects of an entity whose portfolio it no longer reads: it has left the cooperation that steers them."""
    rows = Project.objects.filter(owner_id=owner_id).exclude(portfolio_id__in=Portfolio.objects.values("pk"))
    return list(rows.values_list("pk", flat=True))
