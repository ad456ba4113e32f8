"""Pages of the portfolio report: make one, read it, fetch it, send it to the board, write down what the board said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.core.downloads import download
from samrad.core.refusals import blame
from samrad.core.roadmap import Roadmap
from samrad.core.verdict import Refused
from samrad.documents.paper import Paper
from samrad.organisation import queries as people
from samrad.organisation.middleware import actor
from samrad.portfolio import actions, papers, policy, queries
from samrad.portfolio.commands import rendered
from samrad.portfolio.comparing import milestones, shown
from samrad.portfolio.exporting import everything
from samrad.portfolio.forms import ReportForm, TreatmentForm
from samrad.portfolio.models import ReportSnapshot
from samrad.portfolio.papers.export import export_file, regvil_file
from samrad.portfolio.papers.report import one_pager, roadmap_of
from samrad.portfolio.papers.words import on
from samrad.portfolio.regvil import regvil
from samrad.portfolio.reporting import lifted, without
from samrad.portfolio.settled import settled_without
from samrad.portfolio.words import budget_figures


@login_required
def report_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what a report is about and for which period, and freeze it."""
    by, today = actor(request), timezone.localdate()
    portfolio = get_object_or_404(queries.portfolios_of(by), pk=pk)
    policy.can_take_report(by, portfolio).require()
    periods = queries.periods_for(portfolio, on=today)
    form = ReportForm(
        request.POST if request.method == "POST" else None,
        scopes=queries.scopes_of(by, portfolio),
        periods=periods,
        initial={"period": next((p.code for p in periods if p.reporting), periods[0].code)},
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = actions.take_report(by=by, at=timezone.now(), portfolio=portfolio, **form.chosen())
                messages.success(request, _("The report is frozen. It will be the same next year."))
                return redirect("portfolio:report_detail", made.pk)
            except Refused as refused:
                blame(form, refused)
                status = 409
    return render(request, "portfolio/report_take.html", {"portfolio": portfolio, "form": form}, status=status)


def _snapshot(request: HttpRequest, pk: int) -> tuple[ReportSnapshot, dict[str, Any]]:
    """A frozen report and what stands in it for this reader, with what is new since the one before."""
    by = actor(request)
    found = ReportSnapshot.objects.select_related("portfolio", "previous", "taken_by")
    snapshot = found.filter(pk=pk, portfolio__in=queries.portfolios_of(by)).first()
    if snapshot is None:
        raise Http404
    inside = policy.sees_exempt(by, snapshot.portfolio)
    before = _readable(snapshot.previous, inside=inside) if snapshot.previous else None
    return snapshot, shown(_readable(snapshot, inside=inside), before)


def _readable(snapshot: ReportSnapshot, *, inside: bool) -> dict[str, Any]:
    if inside:
        return lifted(snapshot.data)
    ids = [project["initiative_id"] for project in snapshot.public_data["projects"]]
    exempt = people.exempt_groups(ids, on=timezone.localdate())
    return lifted(settled_without(without(snapshot.public_data, exempt), exempt))


def _map(snapshot: ReportSnapshot, data: dict[str, Any]) -> Roadmap:
    """The roadmap as it was when the report was frozen, each row leading to its page."""
    return roadmap_of(data, lambda p: reverse("portfolio:report_project", args=[snapshot.pk, p["initiative_id"]]))


def _rows(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A line for each project, as the page shows it."""
    return [
        {
            **p,
            "phase_name": papers.phase_name(p["phase"]),
            "total": papers.worst_light(p),
            "trend": papers.total_trend(p),
            "light_list": [(p["lights"][name], *papers.computed_of(p["lights"][name])) for name in queries.REPORTED],
            "ends": on(p["end_date"]),
            "last": on(p.get("last_reported")),
            "next": milestones(p)[1],
        }
        for p in data["projects"]
    ]


def _treatment(request: HttpRequest, snapshot: ReportSnapshot) -> dict[str, Any]:
    """Where the report is with the portfolio board, and what the reader may do about it."""
    by, standing = actor(request), queries.treatment_of(snapshot)
    board = queries.board_of(snapshot.portfolio, on=timezone.localdate())
    return {
        "standing": standing,
        "can_send": policy.can_send_report(by, snapshot.portfolio, standing, board),
        "can_treat": policy.can_treat_report(by, snapshot.portfolio, standing, board),
    }


@login_required
def report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A frozen portfolio report as a page."""
    snapshot, data = _snapshot(request, pk)
    context = {
        "snapshot": snapshot,
        "data": data,
        "taken": datetime.fromisoformat(data["taken_at"]),
        "rows": _rows(data),
        "labels": papers.light_names(),
        "lights": papers.by_light(data),
        "standing_by_phase": papers.by_phase(data),
        "statuses": papers.status_line(data),
        "budgets": budget_figures(data["summary"]),
        "period": papers.period_words(data),
        "since": datetime.fromisoformat(data["changes"]["since"]) if data["changes"] else None,
        "changes": papers.change_lines(data["changes"]) if data["changes"] else [],
        "asked": [(one, papers.asked_words(one)) for one in data["asked"]],
        "summary": Paper(_("Summary"), papers.page_blocks(data), language=request.LANGUAGE_CODE),
        "pictures": papers.in_words(data["pictures"]),
        "settled": papers.settled_words(data),
        "map": _map(snapshot, data),
        **_treatment(request, snapshot),
    }
    return render(request, "portfolio/report_detail.html", context)


@login_required
def report_project(request: HttpRequest, pk: int, initiative_id: int) -> HttpResponse:
    """One project in a frozen report, on a page of its own."""
    snapshot, data = _snapshot(request, pk)
    found = next((p for p in data["projects"] if p["initiative_id"] == initiative_id), None)
    if found is None:
        raise Http404
    about = Paper(found["title"], one_pager(found)[1:], language=request.LANGUAGE_CODE)
    context = {"snapshot": snapshot, "data": data, "project": found, "about": about}
    return render(request, "portfolio/report_project.html", context)


@login_required
def report_file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """A frozen portfolio report as PDF, Word, XLSX or JSON."""
    snapshot, data = _snapshot(request, pk)
    content = rendered(data, f".{suffix}", language=request.LANGUAGE_CODE)
    return download(content, f"portefoljerapport-{timezone.localdate(snapshot.taken_at)}-{snapshot.pk}.{suffix}")


@login_required
@require_POST
def report_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a frozen report to the portfolio board."""
    snapshot, _data = _snapshot(request, pk)
    actions.send_report(by=actor(request), at=timezone.now(), snapshot_id=snapshot.pk)
    messages.success(request, _("The report is sent to the portfolio board. Those who sit there are told."))
    return redirect("portfolio:report_detail", snapshot.pk)


@login_required
def report_treat(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down when and how the portfolio board treated the report."""
    by, today = actor(request), timezone.localdate()
    snapshot, _data = _snapshot(request, pk)
    standing = queries.treatment_of(snapshot)
    policy.can_treat_report(by, snapshot.portfolio, standing, queries.board_of(snapshot.portfolio, on=today)).require()
    assert standing is not None  # the policy says so
    first = {name: getattr(standing, name) for name in ("version", "outcome", "text")}
    form = TreatmentForm(request.POST or None, initial={**first, "treated_on": standing.treated_on or today})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.treat_report(by=by, at=timezone.now(), snapshot_id=snapshot.pk, **form.cleaned_data)
                messages.success(request, _("Saved. What the board said stands with the report."))
                return redirect("portfolio:report_detail", snapshot.pk)
            except Refused as refused:
                blame(form, refused)
                status = 409
    return render(request, "portfolio/report_treat.html", {"snapshot": snapshot, "form": form}, status=status)


@login_required
def portfolio_export(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """Everything about the portfolio's projects as XLSX, as CSV files in a folder, or as JSON."""
    by = actor(request)
    portfolio = get_object_or_404(queries.portfolios_of(by), pk=pk)
    policy.can_export(by, portfolio).require()
    now = timezone.now()
    content = export_file(everything(by, portfolio, at=now), f".{suffix}")
    return download(content, f"portefolje-{portfolio.pk}-{timezone.localdate(now)}.{suffix}")


@login_required
def portfolio_regvil(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """The portfolio's projects in the shape Digdir asks for, as JSON or CSV."""
    by = actor(request)
    portfolio = get_object_or_404(queries.portfolios_of(by), pk=pk)
    policy.can_export(by, portfolio).require()
    now = timezone.now()
    content = regvil_file(regvil(by, portfolio, at=now), f".{suffix}")
    return download(content, f"regvil-{portfolio.pk}-{timezone.localdate(now)}.{suffix}")
