"""Reporting status: drafts and what is published, series, reminders, and the lights reckoned beside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.cases.actions import Hand, close_tasks, hand_out
from samrad.cases.models import Task
from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Stale, Verdict
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.portfolio import events
from samrad.portfolio.actions.projects import lock_project
from samrad.portfolio.models import Portfolio, Project, ReportSeries, StatusReport
from samrad.portfolio.notifications import tell_late, tell_to_report
from samrad.portfolio.periods import period_in
from samrad.portfolio.policy import can_manage, can_report
from samrad.portfolio.queries import REPORTED, due_of, reckoned


@dataclass(frozen=True, kw_only=True)
class Status:
    """What is reported: the lights with a text each, kroner spent and forecast, the end now expected, and what hinders
    and drives it (1 to 5, with words)."""

    lights: dict[str, str]
    texts: dict[str, str]
    spent_kr: Decimal | None = None
    forecast_kr: Decimal | None = None
    forecast_end_date: date | None = None
    hindered: int | None = None
    hindered_text: str = ""
    driven: int | None = None
    driven_text: str = ""


@transaction.atomic
def report_status(
    *,
    by: Actor,
    at: datetime,
    project_id: int,
    version: int | None,
    status: Status,
    period: date,
    series: ReportSeries | None = None,
    publish: bool = True,
) -> StatusReport:
    """Report status for the period `period` lies in, or keep a draft of it. Reporting again replaces what was said."""
    project = lock_project(project_id, None)
    can_report(by, project).require()
    start, end = period_in(series.rhythm if series else "quarter", period)
    report = StatusReport.objects.filter(project=project, series=series, period_start=start).first()
    if report is not None and version is not None and version != report.version:
        raise Stale(_("Someone has reported for this period since you opened the page. Look at it before you go on."))
    if publish:
        _whole(status)
    report = report or StatusReport(**house_of(project), project=project, series=series, period_start=start, version=0)
    if not publish and report.version and report.state == StatusReport.State.PUBLISHED:
        raise Refused(_("The report is published already. Publish the change, or leave it as it is."))
    report.period_end, report.reported_at, report.reported_by_id = end, at, by.person
    for name in REPORTED:
        setattr(report, name, status.lights.get(name, ""))
        setattr(report, f"{name}_text", status.texts.get(name, ""))
    report.spent_kr, report.forecast_kr = status.spent_kr, status.forecast_kr
    report.forecast_end_date = status.forecast_end_date
    report.hindered, report.hindered_text = status.hindered, status.hindered_text
    report.driven, report.driven_text = status.driven, status.driven_text
    report.state = StatusReport.State.PUBLISHED if publish else StatusReport.State.DRAFT
    report.version += 1
    report.save()
    if publish:
        _published(by=by, at=at, project=project, report=report)
    else:
        event = events.StatusDrafted(
            initiative_id=project.initiative_id, project_id=project.pk, report_id=report.pk, period=start.isoformat()
        )
        record(event, by=by, at=at, house=project)
    return report


def _whole(status: Status) -> None:
    lacks = tuple(
        Lack(_("Say why, wherever the light is not green."), f"id_{name}_text")
        for name in REPORTED
        if status.lights.get(name) in ("amber", "red") and not status.texts.get(name)
    )
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))


def _published(*, by: Actor, at: datetime, project: Project, report: StatusReport) -> None:
    """What was reckoned that day is kept with the report, and nobody is reminded of it any more."""
    seen = reckoned(project, on=localdate(at))
    report.computed = {name: row.kept() for name, row in seen.items()}
    report.save(update_fields=["computed"])
    event = events.StatusReported(
        initiative_id=project.initiative_id,
        project_id=project.pk,
        report_id=report.pk,
        period=report.period_start.isoformat(),
        lights=tuple(getattr(report, name) for name in REPORTED),
    )
    if report.series_id is None:
        close_tasks(by=by, at=at, house=project, event=event, kind="report_status", object_id=project.pk)
    else:
        asked = Task.objects.filter(kind="report_series", object_id=report.series_id, closed_at__isnull=True)
        asked.filter(initiative_id=project.initiative_id).update(closed_at=at, closed_by_id=by.person_id)
        record(event, by=by, at=at, house=project)


@transaction.atomic
def remind_status(*, by: Actor, at: datetime, project_id: int, end: date) -> bool:
    """Ask the project manager to report, and remind once when it is late. Says whether anyone was told.

    What follows from the day, so it asks for no permission of its own.
    """
    project = lock_project(project_id, None)
    due, late = due_of(None, end), localdate(at) > due_of(None, end)
    if project.project_manager is None:
        return False
    task = Task.objects.filter(kind="report_status", object_id=project.pk, closed_at__isnull=True).first()
    event = events.StatusAsked(
        initiative_id=project.initiative_id,
        project_id=project.pk,
        person_id=project.project_manager.pk,
        period_end=end.isoformat(),
        late=late,
    )
    if task is None:
        hand = Hand(kind="report_status", person_id=project.project_manager.pk, object_id=project.pk, due=due)
        task = hand_out(by=by, at=at, house=project, hand=hand, event=event, initiative=project.initiative)
        if not late:
            tell_to_report(by=by, at=at, project=project, due=due)
            return True
    elif not late or task.reminded_at is not None:
        return False
    else:
        record(event, by=by, at=at, house=project)
    task.reminded_at = at
    task.save(update_fields=["reminded_at"])
    tell_late(by=by, at=at, project=project, due=due)
    return True


@transaction.atomic
def keep_series(
    *,
    by: Actor,
    at: datetime,
    portfolio: Portfolio,
    series_id: int | None,
    version: int | None,
    name: str,
    rhythm: str,
    due_days: int,
    active: bool,
) -> ReportSeries:
    """Set up one more series of reports beside the quarterly one, or change it."""
    can_manage(by, portfolio).require()
    rows = ReportSeries.objects.select_for_update(of=("self",)).filter(portfolio=portfolio)
    row = rows.filter(pk=series_id or 0).first() or ReportSeries(**house_of(portfolio), portfolio=portfolio, version=0)
    if version is not None and version != row.version:
        raise Stale(_("Someone has changed this since you opened the page. Look at it again before you go on."))
    if rows.filter(name=name).exclude(pk=row.pk or 0).exists():
        lack = Lack(_("There is a series with this name already."), "id_name")
        raise Refused(Verdict.no(lack.text, (lack,)))
    if row.version and row.rhythm != rhythm and row.reports.exists():
        lack = Lack(_("It has been reported in this series, so its rhythm stays. Set up a new one."), "id_rhythm")
        raise Refused(Verdict.no(lack.text, (lack,)))
    row.name, row.rhythm, row.due_days, row.active = name, rhythm, due_days, active
    row.since = row.since if row.version else localdate(at)
    row.version += 1
    row.save()
    event = events.SeriesKept(portfolio_id=portfolio.pk, series_id=row.pk)
    if active:
        record(event, by=by, at=at, house=row)
    else:  # nobody is asked to report in it any more
        close_tasks(by=by, at=at, house=row, event=event, kind="report_series", object_id=row.pk)
    return row
