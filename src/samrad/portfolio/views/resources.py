"""Pages of people: what mine can give, what a project asks for, the answer, and capacity against demand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.core.refusals import blame
from samrad.core.verdict import Refused
from samrad.organisation import queries as people
from samrad.organisation.middleware import actor
from samrad.portfolio import actions, policy, queries
from samrad.portfolio.forms import AskForm, FrozenForm, GiveForm, ResourceForm
from samrad.portfolio.models import Resource, ResourceRequest
from samrad.portfolio.views.pages import page_of, project_of

MOST_REQUESTS = 300  # of those that wait or are answered, from this quarter on


@login_required
def my_people(request: HttpRequest) -> HttpResponse:
    """What my people can give each quarter, what is asked and given, and where it is too much."""
    by, today = actor(request), timezone.localdate()
    resources, quarters = list(queries.resources_led(by, on=today)), queries.quarters_from(today)
    loads = queries.loads_of(resources, quarters)
    every = [load for row in loads.values() for load in row]
    found = queries.requests_to(resources).filter(quarter__gte=quarters[0])[:MOST_REQUESTS]
    requests = [(row, queries.quarter_name(row.quarter)) for row in found]
    waits = ResourceRequest.State.ASKED
    context = {
        "units": queries.units_led(by, on=today),
        "quarters": [queries.quarter_name(q) for q in quarters],
        "rows": [(resource, loads[resource.pk]) for resource in resources],
        "over": [load for load in every if load.over],
        "would": [load for load in every if load.over_if_given],
        "drifts": any(load.drift for load in every),
        "drift": [(resource, [load for load in loads[resource.pk] if load.drift]) for resource in resources],
        "waiting": [one for one in requests if one[0].state == waits],
        "answered": [one for one in requests if one[0].state != waits],
        "portfolio": queries.portfolios_of(by).order_by("pk").first(),
    }
    return render(request, "portfolio/my_people.html", context)


def _first_of(resource: Resource | None, quarters: list[Any]) -> dict[str, Any]:
    if resource is None:
        return {"version": 0}
    values: dict[str, Any] = {"version": resource.version, "title": resource.title}
    values |= {"unit": resource.unit_id, "person": resource.person_id}
    for row in resource.capacities.filter(quarter__in=quarters):
        number = quarters.index(row.quarter)
        for name in ("days", "leave_days", "line_days", "reserved_days"):
            values[f"q{number}_{name}"] = getattr(row, name)
    return values


@login_required
def resource_change(request: HttpRequest, number: int) -> HttpResponse:
    """Write down a person or a role of my unit (number 0), or change one."""
    by, today = actor(request), timezone.localdate()
    units, quarters = queries.units_led(by, on=today), queries.quarters_from(today)
    resource = get_object_or_404(Resource.objects.select_related("unit"), pk=number) if number else None
    if resource is not None:
        policy.can_keep_people(by, resource.unit).require()
        units = units.filter(pk=resource.unit_id)
    elif not units:
        raise Refused(_("Only the leader of the unit says what its people can give."))
    form = ResourceForm(
        request.POST or None,
        units=units,
        people=people.visible_to(by).filter(unit__in=units).order_by("name"),
        quarters=quarters,
        initial=_first_of(resource, quarters),
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                actions.keep_resource(
                    by=by,
                    at=timezone.now(),
                    unit=data["unit"],
                    resource_id=number or None,
                    version=data["version"],
                    title=data["title"],
                    person=data["person"],
                    quarters=form.rows(),
                )
                messages.success(request, _("Saved."))
                return redirect("portfolio:my_people")
            except Refused as refused:
                blame(form, refused)
                status = 409
    return render(request, "portfolio/resource_change.html", {"form": form, "resource": resource}, status=status)


@login_required
def project_people(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom the project has asked for and been given, and a form to ask."""
    by, project, today = actor(request), project_of(request, pk), timezone.localdate()
    may, quarters = policy.can_ask_people(by, project), queries.quarters_from(today)
    form = AskForm(request.POST or None, resources=queries.resources_of(project), quarters=quarters)
    status = 200
    if request.method == "POST":
        may.require()
        status = 422
        if form.is_valid():
            try:
                actions.ask_people(by=by, at=timezone.now(), project_id=project.pk, **form.cleaned_data)
                messages.success(request, _("The leader of the unit has been asked."))
                return redirect("portfolio:project_people", project.pk)
            except Refused as refused:
                blame(form, refused)
                status = 409
    rows = list(queries.requests_by(project))
    asked_of = list({row.resource_id: row.resource for row in rows}.values())
    loads = {
        (load.resource.pk, load.quarter): load
        for found in queries.loads_of(asked_of, sorted({row.quarter for row in rows})).values()
        for load in found
    }
    frozen = queries.frozen_in(project.portfolio, quarters)
    context = {
        **page_of(request, project, "project_people"),
        "rows": [(r, queries.quarter_name(r.quarter), loads[r.resource_id, r.quarter]) for r in rows],
        "zones": list({z.pk: z for zones in frozen.values() for z in zones}.values()),
        "form": form,
        "may": may,
    }
    return render(request, "portfolio/project_people.html", context, status=status)


@login_required
def request_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a project the people it asks for, some of it, or nothing."""
    by = actor(request)
    rows = ResourceRequest.objects.select_related("resource__unit", "project__initiative", "asked_by")
    asked = get_object_or_404(rows, pk=pk)
    if by.person_id is None:
        raise Http404
    policy.can_answer_request(by, asked).require()
    load = queries.load_of(asked.resource, asked.quarter)
    days = asked.asked_days if asked.state == ResourceRequest.State.ASKED else asked.given_days
    first = {"version": asked.version, "days": days, "reason": asked.reason}
    form, status = GiveForm(request.POST or None, initial=first), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.answer_people(by=by, at=timezone.now(), request_id=asked.pk, **form.cleaned_data)
                messages.success(request, _("The project has been told."))
                return redirect("portfolio:my_people")
            except Refused as refused:
                blame(form, refused)
                status = 409
    context = {
        "asked": asked,
        "load": load,
        "percent": load.percent(asked.asked_days - asked.given_days),
        "form": form,
    }
    return render(request, "portfolio/request_answer.html", context, status=status)


@login_required
def portfolio_capacity(request: HttpRequest, pk: int) -> HttpResponse:
    """Capacity against demand for each quarter, who is booked too much, and when nothing new is started."""
    by, today = actor(request), timezone.localdate()
    portfolio = get_object_or_404(queries.portfolios_of(by), pk=pk)
    may, quarters = policy.can_manage(by, portfolio), queries.quarters_from(today)
    dropping = request.POST.get("drop", "")
    form, status = FrozenForm(None if dropping else request.POST or None), 200
    if request.method == "POST":
        may.require()
        given: dict[str, Any] = {"by": by, "at": timezone.now(), "portfolio": portfolio}
        if dropping.isascii() and dropping.isdigit() and len(dropping) < 19:
            actions.drop_frozen(**given, zone_id=int(dropping))
            return redirect("portfolio:portfolio_capacity", portfolio.pk)
        status = 422
        if form.is_valid():
            actions.keep_frozen(**given, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("portfolio:portfolio_capacity", portfolio.pk)
    context = {
        "portfolio": portfolio,
        "leads": any(held.role == queries.LEADER for held in by.held),
        "sums": queries.capacity_of(portfolio, quarters),
        "zones": portfolio.frozen_zones.filter(last_day__gte=today),
        "form": form,
        "may": may,
    }
    return render(request, "portfolio/portfolio_capacity.html", context, status=status)
