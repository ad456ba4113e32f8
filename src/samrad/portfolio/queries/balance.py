"""Reads for the balance of a portfolio: what stands about each project, the goals in force, and people by quarter."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, JSONField, OuterRef, Subquery, Sum, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject

from samrad.anchoring.models import Affected
from samrad.core.manyids import one_of
from samrad.initiatives.models import GoalLink, Initiative
from samrad.organisation.actors import Actor
from samrad.portfolio.balancing import veiled
from samrad.portfolio.models import Baseline, MoneyLine, Portfolio, Project, Risk
from samrad.portfolio.periods import quarters_from
from samrad.portfolio.queries.lines import Line, money_lines_of
from samrad.portfolio.queries.reports import sector_of
from samrad.portfolio.queries.resources import Load, house_loads
from samrad.secretariat.models import ScoreCard, Scoring
from samrad.secretariat.queries.scoring import benefit_points
from samrad.strategy.models import Goal, Strategy
from samrad.strategy.queries import holds

Extra = dict[str, Any]
GOING = (Initiative.Status.ACTIVE, Initiative.Status.PAUSED)


class AsJson(Func):
    """An array as one JSON text: read at once, where an array of JSON is read a piece at a time."""

    function = "to_jsonb"
    output_field = JSONField()


def _goals() -> Func:
    """The goals it serves, straight or by a point of the action plan; a point without a goal stands for its area."""
    told = JSONObject(
        goal=Coalesce("goal__root_id", "goal_id", "point__goal__root_id", "point__goal_id"),
        text=Coalesce("goal__text", "point__goal__text"),
        area=Coalesce("point__area__root_id", "point__area_id"),
        name="point__area__name",
    )
    links = GoalLink.objects.filter(initiative=OuterRef("initiative_id")).order_by("pk")
    return AsJson(ArraySubquery(links.values(told=told)))


def _years() -> Func:
    """Kroner by year: what is budgeted, and what is expected. Where nobody has said what to expect, the budget is."""
    nothing = Value(0)
    rows = MoneyLine.objects.filter(project=OuterRef("pk")).order_by("year").values("year")
    budget = Cast(Sum(Coalesce("budget_kr", nothing)), TextField())
    forecast = Cast(Sum(Coalesce("forecast_kr", "budget_kr", nothing)), TextField())
    told = JSONObject(year=F("year"), budget=budget, forecast=forecast)
    return AsJson(ArraySubquery(rows.annotate(told=told).values("told")))


def extras_of(project_ids: Collection[int]) -> dict[int, Extra]:
    """What a line does not hold of many projects, in two queries: goals, units, years, the frame, risk and scores."""
    units = Affected.objects.filter(initiative=OuterRef("initiative_id"), removed_at__isnull=True)
    size = F("likelihood_after") * F("impact_after")
    risks = Risk.objects.filter(project=OuterRef("pk"), closed_at__isnull=True, kind=Risk.Kind.RISK)
    worst = risks.order_by(size.desc()).values(size=size)[:1]
    frames = Baseline.objects.filter(project=OuterRef("pk")).order_by("-number")
    house = Concat("unit__name", Value(", "), "unit__owner__name")
    owner = Concat("initiative__owning_sector__name", Value(", "), "initiative__owner__name")
    rows = Project.objects.filter(one_of("pk", project_ids)).values(
        "pk",
        work=F("initiative__classification"),
        size=F("initiative__size"),
        status=F("initiative__status"),
        duty=KeyTextTransform("legal_duty", "initiative__answers"),
        owning=F("initiative__owning_sector_id"),
        home=owner,
        goals=_goals(),
        units=ArraySubquery(units.order_by("unit__name").annotate(house=house).values("house")),
        years=_years(),
        frame=Subquery(frames.values("frame_kr")[:1]),
        risk=Subquery(worst),
    )
    scored = _scored(project_ids)
    return {row["pk"]: {**row, **scored.get(row["pk"], UNSCORED)} for row in rows}


UNSCORED: Extra = {"must_do": None, "points": None}


def _scored(project_ids: Collection[int]) -> dict[int, Extra]:
    """What the scoring says: duty by law of the newest one, and the benefit's points of the newest that is closed."""
    cards = ScoreCard.objects.filter(scoring=OuterRef("pk"), withdrawn_at__isnull=True, scored_at__isnull=False)
    rows = Scoring.objects.filter(one_of("case__initiative__project", project_ids)).order_by("opened_at", "pk")
    names = ("case__initiative__project", "must_do", "closed_at", "criteria")
    found: dict[int, Extra] = {}
    for pk, must_do, closed, criteria, given in rows.values_list(*names, ArraySubquery(cards.values("scores"))):
        before = found.get(pk, UNSCORED)["points"]
        points = benefit_points(criteria, given) if closed else before
        found[pk] = {"must_do": must_do, "points": points}
    return found


