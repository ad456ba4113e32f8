"""Measures of a portfolio: the list with the late ones first, one measure, and where one is proposed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.core.asked import id_in, number_in
from samrad.core.refusals import blame
from samrad.core.verdict import Lack, Refused, Verdict
from samrad.governance.models import Body
from samrad.organisation import queries as people
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor
from samrad.portfolio import actions, queries
from samrad.portfolio.forms import DecideMeasureForm, FollowMeasureForm, MeasureForm
from samrad.portfolio.models import Measure, MeasureProject, Portfolio
from samrad.portfolio.policy import measures as policy
from samrad.portfolio.queries import measures as reads
from samrad.portfolio.words import measure_words


def _portfolio(request: HttpRequest, pk: int) -> Portfolio:
    return get_object_or_404(queries.portfolios_of(actor(request)), pk=pk)


@login_required
def measure_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Every measure of the portfolio, the late ones first."""
    by, portfolio = actor(request), _portfolio(request, pk)
    context = {
        "portfolio": portfolio,
        "rows": reads.seen_measures(by, reads.measures_in([portfolio]), on=timezone.localdate()),
        "may": policy.can_steer(by, portfolio, queries.on_board(portfolio, on=timezone.localdate())),
    }
    return render(request, "portfolio/measure_list.html", context)


def _first(request: HttpRequest, portfolio: Portfolio, measure: Measure | None) -> dict[str, Any]:
    """What the form begins with: the proposal, one that is proposed anew, or what the review of status sends along."""
    again = reads.measures_in([portfolio]).filter(pk=number_in(request.GET.get("again"))).first()
    if measure is None and again is not None:
        [seen] = reads.seen_measures(actor(request), [again], on=timezone.localdate())
        return _standing(again, ("kind", "months", "start_months", *(() if seen.hidden else ("title", "reason"))))
    if measure is not None:
        return _standing(measure, ("version", "kind", "title", "reason", "months", "start_months", "due_date"))
    asked = request.GET.get("project")
    return {"version": 0, "kind": request.GET.get("kind", ""), "projects": [id_in(asked)] if asked else []}


def _standing(measure: Measure, names: tuple[str, ...]) -> dict[str, Any]:
    first = {"version": 0, **{name: getattr(measure, name) for name in names}}
    first |= {name: getattr(measure, f"{name}_id") for name in ("into", "to_portfolio", "responsible")}
    return first | {"projects": list(measure.projects.values_list("project_id", flat=True))}


@login_required
def measure_change(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Propose a measure (number 0), or change a proposal."""
    by, portfolio = actor(request), _portfolio(request, pk)
    measure = get_object_or_404(reads.measures_in([portfolio]), pk=number) if number else None
    if measure is not None:
        policy.can_decide_measure(by, measure, queries.on_board(portfolio, on=timezone.localdate())).require()
    else:
        policy.can_steer(by, portfolio, queries.on_board(portfolio, on=timezone.localdate())).require()
    choices = {
        "people": people.visible_to(by).order_by("name"),
        "projects": reads.to_touch(by, portfolio),
        "homes": reads.homes_for(by, portfolio),
    }
    form, status = MeasureForm(request.POST or None, initial=_first(request, portfolio, measure), **choices), 200
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
    if do == "again":
        actions.carry_again(**given, version=number_in(request.POST.get("version")))
        return _("It is carried out anew. Those who answer for the projects are told.")
    if do == "follow" and follow.is_valid():
        actions.follow_measure(**given, **follow.cleaned_data)
        return _("Saved.")
    return ""


def _rows(measure: Measure, seen: reads.SeenMeasure, bodies: Mapping[int, Body | None]) -> list[dict[str, Any]]:
    """What happens with each project the reader sees: in words, why, and where one that has ended can be opened anew."""
    ended = [row for row in seen.touched if row.state == MeasureProject.State.DONE and measure.kind in policy.ENDS]
    return [
        {
            "row": row,
            "happens": measure_words(measure, row, bodies),
            "turn": None if seen.hidden else reads.turn_of(row),
            "ended": row in ended,
            "reopen": getattr(row, "closed_case", None) if row in ended else None,
        }
        for row in seen.touched
    ]


def _asks_once_more(measure: Measure, decide: DecideMeasureForm) -> bool:
    """What ends a project is asked about once more before it happens."""
    return measure.kind in policy.ENDS and decide.is_valid() and not decide.cleaned_data["sure"]


def _ahead(by: Actor, measure: Measure, *, on: date) -> tuple[dict[int, Body | None], tuple[Lack, ...]]:
    """The body that each project would go to, and what stands in the way of deciding the measure."""
    projects = [row.project for row in reads.touched_by(measure)]
    ahead = reads.ahead_of(measure, projects, on=on)
    return ahead.bodies, policy.carry_lacks(by, measure, projects, ahead)


@login_required
def measure_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One measure: what it does with each project, how it goes, and where it is decided and followed up."""
    by, today = actor(request), timezone.localdate()
    measure = get_object_or_404(reads.measures_seen_by(by), pk=pk)
    board = queries.on_board(measure.portfolio, on=timezone.localdate())
    may_decide = policy.can_decide_measure(by, measure, board)
    may_follow = policy.can_follow_measure(by, measure, board)
    [seen] = reads.seen_measures(by, [measure], on=today)
    may_again = policy.can_carry_again(by, measure, board, seen.touched)
    do, data, status, confirm = request.POST.get("do", ""), request.POST or None, 200, False
    first = {"version": measure.version, "responsible": measure.responsible_id, "due_date": measure.due_date}
    records = policy.records_for_board(by, measure, board)
    decide = DecideMeasureForm(data if do == "decide" else None, records=records, initial=first)
    persons = people.visible_to(by).order_by("name") if may_follow else people.visible_to(by).none()
    follow = FollowMeasureForm(data if do == "follow" else None, people=persons, initial=first)
    if request.method == "POST":
        asked = {"decide": may_decide, "follow": may_follow, "again": may_again, "read": Verdict.yes()}.get(do)
        if asked is None:
            raise Http404
        asked.require()
        confirm = do == "decide" and _asks_once_more(measure, decide)
        status = 200 if confirm else 422
        try:
            if not confirm and (said := _posted(request, measure, decide, follow)):
                messages.success(request, said)
                return redirect("portfolio:measure_detail", measure.pk)
        except Refused as refused:
            blame(decide if do == "decide" else follow, refused)
            status = 409
    bodies, lacks = _ahead(by, measure, on=today) if may_decide else ({}, ())
    context = {
        "measure": measure,
        "portfolio": measure.portfolio,
        "seen": seen,
        "rows": _rows(measure, seen, bodies),
        "waits": reads.waits_for(by, measure),
        "notes": measure.notes.select_related("made_by"),
        "decide": decide,
        "records": records,
        "confirm": confirm,
        "follow": follow,
        "may_decide": may_decide,
        "may_follow": may_follow,
        "may_again": may_again,
        "may_steer": policy.can_steer(by, measure.portfolio, board),
        "lacks": lacks,
    }
    return render(request, "portfolio/measure_detail.html", context, status=status)
