"""Reads about the further series of status reports: what is due in each, and what is not reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.timezone import localdate

from samrad.organisation.actors import Actor
from samrad.portfolio.models import Project, ReportSeries, StatusReport
from samrad.portfolio.periods import period_in
from samrad.portfolio.queries.lines import under_way, visible_to
from samrad.portfolio.queries.status import REMIND_DAYS, REPORTING_PHASES, due_of

MONTH_DAYS = 5
"""How long before a month ends one is asked to report it; a quarter and a tertial are asked for earlier."""


@dataclass(frozen=True)
class SeriesDue:
    """That a project has a period of a series to report."""

    project_id: int
    series_id: int
    end: date


def _asked(series: ReportSeries, on: date) -> list[tuple[date, date]]:
    """The periods that are asked for that day: the one that ended last, and this one in its last days."""
    this = period_in(series.rhythm, on)
    last = period_in(series.rhythm, this[0] - timedelta(days=1))
    early = MONTH_DAYS if series.rhythm == ReportSeries.Rhythm.MONTH else REMIND_DAYS
    asked = [last, this] if on >= this[1] - timedelta(days=early) else [last]
    return [period for period in asked if series.since is None or period[1] >= series.since]


def series_dues(owner_id: int, *, on: date) -> list[SeriesDue]:
    """What the projects of a house's portfolios have to report in their further series, the oldest period of each alone."""
    found: dict[tuple[int, int], SeriesDue] = {}
    for series in ReportSeries.objects.filter(portfolio__owner_id=owner_id, active=True).order_by("pk"):
        projects = under_way().filter(
            portfolio_id=series.portfolio_id, initiative__phase__in=REPORTING_PHASES, project_manager__active=True
        )
        for start, end in _asked(series, on):
            done = StatusReport.objects.filter(series=series, period_start=start, state=StatusReport.State.PUBLISHED)
            rows = projects.filter(Q(entered_at__date__lte=end)).exclude(pk__in=done.values("project_id"))
            for pk in rows.values_list("pk", flat=True):
                found.setdefault((pk, series.pk), SeriesDue(pk, series.pk, end))
    return list(found.values())


@dataclass(frozen=True)
class Gap:
    """A period of a series that has ended and is not reported."""

    name: str
    series_id: int | None
    start: date
    end: date
    due: date


def gaps_of(project: Project, series: list[ReportSeries], *, on: date) -> list[Gap]:
    """The series where the last period is not reported, the portfolio's own quarters first (None); in one query."""
    done = set(
        StatusReport.objects.filter(project=project, state=StatusReport.State.PUBLISHED).values_list(
            "series_id", "period_start"
        )
    )
    found = []
    for one in [None, *(row for row in series if row.active)]:
        rhythm = one.rhythm if one else "quarter"
        start, end = period_in(rhythm, period_in(rhythm, on)[0] - timedelta(days=1))
        if one is not None and one.since is not None and end < one.since:
            continue
        if localdate(project.entered_at) <= end and (one.pk if one else None, start) not in done:
            found.append(Gap(one.name if one else "", one.pk if one else None, start, end, due_of(one, end)))
    return found


def next_to_report(actor: Actor, series: ReportSeries, ids: list[int]) -> Project | None:
    """The first of these projects that the actor leads."""
    mine = visible_to(actor).filter(pk__in=ids, project_manager_id=actor.person_or_none)
    return mine.filter(portfolio_id=series.portfolio_id).order_by("pk").first()
