"""Everything about the projects of a portfolio, to take out: a table for each kind of thing, as this reader may see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from samrad.initiatives.models import Benefit
from samrad.organisation.actors import Actor
from samrad.portfolio.models import Milestone, MoneyLine, Portfolio, Risk, StatusReport
from samrad.portfolio.queries import REPORTED, Line, details_of, lines_of
from samrad.portfolio.reporting import project_data

SHAPE = 1
"""The shape of the export. It gets a new number when a column goes or means something else."""
PROJECT = (
    "reference",
    "title",
    "municipality",
    "sector",
    "field",
    "phase",
    "status",
    "owner",
    "manager",
    "benefit_responsible",
    "start_date",
    "end_date",
    "approved_end",
    "next_gate",
    "goal",
    "budget_kr",
    "frame_kr",
    "spent_kr",
    "forecast_kr",
    "deviation_percent",
    "benefit_kr",
    "benefit_hours",
    "personal_data",
    "source_id",
)
STATUS = ("period_start", "period_end", *REPORTED)
MONEY = ("year", "kind", "source", "budget_kr", "actual_kr", "forecast_kr")
RISK = ("kind", "title", "cause", "likelihood", "impact", "measure", "likelihood_after", "impact_after", "review_date")
STEP = ("name", "kind", "due_date", "reached_date")
BENEFIT = ("title", "kind", "kroner_a_year", "hours_a_year")


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | str) else str(value)


def _row(reference: str, row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {"reference": reference} | {name: _plain(getattr(row, name)) for name in names}


def _open_to(lines: list[Line], hidden: Callable[[Line], bool]) -> dict[int, str]:
    """The projects whose rows may go out: their reference, by id."""
    return {line.project.pk: line.project.initiative.reference for line in lines if not hidden(line)}


def everything(actor: Actor, portfolio: Portfolio, *, at: datetime) -> dict[str, Any]:
    """All there is of the portfolio's projects, in ten queries or so whatever their number; what is exempt stays out."""
    lines = lines_of(actor, portfolio, on=localdate(at))
    details = details_of([line.project.pk for line in lines])
    projects = [project_data(line, line.masked, details[line.project.pk]) for line in lines]
    # What people wrote freely may tell of anything that is exempt.
    whole = _open_to(lines, lambda line: bool(line.masked))
    costs = _open_to(lines, lambda line: "costs" in line.masked)
    needs = {
        line.project.initiative_id: line.project.initiative.reference for line in lines if "benefits" not in line.masked
    }
    reports = StatusReport.objects.filter(project_id__in=whole, state=StatusReport.State.PUBLISHED)
    texts = tuple(f"{name}_text" for name in REPORTED)
    kept = (*STATUS, *texts, "spent_kr", "forecast_kr", "forecast_end_date")
    benefits = Benefit.objects.filter(initiative_id__in=needs, removed_at__isnull=True).order_by("initiative_id", "pk")
    return {
        "shape": SHAPE,
        "portfolio": portfolio.name,
        "organisation": portfolio.owner.name,
        "at": at.isoformat(),
        "projects": [{name: project.get(name) for name in PROJECT} for project in projects],
        "status": [_row(whole[r.project_id], r, kept) for r in reports.order_by("project_id", "period_start", "pk")],
        "money": [
            _row(costs[r.project_id], r, MONEY)
            for r in MoneyLine.objects.filter(project_id__in=costs).order_by("project_id", "year", "kind", "source")
        ],
        "risks": [
            _row(whole[r.project_id or 0], r, RISK)
            for r in Risk.objects.filter(project_id__in=whole).order_by("project_id", "pk")
        ],
        "milestones": [
            _row(whole[r.project_id], r, STEP)
            for r in Milestone.objects.filter(project_id__in=whole).order_by("project_id", "due_date", "pk")
        ],
        "benefits": [_row(needs[r.initiative_id], r, BENEFIT) for r in benefits],
    }


COLUMNS: dict[str, tuple[str, ...]] = {
    "projects": PROJECT,
    "status": ("reference", *STATUS, *(f"{n}_text" for n in REPORTED), "spent_kr", "forecast_kr", "forecast_end_date"),
    "money": ("reference", *MONEY),
    "risks": ("reference", *RISK),
    "milestones": ("reference", *STEP),
    "benefits": ("reference", *BENEFIT),
}
