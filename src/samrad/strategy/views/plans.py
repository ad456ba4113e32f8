"""Yearly action plans and their points."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.documents.sheets import Column, comma_separated
from samrad.organisation.middleware import actor
from samrad.organisation.models import Person
from samrad.organisation.queries import visible_to as people_visible_to
from samrad.strategy import actions, policy, queries
from samrad.strategy.forms import AdoptForm, PlanForm, PointForm, ReassignForm, StatusForm
from samrad.strategy.models import ActionPlan, ActionPoint, FocusArea, Goal
from samrad.strategy.views.strategies import found

COLOURS = {"planned": "grey", "under_way": "blue", "done": "green", "dropped": "red"}


def _plan(request: HttpRequest, pk: int) -> ActionPlan:
    return get_object_or_404(queries.plans_of(actor(request)), pk=pk)


def _point(request: HttpRequest, pk: int) -> ActionPoint:
    return get_object_or_404(queries.points_of(actor(request)), pk=pk)


@login_required
def plan_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the action plan for a year, with what is unfinished from the last."""
    by, strategy = actor(request), found(request, pk)
    policy.can_plan(by, strategy).require()
    earlier = ActionPlan.objects.filter(Q(strategy=strategy) | Q(strategy_id=strategy.replaces_id)).order_by("-year")
    last = earlier.first()
    initial = {"year": last.year + 1 if last else timezone.localdate().year, "carry_from": last}
    taken = set(strategy.plans.values_list("year", flat=True))
    form = PlanForm(request.POST or None, plans=earlier, taken=taken, initial=initial)
    if request.method == "POST" and form.is_valid():
        old = form.cleaned_data["carry_from"]
        plan = actions.make_plan(
            by=by,
            at=timezone.now(),
            strategy_id=pk,
            year=form.cleaned_data["year"],
            carry_from_id=old.pk if old else None,
        )
        messages.success(request, _("The plan for %(year)s is made. Look over the points.") % {"year": plan.year})
        return redirect("strategy:plan_detail", plan.pk)
    context = {"form": form, "title": _("New action plan"), "label": _("Make the plan"), "strategy": strategy}
    return render(request, "strategy/form.html", context, status=422 if form.errors else 200)


def rows_of(plan: ActionPlan) -> list[dict[str, Any]]:
    """The points of a plan as they are read, with where they came from and where they went, in one query."""
    points = plan.points.select_related("area", "goal", "responsible", "came_from__plan")
    later = {
        p.came_from_id: p
        for p in ActionPoint.objects.filter(came_from__plan=plan, plan__adopted_date__isnull=False).select_related(
            "plan"
        )
    }
    today = timezone.localdate()
    return [
        {
            "point": p,
            "colour": COLOURS[p.status],
            "came_from": p.came_from,
            "went_to": later.get(p.pk),
            "late": bool(p.due_date and p.due_date < today and not p.finished and p.pk not in later),
        }
        for p in points
    ]