def served(extra: Extra) -> list[dict[str, Any]]:
    """The goals a project serves, each once: those of its points of the action plan too."""
    found = {}
    for one in extra["goals"]:
        key, text = (one["goal"], one["text"]) if one["goal"] else (f"area-{one['area']}", one["name"])
        found[key] = {"key": key, "text": text}
    return list(found.values())


def balance_facts(line: Line, extra: Extra, hidden: Mapping[str, str]) -> dict[str, Any]:
    """What the pictures are made of for one project, without what is exempt from the reader."""
    project, need, stated = line.project, line.project.initiative, line.amounts.get("budget")
    kr, frame = line.budget_kr, extra["frame"]
    foreign = stated is not None and stated.value is not None and stated.currency != "NOK"
    sector = sector_of(line)
    own = extra["home"] if extra["owning"] else sector
    facts = {
        "id": project.pk,
        "reference": need.reference,
        "title": need.title,
        "sector": sector,
        "size": extra["size"],
        "work": extra["work"],
        "going": extra["status"] in GOING and need.phase != Initiative.Phase.DONE,
        "must": bool(extra["duty"]) if extra["must_do"] is None else extra["must_do"],
        "goals": served(extra),
        "units": [unit for unit in dict.fromkeys([own, *extra["units"]]) if unit],
        "risk": extra["risk"],
        "points": extra["points"],
        "kr": None if kr is None else str(kr),
        "base": stated.price_base if stated else "",
        "other": stated.currency if stated and foreign else "",
        "frame_kr": str(frame if frame is not None else kr) if frame is not None or kr is not None else None,
        "years": {str(one["year"]): {n: one[n] for n in ("budget", "forecast")} for one in extra["years"]},
        "benefit_kr": str(line.benefit_kr),
        "benefit_hours": line.benefit_hours,
        # No benefit is measured in the register yet: what nobody has measured is not 0.
        "realised_kr": None,
        "start": project.start_date.isoformat() if project.start_date else None,
        "end": project.end_date.isoformat() if project.end_date else None,
        "exempt": [],
    }
    return veiled(facts, hidden)


def goals_in_force(portfolio: Portfolio, *, on: date) -> list[dict[str, Any]]:
    """Every goal of the strategies that hold for the portfolio's house, in order."""
    strategies = Strategy.objects.filter(holds(on), owner_id=portfolio.owner_id)
    rows = Goal.objects.filter(area__strategy__in=strategies).order_by("area__strategy", "area__order", "order", "pk")
    return [{"key": root or pk, "text": text} for pk, root, text in rows.values_list("pk", "root_id", "text")]


def people_by_quarter(loads_of_each: Collection[Sequence[Load]], quarters: Sequence[date]) -> list[dict[str, Any]]:
    """Person-days there are and person-days that are asked for, as plain data."""
    found = []
    for place, quarter in enumerate(quarters):
        loads = [row[place] for row in loads_of_each]
        each = [(load.days, load.booked + load.asked) for load in loads if load.days is not None]
        days = {"days": sum(load.days or 0 for load in loads), "demand": sum(one.booked + one.asked for one in loads)}
        found.append({"quarter": quarter.isoformat(), **days, "each": each})
    return found


def key_roles(loads_of_each: Iterable[Sequence[Load]]) -> list[dict[str, Any]]:
    """Those the projects ask for, as plain data: the days each has and the days that are wanted, quarter by quarter."""
    return [
        {
            "name": loads[0].resource.title,
            "unit": loads[0].resource.unit.name,
            "loads": [[load.days, load.booked + load.asked] for load in loads],
        }
        for loads in loads_of_each
        if any(load.given or load.asked for load in loads)
    ]


def balanced(actor: Actor, portfolio: Portfolio, *, on: date) -> dict[str, Any]:
    """All the pictures of a portfolio are made of, as the actor may read it, whatever its size in as many queries."""
    lines = money_lines_of(actor, portfolio, on=on)
    extras = extras_of([line.project.pk for line in lines])
    quarters = quarters_from(on)
    return {
        "projects": [balance_facts(line, extras[line.project.pk], line.masked) for line in lines],
        "goals": goals_in_force(portfolio, on=on),
        "people": people_by_quarter(house_loads(portfolio, quarters).values(), quarters),
    }
