"""Reads about portfolios: which there are, their board, dates, imports and frozen reports."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import JSONObject
from django.urls import reverse

from samrad.governance.models import CycleDate, CycleKind
from samrad.governance.queries import About
from samrad.organisation.actors import Actor
from samrad.organisation.models import Membership, Person, RoleAssignment
from samrad.portfolio.models import (
    ImportBatch,
    ImportMapping,
    Measure,
    MeasureProject,
    Portfolio,
    PortfolioDate,
    ReportSnapshot,
)
from samrad.portfolio.sheets import BUILT_IN, Mapping
from samrad.strategy.models import Strategy
from samrad.strategy.queries import holds

NEXT_DATES = 5


def portfolios_of(actor: Actor) -> QuerySet[Portfolio]:
    """The portfolios of one's own entities, row security having cut to them; none for the public."""
    return Portfolio.objects.select_related("manager", "owner", "body") if actor.is_person else Portfolio.objects.none()


def with_strategies(actor: Actor, *, on: date) -> QuerySet[Portfolio]:
    """The same, each with the strategies in force for its owner, its next dates and what is to be changed, in one query."""
    rows = Strategy.objects.filter(holds(on), owner_id=OuterRef("owner_id")).order_by("valid_from", "pk")
    names = ("id", "title", "valid_from", "valid_to", "vision", "principles")
    told = JSONObject(**{name: name for name in names})
    tied = PortfolioDate.objects.filter(portfolio=OuterRef(OuterRef("pk"))).values("cycle_date_id")
    dates = CycleDate.objects.filter(_not_over(on), pk__in=tied, cancelled=False).order_by("starts_on", "pk")
    going = Measure.objects.filter(portfolio=OuterRef("pk"), closed_at__isnull=True)
    names_of = ("id", "kind", "state", "title", "due_date", "into_id")
    touches = ArraySubquery(MeasureProject.objects.filter(measure=OuterRef("pk")).order_by("pk").values("project_id"))
    about = JSONObject(responsible="responsible__name", touches=touches, **{name: name for name in names_of})
    said = JSONObject(**{name: name for name in ("title", "note", "starts_on", "ends_on")})
    return portfolios_of(actor).annotate(
        steered_by=ArraySubquery(rows.values(told=told)),
        going_measures=ArraySubquery(going.order_by("due_date", "pk").values(told=about)),
        coming_dates=ArraySubquery(dates.values(told=said)[:NEXT_DATES]),
    )


def board_of(portfolio: Portfolio, *, on: date) -> list[Person]:
    """The portfolio board: the chief executives of the owner's municipalities, today."""
    members = Membership.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), cooperation_id=portfolio.owner_id, valid_from__lte=on
    )
    held = RoleAssignment.objects.filter(
        Q(entity_id=portfolio.owner_id) | Q(entity_id__in=members.values("member_id")),
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        role="chief_executive",
        valid_from__lte=on,
    )
    return list(Person.objects.filter(active=True, pk__in=held.values("person_id")).select_related("owner"))


def on_board(portfolio: Portfolio, *, on: date) -> set[int]:
    """The ids of those on the portfolio board."""
    return {person.pk for person in board_of(portfolio, on=on)}


def next_dates(portfolio: Portfolio) -> list[CycleDate]:
    """The next dates of the annual cycle that are about the portfolio, as they stand now; read with the portfolio itself."""
    read: list[dict[str, Any]] = getattr(portfolio, "coming_dates", [])
    days = ("starts_on", "ends_on")
    return [CycleDate(**{k: date.fromisoformat(v) if v and k in days else v for k, v in row.items()}) for row in read]


def dates_to_tie(portfolio: Portfolio, *, on: date) -> list[CycleDate]:
    """The coming dates of the portfolio's house; `tied` says which are about the portfolio already."""
    tied = Exists(PortfolioDate.objects.filter(portfolio=portfolio, cycle_date=OuterRef("pk")))
    rows = CycleDate.objects.filter(_not_over(on), owner_id=portfolio.owner_id, cancelled=False)
    return list(rows.exclude(kind=CycleKind.QUIET).annotate(tied=tied).order_by("starts_on", "pk"))


def portfolios_by_date(cycle_date_ids: list[int]) -> dict[int, About]:
    """What the annual cycle says each of its dates is about: a portfolio, and where its page is."""
    rows = PortfolioDate.objects.filter(cycle_date_id__in=cycle_date_ids).select_related("portfolio").order_by("pk")
    return {
        row.cycle_date_id: About(row.portfolio.name, reverse("portfolio:portfolio_detail", args=[row.portfolio_id]))
        for row in rows
    }


def _not_over(on: date) -> Q:
    return Q(ends_on__gte=on) | Q(ends_on__isnull=True, starts_on__gte=on)


def snapshots_of(actor: Actor, portfolio: Portfolio) -> QuerySet[ReportSnapshot]:
    """The frozen reports of a portfolio, newest first, without what stands in them: that can be a megabyte each."""
    found = ReportSnapshot.objects.filter(portfolio=portfolio, portfolio__in=portfolios_of(actor))
    found = found.annotate(about=KT("public_data__scope__name")).defer("data", "public_data")
    return found.select_related("taken_by", "treatment").order_by("-taken_at")


def imports_of(actor: Actor) -> QuerySet[ImportBatch]:
    """The imports into the portfolios the actor may import to, newest first; never the files themselves."""
    mine = [p.pk for p in portfolios_of(actor) if actor.may("portfolio.import_projects", p.owner_id)]
    found = ImportBatch.objects.filter(portfolio_id__in=mine).select_related("portfolio", "imported_by")
    return found.defer("content").order_by("-imported_at", "-id")


def mappings_of(actor: Actor, portfolio: Portfolio) -> dict[str, Mapping]:
    """Every saved way to read a spreadsheet for this portfolio's house by name, and the built-in ones."""
    saved = ImportMapping.objects.filter(owner_id=portfolio.owner_id).order_by("name") if actor.is_person else []
    return {row.name: Mapping.from_json({**row.rules, "name": row.name}) for row in saved} | BUILT_IN
