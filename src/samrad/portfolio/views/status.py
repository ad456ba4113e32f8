"""Pages of status: where it is reported, everything reported, and the series beside the quarterly one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.core.asked import id_in
from samrad.core.refusals import blame
from samrad.core.verdict import Refused
from samrad.organisation.middleware import actor
from samrad.portfolio import actions, policy, queries
from samrad.portfolio.forms import WORDS, SeriesForm, StatusForm
from samrad.portfolio.models import Project, ReportSeries, StatusReport
from samrad.portfolio.periods import period_in
from samrad.portfolio.queries.series import gaps_of, next_to_report, series_dues
from samrad.portfolio.views.pages import page_of, project_of
from samrad.portfolio.words import forecast_words


def _series(request: HttpRequest, project: Project) -> ReportSeries | None:
    """The series asked for; the quarterly one where none is."""
    asked = request.GET.get("series", "")
    if not asked:
        return None
    return get_object_or_404(queries.series_of(project.portfolio).filter(active=True), pk=id_in(asked))


def _periods(project: Project, series: ReportSeries | None, today: date) -> list[tuple[date, date]]:
    """What can be reported: the period we are in, and the one before where nothing is said of it."""
    rhythm = series.rhythm if series else "quarter"
    now = period_in(rhythm, today)
    before = period_in(rhythm, now[0] - timedelta(days=1))
    standing = queries.report_in(project, series, before[0])
    missing = standing is None or standing.state == StatusReport.State.DRAFT
    began_before = timezone.localdate(project.entered_at) <= before[1]
    return [now, before] if missing and began_before else [now]


def _chosen(request: HttpRequest, periods: list[tuple[date, date]]) -> tuple[date, date]:
    asked = request.POST.get("period") or request.GET.get("period", "")
    return next((period for period in periods if period[0].isoformat() == asked), periods[0])


def _filled(project: Project, series: ReportSeries | None, start: date, money: queries.Money) -> dict[str, Any]:
    """Last period's values, filled in beforehand: an unchanged green project is reported without typing a word."""
    report = queries.last_in(project, series, start)
    values: dict[str, Any] = {"period": start.isoformat(), "change": "green"}
    if report is not None:
        values |= {n: getattr(report, n) or "green" for n in queries.REPORTED}
        values |= {f"{n}_text": getattr(report, f"{n}_text") for n in queries.REPORTED}
        for name in ("hindered", "hindered_text", "driven", "driven_text"):
            values[name] = getattr(report, name)
        same = report.period_start == start and report.series_id == (series.pk if series else None)
        values["version"] = report.version if same else None
    said = ("spent_kr", "forecast_kr", "forecast_end_date")
    if report is not None and report.state == StatusReport.State.DRAFT:
        return values | {name: getattr(report, name) for name in said}  # what is being written stays
    spent = money.total.actual_kr
    values["spent_kr"] = spent if spent is not None else getattr(report, "spent_kr", None)
    end = queries.end_said(report, queries.latest_baseline(project)) or project.end_date
    return values | {"forecast_kr": money.forecast.kr, "forecast_end_date": end}


@login_required
def report_status(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the project manager reports status, with what was said last time filled in."""
    by, project, today = actor(request), project_of(request, pk), timezone.localdate()
    policy.can_report(by, project).require()
    series = _series(request, project)
    periods = _periods(project, series, today)
    start, end = _chosen(request, periods)
    publish = request.POST.get("do") != "draft"
    money = queries.money_of(project)
    form = StatusForm(request.POST or None, publish=publish, initial=_filled(project, series, start, money))
    if request.method == "POST" and form.is_valid():
        try:
            actions.report_status(
                by=by,
                at=timezone.now(),
                project_id=project.pk,
                version=form.cleaned_data["version"],
                status=form.status(),
                period=start,
                series=series,
                publish=publish,
            )
            messages.success(request, _("The status is reported.") if publish else _("The draft is kept."))
            return redirect("portfolio:project_reports" if series or not publish else "portfolio:project_detail", pk)
        except Refused as refused:
            blame(form, refused)
    seen = queries.reckoned(project, on=today)
    context = {
        "project": project,
        "form": form,
        "series": series,
        "all_series": [row for row in queries.series_of(project.portfolio) if row.active],
        "start": start,
        "end": end,
        "others": [period for period in periods if period[0] != start],
        "forecasts": forecast_words(money.forecast),
        "pairs": [(form[n], form[f"{n}_text"], seen.get(n)) for n in queries.REPORTED],
    }
    return render(request, "portfolio/report_status.html", context, status=400 if form.errors else 200)


@login_required
def series_report(request: HttpRequest, pk: int) -> HttpResponse:
    """From what waits to the form: the first project one leads that is not reported in the series."""
    by = actor(request)
    series = get_object_or_404(ReportSeries.objects.filter(portfolio__in=queries.portfolios_of(by)), pk=pk)
    due = [row for row in series_dues(series.portfolio.owner_id, on=timezone.localdate()) if row.series_id == pk]
    project = next_to_report(by, series, [row.project_id for row in due])
    if project is None:
        return redirect("portfolio:series_list", series.portfolio_id)
    return redirect(f"{reverse('portfolio:report_status', args=[project.pk])}?series={series.pk}")


@login_required
def project_reports(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything reported of the project, with what was reckoned where that differs."""
    by, project = actor(request), project_of(request, pk)
    may = policy.can_report(by, project)
    page = page_of(request, project, "project_reports")
    context = {
        **page,
        "reports": queries.reports_of(project, drafts=may.allowed, exempt=page["masked"]),
        "words": WORDS,
        "gaps": gaps_of(project, list(queries.series_of(project.portfolio)), on=timezone.localdate()),
        "may": may,
    }
    return render(request, "portfolio/project_reports.html", context)


@login_required
def series_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The series of status reports in a portfolio."""
    portfolio = get_object_or_404(queries.portfolios_of(actor(request)), pk=pk)
    context = {
        "portfolio": portfolio,
        "series": queries.series_of(portfolio),
        "may": policy.can_manage(actor(request), portfolio),
    }
    return render(request, "portfolio/series_list.html", context)


@login_required
def series_change(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Set up a series (number 0), or change one."""
    by = actor(request)
    portfolio = get_object_or_404(queries.portfolios_of(by), pk=pk)
    policy.can_manage(by, portfolio).require()
    found = get_object_or_404(queries.series_of(portfolio), pk=number) if number else ReportSeries(version=0)
    names = ("version", "name", "rhythm", "due_days", "active")
    form, status = SeriesForm(request.POST or None, initial={n: getattr(found, n) for n in names}), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.keep_series(
                    by=by, at=timezone.now(), portfolio=portfolio, series_id=number or None, **form.cleaned_data
                )
                messages.success(request, _("Saved."))
                return redirect("portfolio:series_list", portfolio.pk)
            except Refused as refused:
                blame(form, refused)
                status = 409
    title = _("Series of status reports")
    context = {"portfolio": portfolio, "form": form, "back": "portfolio:series_list", "title": title}
    return render(request, "portfolio/thing_change.html", context, status=status)