@login_required
def plan_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The action plan of a year: every point with responsible, deadline, cost and status."""
    by, plan = actor(request), _plan(request, pk)
    rows = rows_of(plan)
    manages = policy.can_manage(by, plan.owner_id)
    chosen = request.GET.get("status", "")
    context = {
        "plan": plan,
        "strategy": plan.strategy,
        "rows": [r for r in rows if r["point"].status == chosen] if chosen else rows,
        "count": len(rows),
        "cost": sum((r["point"].cost_kr or 0 for r in rows if r["point"].status != "dropped"), 0),
        "progress": queries.progress_of(r["point"] for r in rows if not r["went_to"]),
        "statuses": ActionPoint.Status.choices,
        "manages": manages,
        "adopts": policy.can_adopt_plan(by, plan) if manages and not plan.adopted else None,
    }
    return render(request, "strategy/plan_detail.html", context)


@login_required
def plan_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The action plan as a file for a spreadsheet."""
    plan = _plan(request, pk)
    columns = [
        Column(str(c))
        for c in (
            _("Focus area"),
            _("Goal"),
            _("Point"),
            _("Responsible"),
            _("Deadline"),
            _("Cost"),
            _("Status"),
            _("Came from"),
        )
    ]
    rows = [
        (
            p.area.name,
            p.goal.text if p.goal else "",
            p.title,
            p.responsible.name if p.responsible else "",
            p.due_date,
            p.cost_kr,
            str(p.get_status_display()),
            p.came_from.plan.year if p.came_from else "",
        )
        for p in (r["point"] for r in rows_of(plan))
    ]
    response = HttpResponse(comma_separated(columns, rows), content_type="text/csv; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["Content-Disposition"] = f'attachment; filename="handlingsplan-{plan.year}.csv"'
    return response


@login_required
def plan_adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the plan is adopted."""
    by, plan = actor(request), _plan(request, pk)
    policy.can_adopt_plan(by, plan).require()
    form = AdoptForm(request.POST or None, initial={"version": plan.version})
    if request.method == "POST" and form.is_valid():
        actions.adopt_plan(by=by, at=timezone.now(), plan_id=pk, **form.cleaned_data)
        messages.success(request, _("The plan is adopted. Those responsible have been told."))
        return redirect("strategy:plan_detail", pk)
    context = {"form": form, "strategy": plan.strategy, "plan": plan}
    return render(request, "strategy/adopt.html", context, status=422 if form.is_bound else 200)


def _people(request: HttpRequest) -> QuerySet[Person]:
    return people_visible_to(actor(request)).order_by("name")


def _point_form(request: HttpRequest, plan: ActionPlan, data: Any, initial: dict[str, Any]) -> PointForm:
    return PointForm(
        data,
        initial=initial,
        areas=FocusArea.objects.filter(strategy=plan.strategy),
        goals=Goal.objects.filter(area__strategy=plan.strategy),
        people=_people(request),
    )


def _values(form: PointForm) -> dict[str, Any]:
    values = dict(form.cleaned_data)
    area, goal, person = values.pop("area"), values.pop("goal"), values.pop("responsible")
    return {
        **values,
        "area_id": area.pk,
        "goal_id": goal.pk if goal else None,
        "responsible_id": person.pk if person else None,
    }


@login_required
def point_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a point to a plan that is not adopted yet."""
    by, plan = actor(request), _plan(request, pk)
    policy.can_change_plan(by, plan).require()
    form = _point_form(request, plan, request.POST or None, {"version": 0})
    if request.method == "POST" and form.is_valid():
        values = _values(form)
        values.pop("version")
        actions.save_point(by=by, at=timezone.now(), plan_id=plan.pk, **values)
        messages.success(request, _("The point is added."))
        return redirect("strategy:plan_detail", plan.pk)
    title = _("New point in the action plan for %(year)s") % {"year": plan.year}
    context = {"form": form, "title": title, "label": _("Add"), "strategy": plan.strategy, "plan": plan}
    return render(request, "strategy/form.html", context, status=422 if form.errors else 200)


@login_required
def point_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a point; of an adopted plan only who is responsible and when it is due."""
    by, point, now = actor(request), _point(request, pk), timezone.now()
    plan = point.plan
    policy.can_manage(by, plan.owner_id).require()
    if request.method == "POST" and "remove" in request.POST and not plan.adopted:
        actions.remove_point(by=by, at=now, point_id=point.pk)
        messages.success(request, _("The point is taken out of the plan."))
        return redirect("strategy:plan_detail", plan.pk)
    names = ("title", "description", "area", "goal", "responsible", "due_date", "cost_kr", "version")
    initial = {n: getattr(point, n) for n in names}
    form: Any = (
        ReassignForm(request.POST or None, initial=initial, people=_people(request))
        if plan.adopted
        else _point_form(request, plan, request.POST or None, initial)
    )
    if request.method == "POST" and form.is_valid():
        if plan.adopted:
            data = form.cleaned_data
            person = data["responsible"].pk if data["responsible"] else None
            actions.reassign_point(
                by=by, at=now, point_id=pk, version=data["version"], responsible_id=person, due_date=data["due_date"]
            )
        else:
            actions.save_point(by=by, at=now, plan_id=plan.pk, point_id=point.pk, **_values(form))
        messages.success(request, _("The point is saved."))
        return redirect("strategy:point_detail", pk)
    context = {
        "form": form,
        "title": _("Change the point"),
        "label": _("Save"),
        "strategy": plan.strategy,
        "plan": plan,
        "removes": not plan.adopted,
    }
    return render(request, "strategy/form.html", context, status=422 if form.errors else 200)


@login_required
def point_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One point: what, who, when, how it goes and has gone, and the same point in other years."""
    by, point = actor(request), _point(request, pk)
    allowed = policy.can_follow_up(by, point)
    form = StatusForm(request.POST or None, initial={"status": point.status, "version": point.version})
    if request.method == "POST":
        allowed.require()
        if form.is_valid():
            actions.move_point(by=by, at=timezone.now(), point_id=pk, **form.cleaned_data)
            messages.success(request, _("The status is saved."))
            return redirect("strategy:point_detail", pk)
    context = {
        "point": point,
        "plan": point.plan,
        "strategy": point.plan.strategy,
        "colour": COLOURS[point.status],
        "row": queries.carried_from(point),
        "history": list(point.changes.select_related("changed_by")),
        "form": form,
        "allowed": allowed,
        "manages": policy.can_manage(by, point.owner_id),
        "late": bool(point.due_date and point.due_date < timezone.localdate() and not point.finished),
    }
    return render(request, "strategy/point_detail.html", context, status=422 if form.errors else 200)
