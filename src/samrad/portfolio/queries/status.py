"""Reads about status: periods and series, what is due, and the lights reckoned from the data."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from samrad.governance.queries import in_force
from samrad.portfolio.lights import Facts, Limits, Reckoned, as_kept, reckon
from samrad.portfolio.models import Baseline, Portfolio, Project, ReportSeries, StatusReport, Tolerance
from samrad.portfolio.periods import period_in
from samrad.portfolio.queries.lines import LIGHTS, under_way
from samrad.portfolio.queries.money import latest_baseline, money_of
from samrad.portfolio.queries.risks import worst_risk

REPORTED = (*LIGHTS, "change")
DUE_DAYS = 10
REMIND_DAYS = 14
REPORTING_PHASES = ("plan", "execute", "close")


def limits_for(owner_id: int, *, on: date) -> Limits:
    """The tolerances in force in a house, else the program's own."""
    row = in_force(Tolerance.objects.filter(owner_id=owner_id), on).order_by("-version").first()
    if row is None:
        return Limits()
    return Limits(row.cost_red_percent, row.time_red_months, row.risk_red, row.risk_amber, row.version, row.source)


def end_said(report: StatusReport | None, base: Baseline | None) -> date | None:
    """The end that was reported; None where one was approved after it, for then that is what is expected."""
    if report is None or (base is not None and base.made_at > report.reported_at):
        return None
    return report.forecast_end_date


def facts_of(project: Project) -> Facts:
    """What the lights are reckoned from: money, dates and risks as they stand now."""
    money, base = money_of(project), latest_baseline(project)
    said = [day for day in (project.end_date, end_said(published(project).first(), base)) if day]
    end = max(said, default=None)
    return Facts(money.frame_kr, money.forecast.kr, base.end_date if base else None, end, worst_risk(project))


def reckoned(project: Project, *, on: date) -> dict[str, Reckoned]:
    """The lights of the project, reckoned from the data and the tolerances of its house."""
    return reckon(facts_of(project), limits_for(project.portfolio.owner_id, on=on))


def published(project: Project) -> QuerySet[StatusReport]:
    """What has been reported of the project, the newest first."""
    return project.reports.filter(state=StatusReport.State.PUBLISHED)


@dataclass(frozen=True)
class Told:
    """One report as it is shown: its lights, and what was reckoned where that differs."""

    report: StatusReport
    lights: list[tuple[str, str, str, Reckoned | None]]  # name, reported, text, reckoned

    @property
    def differing(self) -> list[tuple[str, str, str, Reckoned]]:
        """Where the reported and the reckoned light are not the same."""
        return [
            (n, light, text, seen) for n, light, text, seen in self.lights if seen and light and seen.light != light
        ]


def texts_of(report: StatusReport, exempt: Collection[str]) -> dict[str, str]:
    """What was written to each light, where these field groups are exempt: it tells of money, and the last of benefits."""
    if "costs" in exempt:
        return {}
    return {n: getattr(report, f"{n}_text") for n in REPORTED if n != "benefit" or "benefits" not in exempt}


def told(report: StatusReport, exempt: Collection[str] = ()) -> Told:
    """A report with what was reckoned when it was published, without the texts that are exempt."""
    seen, texts = as_kept(report.computed), texts_of(report, exempt)
    return Told(report, [(n, getattr(report, n), texts.get(n, ""), seen.get(n)) for n in REPORTED])


def reports_of(project: Project, *, drafts: bool, exempt: Collection[str] = ()) -> list[Told]:
    """Everything reported of the project, the newest first, and what is being written for those who write it."""
    rows = project.reports.select_related("reported_by", "series")
    rows = rows if drafts else rows.filter(state=StatusReport.State.PUBLISHED)
    return [told(row, exempt) for row in rows]


def series_of(portfolio: Portfolio) -> QuerySet[ReportSeries]:
    """The series of a portfolio beside the quarterly one."""
    return ReportSeries.objects.filter(portfolio=portfolio)


def report_in(project: Project, series: ReportSeries | None, start: date) -> StatusReport | None:
    """What stands for the period, published or not."""
    return project.reports.filter(series=series, period_start=start).first()


def last_in(project: Project, series: ReportSeries | None, start: date) -> StatusReport | None:
    """What is filled in beforehand: what stands for the period, else what was published last."""
    standing = report_in(project, series, start)
    if standing is not None:
        return standing
    mine = published(project).filter(period_start__lt=start)
    return mine.filter(series=series).first() or mine.first()


def due_of(series: ReportSeries | None, end: date) -> date:
    """The last day a period can be reported."""
    return end + timedelta(days=series.due_days if series else DUE_DAYS)


@dataclass(frozen=True)
class Due:
    """That a project has a period to report: which, by when, and whether it is late."""

    project_id: int
    start: date
    end: date
    due: date
    late: bool


def dues(owner_id: int, *, on: date) -> list[Due]:
    """The projects of a house's portfolios that have a quarter to report: the last days of it, and after it has ended."""
    projects = under_way().filter(
        portfolio__owner_id=owner_id, initiative__phase__in=REPORTING_PHASES, project_manager__active=True
    )
    found: list[Due] = []
    this_start, this_end = period_in("quarter", on)
    last_start, last_end = period_in("quarter", this_start - timedelta(days=1))
    for start, end in ((last_start, last_end), (this_start, this_end)):
        if on < end - timedelta(days=REMIND_DAYS):
            continue
        done = StatusReport.objects.filter(series=None, period_start=start, state=StatusReport.State.PUBLISHED).values(
            "project_id"
        )
        begun = Q(entered_at__date__lte=end)
        due = due_of(None, end)
        ids = projects.filter(begun).exclude(pk__in=done).exclude(pk__in=[d.project_id for d in found])
        found += [Due(pk, start, end, due, on > due) for pk in ids.values_list("pk", flat=True)]
    return found
