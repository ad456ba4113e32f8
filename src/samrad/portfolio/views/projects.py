"""Pages of the portfolio: the table, one project, status, staffing, frozen reports."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.cases.queries import open_conditions, starts_of
from samrad.core.asked import id_in
from samrad.core.verdict import Refused
from samrad.initiatives.models import Initiative
from samrad.organisation import queries as people
from samrad.organisation.middleware import actor
from samrad.portfolio import actions, policy, queries
from samrad.portfolio.forms import LABELS, WORDS, StaffForm
from samrad.portfolio.models import Portfolio, Project
from samrad.portfolio.queries import measures
from samrad.portfolio.views.pages import page_of
from samrad.portfolio.words import budget_figures
from samrad.portfolio.workflow import gate_from
from samrad.strategy.models import Strategy

PAGE = 100


@login_required
def portfolio_list(request: HttpRequest) -> HttpResponse:
    """The portfolios; straight to the one where there is only one."""
    found = list(queries.portfolios_told(actor(request)))
    if len(found) == 1:
        return redirect("portfolio:portfolio_detail", found[0].pk)
    context = {"portfolios": found, "can_add": policy.can_create_any(actor(request))}
    return render(request, "portfolio/portfolio_list.html", context)


def _portfolio(request: HttpRequest, pk: int) -> Portfolio:
    return get_object_or_404(queries.with_strategies(actor(request), on=timezone.localdate()), pk=pk)


def _strategies(portfolio: Portfolio) -> list[Strategy]:
    """The strategies that the portfolio is to serve, read with the portfolio itself."""
    read: list[dict[str, Any]] = getattr(portfolio, "steered_by", [])
    days = ("valid_from", "valid_to")
    return [Strategy(**{k: date.fromisoformat(v) if k in days else v for k, v in row.items()}) for row in read]


@login_required
def portfolio_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One portfolio: the figures of all its projects, and a line for each, one that fits a laptop's width."""
    by, portfolio = actor(request), _portfolio(request, pk)
    lines = queries.short_lines_of(by, portfolio, on=timezone.localdate())
    summary = queries.summary(lines)
    page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    context = {
        "portfolio": portfolio,
        "strategies": _strategies(portfolio),
        "board": queries.board_of(portfolio, on=timezone.localdate()),
        "rows": _rows(list(page)),
        "page": page,
        "summary": summary,
        "measures": measures.open_measures(portfolio, lines, on=timezone.localdate()),
        "budgets": budget_figures(summary),
        "labels": LABELS,
        "dates": queries.next_dates(portfolio),
        "can_tie": policy.can_tie_date(by, portfolio),
        "can_take": policy.can_take_report(by, portfolio),
        "can_export": policy.can_export(by, portfolio),
        "can_import": policy.can_import(by, portfolio),
        "can_add": policy.can_create_any(by),
        "sees_effort": policy.can_read_effort(by, portfolio),
        "snapshots": list(queries.snapshots_of(by, portfolio)[:10]),
    }
    return render(request, "portfolio/portfolio_detail.html", context)


@login_required
def date_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose which dates of the annual cycle are about the portfolio, one at a time."""
    by, portfolio = actor(request), _portfolio(request, pk)
    policy.can_tie_date(by, portfolio).require()
    if request.method == "POST":
        asked = request.POST.get("date", "")
        tied = request.POST.get("on") == "yes"
        actions.tie_date(by=by, at=timezone.now(), portfolio_id=portfolio.pk, cycle_date_id=id_in(asked), tied=tied)
        messages.success(request, _("Kept. The portfolio's page shows the next dates."))
        return redirect("portfolio:date_choose", portfolio.pk)
    dates = queries.dates_to_tie(portfolio, on=timezone.localdate())
    return render(request, "portfolio/date_choose.html", {"portfolio": portfolio, "dates": dates})


def _lights(line: queries.Line) -> list[tuple[str, ...]]:
    """The lights of a line, each with what was reckoned and why where that is another light."""
    beside = line.beside()
    return [
        (*row, beside[row[0]].light, line.why(beside[row[0]])) if row[0] in beside else row for row in line.lights()
    ]


def _rows(lines: list[queries.Line]) -> list[dict[str, Any]]:
    """What each line shows, looked up once: a template looks slowly, and there are hundreds."""
    phases = {code: str(label) for code, label in Initiative.Phase.choices}
    before, after = reverse("portfolio:project_detail", args=[0]).rsplit("0", 1)
    return [
        {
            "url": f"{before}{line.project.pk}{after}",
            "title": line.project.initiative.title,
            "waits": getattr(line.project, "waits", False),
            "reference": line.project.initiative.reference,
            "also": ", ".join(getattr(line.project, "also", [])),
            "owner": getattr(line.project, "owner_said", None) or line.project.owner_name,
            "phase": phases[line.project.initiative.phase],
            "lights": _lights(line) if line.report else None,
            "exempt": "costs" in line.masked,
            "money": line.money_words,
            "ends": line.project.end_date,
        }
        for line in lines
    ]


@login_required
def project_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One project: who, when, money, status over time; where its people and dates are named."""
    by = actor(request)
    line = queries.line_of(by, pk, on=timezone.localdate())
    if line is None:
        raise Http404
    project = line.project
    verdict = policy.can_manage(by, project.portfolio)
    status, unread = 200, {"need", "costs", "benefits"}
    if request.method == "POST":
        verdict.require()
    named = list(people.visible_to(by)) if verdict else []
    form = StaffForm(request.POST or None, people=named, initial=_staff(project))
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                actions.staff_project(
                    by=by,
                    at=timezone.now(),
                    project_id=project.pk,
                    version=form.cleaned_data["version"],
                    people=form.people(),
                    start_date=form.cleaned_data["start_date"],
                    end_date=form.cleaned_data["end_date"],
                )
                messages.success(request, _("Saved."))
                return redirect("portfolio:project_detail", project.pk)
            except Refused as refused:
                form.add_error(None, str(refused))
    conditions = open_conditions([project.initiative_id]).get(project.initiative_id, [])
    start = starts_of([project.initiative_id]).get(project.initiative_id)
    context = {
        **page_of(request, project, "project_detail", masked=line.masked),
        "line": line,
        "also": ", ".join(getattr(project, "also", [])),
        "measures": measures.measures_of_project(project, masked=bool(line.masked), on=timezone.localdate()),
        "form": form,
        "can_manage": verdict,
        "labels": WORDS,
        "can_report": policy.can_report(by, project),
        "stated": queries.stated(line),
        "lacks": policy.staffing_lacks(project),
        "conditions": conditions,
        "gate": policy.can_pass_gate(conditions, start),
        "start": start if "costs" not in line.masked else None,
        "told": queries.told(line.report, line.masked) if line.report else None,
        "gate_ahead": gate_from(project.initiative.phase),
        "ahead": queries.ahead_in(project),
        # A cell that could not be read may be of any group.
        "unknown": project.unknown_cells.all()[:50] if project.source_id and not unread & set(line.masked) else [],
    }
    return render(request, "portfolio/project_detail.html", context, status=status)


def _staff(project: Project) -> dict[str, Any]:
    return {
        "project_owner": project.project_owner_id,
        "project_manager": project.project_manager_id,
        "benefit_responsible": project.benefit_responsible_id,
        "start_date": project.start_date,
        "end_date": project.end_date,
        "version": project.version,
    }
