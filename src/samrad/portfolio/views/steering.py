"""Pages of deviations, changes and history, of tolerances, and of risks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.core.refusals import blame
from samrad.core.verdict import Refused, Verdict
from samrad.organisation import queries as people
from samrad.organisation.middleware import actor
from samrad.portfolio import actions, policy, queries
from samrad.portfolio.forms import ChangeDecisionForm, ChangeForm, RiskForm, ToleranceForm
from samrad.portfolio.models import ChangeRequest, Portfolio, Project, Risk
from samrad.portfolio.views.pages import page_of, project_of


def _changed(
    request: HttpRequest, project: Project, waiting: ChangeRequest | None, form: ChangeForm, answer: ChangeDecisionForm
) -> bool:
    """Ask for a change, or decide the one that waits; False where the form is wrong."""
    given: dict[str, Any] = {"by": actor(request), "at": timezone.now()}
    if request.POST.get("do") == "decide":
        if waiting is None or not answer.is_valid():
            return False
        data = answer.cleaned_data
        approved = data["approved"] == "yes"
        actions.decide_change(
            **given, change_id=waiting.pk, version=data["version"], approved=approved, text=data["text"]
        )
        return True
    if not form.is_valid():
        return False
    actions.ask_change(**given, project_id=project.pk, **form.cleaned_data)
    return True


@login_required
def project_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Deviations, changes and everything that was approved: the project's history."""
    by, project, today = actor(request), project_of(request, pk), timezone.localdate()
    waiting = queries.waiting_change(project)
    may_ask = policy.can_ask_change(by, project, waiting)
    body = queries.change_body(project, on=today)
    may_decide = policy.can_decide_change(by, waiting, body) if waiting else Verdict.no("")
    deciding, data = request.POST.get("do") == "decide", request.POST or None
    form = ChangeForm(None if deciding else data, initial={"version": project.version})
    answer = ChangeDecisionForm(data if deciding else None, initial={"version": waiting.version if waiting else 0})
    status = 200
    if request.method == "POST":
        (may_decide if deciding and waiting else may_ask).require()
        status = 422
        try:
            if _changed(request, project, waiting, form, answer):
                messages.success(request, _("The change is decided.") if deciding else _("The change is asked for."))
                return redirect("portfolio:project_changes", project.pk)
        except Refused as refused:
            blame(answer if deciding else form, refused)
            status = 409
    context = {
        **page_of(request, project, "project_changes"),
        "deviations": queries.open_deviations(project),
        "waiting": waiting,
        "decided": queries.decided_changes(project),
        "gates": queries.decided_gates(queries.reviews_of(project)),
        "baselines": queries.baselines_of(project),
        "form": form,
        "answer": answer,
        "body": body,
        "may_ask": may_ask,
        "may_decide": may_decide,
    }
    return render(request, "portfolio/project_changes.html", context, status=status)


@login_required
def tolerance_change(request: HttpRequest, pk: int) -> HttpResponse:
    """What is tolerated before it is a deviation, and where it is adopted."""
    by, today = actor(request), timezone.localdate()
    portfolio = get_object_or_404(queries.portfolios_of(by), pk=pk)
    limits, may = queries.limits_for(portfolio.owner_id, on=today), policy.can_manage(by, portfolio)
    names = ("cost_red_percent", "time_red_months", "risk_red", "risk_amber", "source")
    first = {name: getattr(limits, name) for name in names}
    version = queries.latest_tolerance(portfolio.owner_id)
    form = ToleranceForm(request.POST or None, initial={**first, "version": version, "valid_from": today})
    status = 200
    if request.method == "POST":
        may.require()
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                actions.adopt_tolerance(
                    by=by,
                    at=timezone.now(),
                    portfolio=portfolio,
                    limits=form.limits(),
                    valid_from=data["valid_from"],
                    after=data["version"],
                )
                messages.success(request, _("The tolerances are adopted. What is published keeps the lights it had."))
                return redirect("portfolio:tolerance_change", portfolio.pk)
            except Refused as refused:
                blame(form, refused)
                status = 409
    context = {"portfolio": portfolio, "limits": limits, "form": form, "may": may}
    return render(request, "portfolio/tolerance_change.html", context, status=status)


def _matrices(seen: list[queries.Seen]) -> dict[str, Any]:
    return {
        "seen": seen,
        "before": queries.matrix_of(seen, after=False),
        "after": queries.matrix_of(seen, after=True),
    }


@login_required
def project_risks(request: HttpRequest, pk: int) -> HttpResponse:
    """The project's risks and opportunities, with the matrix before and after measures."""
    by, project = actor(request), project_of(request, pk)
    rows = queries.risks_of(project)
    open_ones = list(queries.largest_first(rows))
    seen = queries.numbered([r for r in open_ones if r.kind == Risk.Kind.RISK], on=timezone.localdate())
    context = {
        **page_of(request, project, "project_risks"),
        **_matrices(seen),
        "opportunities": [r for r in open_ones if r.kind == Risk.Kind.OPPORTUNITY],
        "closed": rows.filter(closed_at__isnull=False),
        "may": policy.can_keep_risks(by, project.portfolio, project),
    }
    return render(request, "portfolio/project_risks.html", context)


@login_required
def portfolio_risks(request: HttpRequest, pk: int) -> HttpResponse:
    """The portfolio's own risks, and the largest of its projects."""
    by, today = actor(request), timezone.localdate()
    portfolio = get_object_or_404(queries.portfolios_of(by), pk=pk)
    seen = queries.numbered(queries.portfolio_risks(by, portfolio, on=today), on=today)
    context = {"portfolio": portfolio, **_matrices(seen), "may": policy.can_keep_risks(by, portfolio, None)}
    return render(request, "portfolio/portfolio_risks.html", context)


def _risk_page(
    request: HttpRequest, portfolio: Portfolio, project: Project | None, number: int, back: str
) -> HttpResponse:
    by = actor(request)
    policy.can_keep_risks(by, portfolio, project).require()
    rows = queries.risks_of(project) if project else queries.own_risks(portfolio)
    risk = get_object_or_404(rows, pk=number) if number else Risk(version=0)
    names = [
        *("version", "kind", "title", "cause", "likelihood", "impact"),
        *("measure", "likelihood_after", "impact_after", "review_date"),
    ]
    first = {name: getattr(risk, name) for name in names}
    first |= {"responsible": risk.responsible_id, "closed": risk.closed_at is not None}
    form = RiskForm(request.POST or None, people=people.visible_to(by).order_by("name"), initial=first)
    home, status = project.pk if project else portfolio.pk, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given: dict[str, Any] = {"portfolio": portfolio, "project": project, "risk_id": number or None}
            version = form.cleaned_data["version"]
            try:
                actions.keep_risk(by=by, at=timezone.now(), **given, version=version, row=form.row())
                messages.success(request, _("Saved."))
                return redirect(back, home)
            except Refused as refused:
                blame(form, refused)
                status = 409
    context = {
        "form": form,
        "back": back,
        "home": home,
        "name": project.initiative.title if project else portfolio.name,
    }
    return render(request, "portfolio/risk_change.html", context, status=status)


@login_required
def risk_change(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Write down a risk of a project (number 0), or change one."""
    project = project_of(request, pk)
    return _risk_page(request, project.portfolio, project, number, "portfolio:project_risks")


@login_required
def own_risk_change(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Write down a risk of the portfolio itself (number 0), or change one."""
    portfolio = get_object_or_404(queries.portfolios_of(actor(request)), pk=pk)
    return _risk_page(request, portfolio, None, number, "portfolio:portfolio_risks")
