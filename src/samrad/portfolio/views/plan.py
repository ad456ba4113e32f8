"""Pages of a project's plan and of the portfolio's roadmap, programmes and activities."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.core.asked import id_in
from samrad.core.refusals import blame
from samrad.core.roadmap import roadmap
from samrad.core.verdict import Refused
from samrad.organisation import queries as people
from samrad.organisation.middleware import actor
from samrad.portfolio import actions, policy, queries
from samrad.portfolio.forms import ActivityForm, NeedsForm, PlanForm, ProgrammeForm
from samrad.portfolio.models import LineActivity, Portfolio, Programme, Project
from samrad.portfolio.views.pages import page_of, project_of

PAGE = 60  # rows of the roadmap


def _linked(request: HttpRequest, project: Project, form: NeedsForm) -> bool:
    """Link or unlink what the project needs; False where the form is wrong."""
    given: dict[str, Any] = {"by": actor(request), "at": timezone.now(), "project_id": project.pk}
    gone = request.POST.get("remove", "")
    if gone:
        actions.unlink_project(**given, needs_id=id_in(gone))
        return True
    if not form.is_valid():
        return False
    actions.link_project(**given, needs_id=form.cleaned_data["needs"].pk, note=form.cleaned_data["note"])
    return True


@login_required
def project_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The project's plan: the roadmap, each milestone against what was approved, and what it needs of others."""
    by, project = actor(request), project_of(request, pk)
    may, status = policy.can_plan(by, project), 200
    form = NeedsForm(request.POST or None, projects=queries.to_need(by, project))
    if request.method == "POST":
        may.require()
        status = 422
        try:
            if _linked(request, project, form):
                messages.success(request, _("Saved."))
                return redirect("portfolio:project_plan", project.pk)
        except Refused as refused:
            blame(form, refused)
            status = 409
    plan = queries.project_plan_of(project)
    page = page_of(request, project, "project_plan")
    context = {
        **page,
        "plan": plan,
        "map": roadmap(_("The plan"), [plan.stretch(named=not page["masked"])], today=timezone.localdate()),
        "needs": queries.needs_of(by, project),
        "needed_by": queries.needed_by(by, project),
        "form": form,
        "may": may,
    }
    return render(request, "portfolio/project_plan.html", context, status=status)


@login_required
def plan_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down the dates and the milestones."""
    by, project = actor(request), project_of(request, pk)
    policy.can_plan(by, project).require()
    first = {"version": project.version, "start_date": project.start_date, "end_date": project.end_date}
    form, status = PlanForm(request.POST or None, steps=list(project.milestones.all()), initial=first), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                actions.keep_plan(
                    by=by,
                    at=timezone.now(),
                    project_id=project.pk,
                    version=data["version"],
                    start_date=data["start_date"],
                    end_date=data["end_date"],
                    steps=form.steps(),
                )
                messages.success(request, _("Saved."))
                return redirect("portfolio:project_plan", project.pk)
            except Refused as refused:
                blame(form, refused)
                status = 409
    context = {**page_of(request, project, "project_plan"), "form": form}
    return render(request, "portfolio/plan_change.html", context, status=status)


def _home(request: HttpRequest, pk: int) -> Portfolio:
    return get_object_or_404(queries.portfolios_of(actor(request)), pk=pk)


@login_required
def portfolio_roadmap(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything in the portfolio on one roadmap: projects, programme by programme, and the line's activities."""
    by, portfolio = actor(request), _home(request, pk)
    page = Paginator(queries.roadmap_of(by, portfolio), PAGE).get_page(request.GET.get("page"))
    rows = queries.roadmap_rows(by, list(page), on=timezone.localdate())
    found = roadmap(portfolio.name, rows, today=timezone.localdate())
    context = {"portfolio": portfolio, "map": found, "page": page}
    return render(request, "portfolio/portfolio_roadmap.html", context)


@login_required
def programme_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The programmes of a portfolio, and what each of them gathers."""
    by, portfolio = actor(request), _home(request, pk)
    context = {
        "portfolio": portfolio,
        "programmes": queries.programmes_of(by, portfolio),
        "seen": set(queries.visible_to(by).filter(portfolio=portfolio).values_list("pk", flat=True)),
        "may": policy.can_manage(by, portfolio),
    }
    return render(request, "portfolio/programme_list.html", context)


@login_required
def programme_change(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Set up a programme (number 0), or change one."""
    by, portfolio = actor(request), _home(request, pk)
    policy.can_manage(by, portfolio).require()
    found = get_object_or_404(queries.programmes_of(by, portfolio), pk=number) if number else Programme(version=0)
    projects = queries.visible_to(by).filter(portfolio=portfolio).select_related("initiative")
    chosen = [p.pk for p in projects if number and p.programme_id == number]
    first = {"version": found.version, "name": found.name, "purpose": found.purpose, "manager": found.manager_id}
    form = ProgrammeForm(
        request.POST or None,
        people=people.visible_to(by).order_by("name"),
        projects=projects.order_by("initiative__title_sort"),
        initial={**first, "projects": chosen},
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = dict(form.cleaned_data)
            data["project_ids"] = [p.pk for p in data.pop("projects")]
            try:
                actions.keep_programme(
                    by=by, at=timezone.now(), portfolio=portfolio, programme_id=number or None, **data
                )
                messages.success(request, _("Saved."))
                return redirect("portfolio:programme_list", portfolio.pk)
            except Refused as refused:
                blame(form, refused)
                status = 409
    context = {"portfolio": portfolio, "form": form, "back": "portfolio:programme_list", "title": _("Programme")}
    return render(request, "portfolio/thing_change.html", context, status=status)


@login_required
def activity_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What the line develops itself, beside the projects."""
    by, portfolio = actor(request), _home(request, pk)
    may = policy.can_manage(by, portfolio)
    context = {"portfolio": portfolio, "activities": queries.activities_of(by, portfolio), "may": may}
    return render(request, "portfolio/activity_list.html", context)


@login_required
def activity_change(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Write down an activity of the line (number 0), or change one."""
    by, portfolio = actor(request), _home(request, pk)
    policy.can_manage(by, portfolio).require()
    found = get_object_or_404(queries.activities_of(by, portfolio), pk=number) if number else LineActivity(version=0)
    names = ("version", "title", "start_date", "end_date", "hours", "kroner")
    first = {**{name: getattr(found, name) for name in names}, "responsible": found.responsible_id}
    form = ActivityForm(request.POST or None, people=people.visible_to(by).order_by("name"), initial=first)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.keep_activity(
                    by=by, at=timezone.now(), portfolio=portfolio, activity_id=number or None, **form.cleaned_data
                )
                messages.success(request, _("Saved."))
                return redirect("portfolio:activity_list", portfolio.pk)
            except Refused as refused:
                blame(form, refused)
                status = 409
    title = _("Activity in the line")
    context = {"portfolio": portfolio, "form": form, "back": "portfolio:activity_list", "title": title}
    return render(request, "portfolio/thing_change.html", context, status=status)
