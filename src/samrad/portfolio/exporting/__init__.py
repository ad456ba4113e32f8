"""Everything about a portfolio, to take out: a table for each kind of thing, as this reader may see it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate

from samrad.organisation.actors import Actor
from samrad.organisation.models import Person
from samrad.portfolio.exporting.tables import TABLES, Gate, Table
from samrad.portfolio.models import Portfolio
from samrad.portfolio.queries import Line, details_of, lines_of
from samrad.portfolio.reporting import project_data

SHAPE = 2
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


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | str | list | dict) else str(value)


def _is_open(line: Line, gate: Gate) -> bool:
    # What people wrote freely may tell of anything that is exempt.
    return not line.masked if gate == "whole" else gate not in line.masked


def _rows(table: Table, portfolio: Portfolio, lines: list[Line]) -> list[dict[str, Any]]:
    """The rows of one table, in one query."""
    names = {line.project.pk: line.project.initiative.reference for line in lines if _is_open(line, table.gate)}
    found = table.model._default_manager.filter(**table.where)
    if table.project:
        found = found.filter(**{f"{table.project}__in": names})
    elif table.portfolio:
        found = found.filter(**{table.portfolio: portfolio})
    else:
        found = found.filter(**{table.house: portfolio.owner_id})
    if table.about:
        closed = table.model._default_manager.filter(
            ~Q(**{f"{table.about}__in": names}), **{f"{table.about}__isnull": False}
        )
        found = found.exclude(pk__in=closed.values("pk"))
    order = [table.project] if table.project else []
    rows = found.order_by(*order, "pk").values_list(*order, *table.ways.values())
    if not table.project:
        return [dict(zip(table.ways, map(_plain, row), strict=True)) for row in rows]
    return [{"reference": names[row[0]]} | dict(zip(table.ways, map(_plain, row[1:]), strict=True)) for row in rows]


def everything(actor: Actor, portfolio: Portfolio, *, at: datetime) -> dict[str, Any]:
    """All there is of the portfolio, in one query for each table whatever its size; what is exempt stays out."""
    lines = lines_of(actor, portfolio, on=localdate(at))
    by_name = Person.objects.values_list("name", flat=True).get(pk=actor.person)
    details = details_of([line.project.pk for line in lines])
    projects = [project_data(line, line.masked, details[line.project.pk]) for line in lines]
    return {
        "shape": SHAPE,
        "portfolio": portfolio.name,
        "vision": portfolio.vision,
        "organisation": portfolio.owner.name,
        "at": at.isoformat(),
        "by": by_name,
        "projects": [{name: project.get(name) for name in PROJECT} for project in projects],
        **{table.name: _rows(table, portfolio, lines) for table in TABLES},
    }


COLUMNS: dict[str, tuple[str, ...]] = {
    "projects": PROJECT,
    **{table.name: (*(("reference",) if table.project else ()), *table.ways) for table in TABLES},
}
