"""Reads what is said of what projects will cost, for one and for hundreds alike."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery, Sum, TextField
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, JSONObject

from samrad.portfolio.models import MoneyLine, Project, StatusReport
from samrad.portfolio.money import LINES, REPORT, Forecast, Said


def said_forecasts(*, on: date | None = None) -> dict[str, Combinable]:
    """What is said of each project in three places, as columns: the lines, the quarterly reports, the other series.

    Of reports the newest period that has a forecast, so that one brought in late takes nothing back.
    """
    sums = MoneyLine.objects.filter(project=OuterRef("pk")).order_by().values("project")
    told = StatusReport.objects.filter(
        Q(period_start__lte=on) if on else Q(),
        project=OuterRef("pk"),
        state=StatusReport.State.PUBLISHED,
        forecast_kr__isnull=False,
    ).order_by("-period_start")
    said = JSONObject(kr=Cast("forecast_kr", TextField()), at="reported_at")
    return {
        "said_in_lines": Subquery(sums.annotate(kr=Sum("forecast_kr")).values("kr")),
        "said_in_lines_at": F("forecast_at"),
        "said_quarterly": Subquery(told.filter(series=None).values(said=said)[:1]),
        "said_in_series": Subquery(told.filter(series__isnull=False).values(said=said)[:1]),
    }


def forecast_in(row: Any) -> Forecast:
    """The forecast of a project that was read with these columns."""
    said = [
        Said(Decimal(one["kr"]), REPORT, datetime.fromisoformat(one["at"]))
        for one in (row.said_quarterly, row.said_in_series)
        if one
    ]
    if row.said_in_lines is not None:
        said.append(Said(row.said_in_lines, LINES, row.said_in_lines_at))
    return Forecast(tuple(said))


def forecast_of(project: Project) -> Forecast:
    """The same for one project, asked for where the project was read without it."""
    if hasattr(project, "said_quarterly"):
        return forecast_in(project)
    columns = said_forecasts()
    found = Project.objects.filter(pk=project.pk).annotate(**columns)
    return forecast_in(found.values_list(*columns, named=True).get())
