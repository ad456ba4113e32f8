"""Measures of a portfolio: the list with the late ones first, one measure, and where one is proposed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.core.asked import id_in
from samrad.core.refusals import blame
from samrad.core.verdict import Refused, Verdict
from samrad.organisation import queries as people
from samrad.organisation.middleware import actor
from samrad.portfolio import actions, queries
from samrad.portfolio.forms import DecideMeasureForm, FollowMeasureForm, MeasureForm
from samrad.portfolio.models import Measure, Portfolio
from samrad.portfolio.policy import measures as policy
from samrad.portfolio.queries import measures as reads
from samrad.portfolio.words import measure_words


def _board(portfolio: Portfolio) -> set[int]:
    return {person.pk for person in queries.board_of(portfolio, on=timezone.localdate())}


def _portfolio(request: HttpRequest, pk: int) -> Portfolio:
    return get_object_or_404(queries.portfolios_of(actor(request)), pk=pk)


@login_required
def measure_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Every measure of the portfolio, the late ones first."""
    by, portfolio = actor(request), _portfolio(request, pk)
    context = {
        "portfolio": portfolio,
        "rows": reads.seen_measures(by, reads.measures_in(portfolio), on=timezone.localdate()),
        "may": policy.can_steer(by, portfolio, _board(portfolio)),
    }
    return render(request, "portfolio/measure_list.html", context)


def _first(request: HttpRequest, measure: Measure | None) -> dict[str, Any]:
    """What the form begins with: the proposal, or what the review of status sends along."""
    if measure is not None:
        names = ("version", "kind", "title", "reason", "months", "due_date")
        first = {name: getattr(measure, name) for name in names}
        first |= {name: getattr(measure, f"{name}_id") for name in ("into", "to_portfolio", "responsible")}
        return first | {"projects": list(measure.projects.values_list("project_id", flat=True))}
    asked = request.GET.get("project")
    return {"version": 0, "kind": request.GET.get("kind", ""), "projects": [id_in(asked)] if asked else []}


@login_required
def measure_change(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Propose a measure (number 0), or change a proposal."""
    by, portfolio = actor(request), _portfolio(request, pk)
    measure = get_object_or_404(reads.measures_in(portfolio), pk=number) if number else None
    if measure is not None:
        policy.can_decide_measure(by, measure, _board(portfolio)).require()
    else:
        policy.can_steer(by, portfolio, _board(portfolio)).require()
    choices = {
        "people": people.visible_to(by).order_by("name"),
        "projects": reads.to_touch(by, portfolio),
        "homes": reads.homes_for(by, portfolio),
    }
    form, status = MeasureForm(request.POST or None, initial=_first(request, measure), **choices), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = {"portfolio": portfolio, "measure_id": number or None, "version": form.cleaned_data["version"]}
            try:
                made = actions.propose_measure(by=by, at=timezone.now(), row=form.row(), **given)
                messages.success(request, _("The proposal is saved. Nothing happens before it is decided."))
                return redirect("portfolio:measure_detail", made.pk)
            except Refused as refused:
                blame(form, refused)
                status = 409
    context = {"portfolio": portfolio, "form": form, "number": number}
    return render(request, "portfolio/measure_change.html", context, status=status)


def _posted(request: HttpRequest, measure: Measure, decide: DecideMeasureForm, follow: FollowMeasureForm) -> str:
    """Do what is asked; what there is to say when it is done, nothing where a form is wrong."""
    given: dict[str, Any] = {"by": actor(request), "at": timezone.now(), "measure_id": measure.pk}
    do = request.POST.get("do", "")
    if do == "read":
        actions.read_measure(**given)
        return _("You have read it.")
    if do == "decide" and decide.is_valid():
        said = {name: value for name, value in decide.cleaned_data.items() if name != "sure"}
        actions.decide_measure(**given, **said)
        return _("The measure is decided. Those who answer for the projects are told.")
    if do == "follow" and follow.is_valid():
        actions.follow_measure(**given, **follow.cleaned_data)
        return _("Saved.")
    return ""


@login_required
def measure_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One measure: what it does with each project, how it goes, and where it is decided and followed up."""
    by, today = actor(request), timezone.localdate()
    measure = get_object_or_404(reads.measures_seen_by(by), pk=pk)
    board = _board(measure.portfolio)
    may_decide = policy.can_decide_measure(by, measure, board)
    may_follow = policy.can_follow_measure(by, measure, board)
    do, data, status, confirm = request.POST.get("do", ""), request.POST or None, 200, False
    first = {"version": measure.version, "responsible": measure.responsible_id, "due_date": measure.due_date}
    records = policy.records_for_board(by, measure, board)
    decide = DecideMeasureForm(data if do == "decide" else None, records=records, initial=first)
    persons = people.visible_to(by).order_by("name") if may_follow else people.visible_to(by).none()
    follow = FollowMeasureForm(data if do == "follow" else None, people=persons, initial=first)
    if request.method == "POST":
        asked = {"decide": may_decide, "follow": may_follow, "read": Verdict.yes()}.get(do)
        if asked is None:
            raise Http404
        asked.require()
        # What ends a project is asked about once more before it happens.
        confirm = (
            do == "decide" and measure.kind in policy.ENDS and decide.is_valid() and not decide.cleaned_data["sure"]
        )
        status = 200 if confirm else 422
        try:
            if not confirm and (said := _posted(request, measure, decide, follow)):
                messages.success(request, said)
                return redirect("portfolio:measure_detail", measure.pk)
        except Refused as refused:
            blame(decide if do == "decide" else follow, refused)
            status = 409
    [seen] = reads.seen_measures(by, [measure], on=today)
    projects = [row.project for row in reads.touched_by(measure)] if may_decide else []
    ahead = reads.ahead_of(measure, projects, on=today) if projects else None
    context = {
        "measure": measure,
        "portfolio": measure.portfolio,
        "seen": seen,
        "rows": [(row, measure_words(measure, row, ahead.bodies if ahead else {})) for row in seen.touched],
        "waits": reads.waits_for(by, measure),
        "notes": measure.notes.select_related("made_by"),
        "decide": decide,
        "records": records,
        "confirm": confirm,
        "follow": follow,
        "may_decide": may_decide,
        "may_follow": may_follow,
        "lacks": policy.carry_lacks(by, measure, projects, ahead) if ahead else (),
    }
    return render(request, "portfolio/measure_detail.html", context, status=status)
