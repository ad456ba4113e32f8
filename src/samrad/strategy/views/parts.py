"""What a strategy consists of: focus areas, goals and indicators, and how the indicators stand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.organisation.middleware import actor
from samrad.strategy import actions, policy, queries
from samrad.strategy.forms import AreaForm, GoalForm, IndicatorForm, MeasurementForm
from samrad.strategy.models import FocusArea, Goal, Indicator, Strategy
from samrad.strategy.views.strategies import found


def _area(request: HttpRequest, pk: int) -> FocusArea:
    rows = FocusArea.objects.filter(strategy__in=queries.visible_to(actor(request)))
    return get_object_or_404(rows.select_related("strategy__owner"), pk=pk)


def _goal(request: HttpRequest, pk: int) -> Goal:
    rows = Goal.objects.filter(area__strategy__in=queries.visible_to(actor(request)))
    return get_object_or_404(rows.select_related("area__strategy__owner"), pk=pk)


def _indicator(request: HttpRequest, pk: int) -> Indicator:
    rows = Indicator.objects.filter(goal__area__strategy__in=queries.visible_to(actor(request)))
    return get_object_or_404(rows.select_related("goal__area__strategy__owner"), pk=pk)


def _edit(
    request: HttpRequest, strategy: Strategy, form: Any, *, title: str, save: Any, part: str = "", part_id: int = 0
) -> HttpResponse:
    """One small form about a draft: save it, or take the part away."""
    by = actor(request)
    policy.can_change(by, strategy).require()
    back = f"{reverse('strategy:strategy_detail', args=[strategy.pk])}#areas"
    if request.method == "POST" and "remove" in request.POST and part:
        actions.remove_part(by=by, at=timezone.now(), strategy_id=strategy.pk, part=part, part_id=part_id)
        messages.success(request, _("It is taken out of the draft."))
        return redirect(back)
    if request.method == "POST" and form.is_valid():
        save(by=by, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("It is saved."))
        return redirect(back)
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "title": title, "label": _("Save"), "strategy": strategy, "removes": bool(part)}
    return render(request, "strategy/form.html", context, status=status)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" and "remove" not in request.POST else None


@login_required
def area_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a focus area to a draft."""
    strategy = found(request, pk)

    def save(**values: Any) -> None:
        actions.save_area(strategy_id=strategy.pk, **values)

    return _edit(
        request, strategy, _named(AreaForm(_posted(request)), strategy, None), title=_("New focus area"), save=save
    )


def _named(form: AreaForm, strategy: Strategy, area: FocusArea | None) -> AreaForm:
    """The same name twice is said at the field."""
    if form.is_bound and form.is_valid():
        same = strategy.areas.filter(name=form.cleaned_data["name"]).exclude(pk=area.pk if area else 0)
        if same.exists():
            form.add_error("name", _("There is already a focus area with this name."))
    return form


@login_required
def area_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a focus area of a draft, or take it out."""
    area = _area(request, pk)
    form = AreaForm(_posted(request), initial={"name": area.name, "description": area.description})

    def save(**values: Any) -> None:
        actions.save_area(strategy_id=area.strategy_id, area_id=area.pk, **values)

    title = _("Change the focus area")
    return _edit(
        request, area.strategy, _named(form, area.strategy, area), title=title, save=save, part="area", part_id=area.pk
    )


@login_required
def goal_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a goal to a focus area."""
    area = _area(request, pk)

    def save(**values: Any) -> None:
        actions.save_goal(area_id=area.pk, **values)

    title = _("New goal in «%(area)s»") % {"area": area.name}
    return _edit(request, area.strategy, GoalForm(_posted(request)), title=title, save=save)


@login_required
def goal_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a goal of a draft, or take it out."""
    goal = _goal(request, pk)
    form = GoalForm(_posted(request), initial={"text": goal.text})

    def save(**values: Any) -> None:
        actions.save_goal(area_id=goal.area_id, goal_id=goal.pk, **values)

    return _edit(request, goal.area.strategy, form, title=_("Change the goal"), save=save, part="goal", part_id=goal.pk)


@login_required
def indicator_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what shows whether a goal is reached."""
    goal = _goal(request, pk)

    def save(**values: Any) -> None:
        actions.save_indicator(goal_id=goal.pk, **values)

    return _edit(request, goal.area.strategy, IndicatorForm(_posted(request)), title=_("New indicator"), save=save)


@login_required
def indicator_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an indicator of a draft, or take it out."""
    one = _indicator(request, pk)
    names = ("name", "unit", "baseline", "target", "target_date")
    form = IndicatorForm(_posted(request), initial={n: getattr(one, n) for n in names})

    def save(**values: Any) -> None:
        actions.save_indicator(goal_id=one.goal_id, indicator_id=one.pk, **values)

    return _edit(
        request,
        one.goal.area.strategy,
        form,
        title=_("Change the indicator"),
        save=save,
        part="indicator",
        part_id=one.pk,
    )


@login_required
def indicator_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How an indicator stands and has stood, and a form for a new value."""
    by, one, now = actor(request), _indicator(request, pk), timezone.now()
    strategy = one.goal.area.strategy
    allowed = policy.can_measure(by, strategy)
    form = MeasurementForm(request.POST or None, today=timezone.localdate(now))
    if request.method == "POST":
        allowed.require()
        if form.is_valid():
            actions.record_measurement(by=by, at=now, indicator_id=one.pk, **form.cleaned_data)
            messages.success(request, _("The value is recorded."))
            return redirect("strategy:indicator_detail", one.pk)
    history = queries.history_of(one)
    context = {
        "line": queries.IndicatorLine(one, history[0] if history else None),
        "indicator": one,
        "strategy": strategy,
        "history": history,
        "form": form,
        "allowed": allowed,
    }
    return render(request, "strategy/indicator_detail.html", context, status=422 if form.errors else 200)
