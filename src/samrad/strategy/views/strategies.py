"""Strategies: the list, one as it is read, writing and adopting it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.core.verdict import Verdict
from samrad.organisation.middleware import actor
from samrad.organisation.models import Entity
from samrad.strategy import actions, policy, queries
from samrad.strategy.forms import AdoptForm, ChangeStrategyForm, NewStrategyForm
from samrad.strategy.models import ActionPlan, Strategy


def found(request: HttpRequest, pk: int) -> Strategy:
    """The strategy, if the actor may read it."""
    return get_object_or_404(queries.visible_to(actor(request)).select_related("owner", "replaced_by"), pk=pk)


def state_of(strategy: Strategy) -> tuple[str, str]:
    """(the state in one word, its colour) today."""
    today = timezone.localdate()
    if not strategy.adopted:
        return _("Draft"), "grey"
    if today < strategy.valid_from:
        return _("Adopted, not begun"), "blue"
    return (_("In force"), "green") if strategy.in_force(today) else (_("Has run out"), "red")


def _row(strategy: Strategy, plans: list[ActionPlan]) -> dict[str, Any]:
    state, colour = state_of(strategy)
    expiry = queries.expiry_of(strategy, on=timezone.localdate()) if strategy.adopted else None
    return {"strategy": strategy, "state": state, "colour": colour, "expiry": expiry, "plans": plans}


@login_required
def strategy_list(request: HttpRequest) -> HttpResponse:
    """What we steer by: the strategies in force first, then drafts and what has been."""
    by, today = actor(request), timezone.localdate()
    plans: dict[int, list[ActionPlan]] = {}
    for plan in ActionPlan.objects.filter(strategy__in=queries.visible_to(by)).order_by("year"):
        plans.setdefault(plan.strategy_id, []).append(plan)
    rows = list(queries.visible_to(by))
    current = [_row(s, plans.get(s.pk, [])) for s in rows if s.in_force(today)]
    others = [s for s in rows if not s.in_force(today)]
    newest = {s.owner_id: s for s in reversed(rows) if s.adopted}
    # A strategy that has run out without another taking over belongs on top, with its warning.
    out = [_row(s, []) for s in newest.values() if s.valid_to < today]
    context = {
        "current": current,
        "run_out": [row for row in out if row["expiry"]],
        "others": [(s, *state_of(s)) for s in others],
        "can_add": policy.can_manage(by),
    }
    return render(request, "strategy/strategy_list.html", context)


@login_required
def strategy_add(request: HttpRequest) -> HttpResponse:
    """Begin on a strategy."""
    by = actor(request)
    policy.can_manage(by).require()
    owners = Entity.objects.filter(pk__in=policy.managed(by)).order_by("kind", "name")
    form = NewStrategyForm(request.POST or None, owners=owners)
    if request.method == "POST" and form.is_valid():
        made = actions.draft_strategy(by=by, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The draft is saved. Add the focus areas now."))
        return redirect("strategy:strategy_detail", made.pk)
    return _form(request, form, title=_("New strategy"), label=_("Save the draft"))


def _form(request: HttpRequest, form: Any, *, title: str, label: str, strategy: Strategy | None = None) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "title": title, "label": label, "strategy": strategy}
    return render(request, "strategy/form.html", context, status=status)


@login_required
def strategy_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One strategy: what it says, how far it has come, its plans and what the elected say."""
    by, strategy, today = actor(request), found(request, pk), timezone.localdate()
    points = queries.points_in_row(strategy)
    manages = policy.can_manage(by, strategy.owner_id)
    state, colour = state_of(strategy)
    newer, rounds = getattr(strategy, "replaced_by", None), list(strategy.rounds.all())
    plans = list(strategy.plans.order_by("year"))
    context = {
        "strategy": strategy,
        "state": state,
        "colour": colour,
        "expiry": queries.expiry_of(strategy, on=today),
        "areas": queries.areas_of(strategy, points),
        "progress": queries.progress_of(points),
        "plans": plans,
        "report_plan": next((p.pk for p in plans if p.adopted and p.year >= today.year), plans[-1].pk if plans else 0),
        "rounds": rounds,
        "asked_this_year": any(r.year == today.year for r in rounds),
        "year": today.year,
        "manages": manages,
        "changes": manages if not strategy.adopted else Verdict.no(""),
        "can_adopt": policy.can_adopt(by, strategy) if manages and not strategy.adopted else None,
        "newer": newer,
        "renews": manages and strategy.adopted and newer is None,
    }
    return render(request, "strategy/strategy_detail.html", context)


@login_required
def strategy_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the period, the vision and the principles of a draft."""
    by, strategy = actor(request), found(request, pk)
    policy.can_change(by, strategy).require()
    names = ("title", "valid_from", "valid_to", "vision", "principles", "warn_days", "version")
    form = ChangeStrategyForm(request.POST or None, initial={n: getattr(strategy, n) for n in names})
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        actions.change_strategy(by=by, at=timezone.now(), strategy_id=pk, version=version, values=values)
        messages.success(request, _("The change is saved."))
        return redirect("strategy:strategy_detail", pk)
    return _form(request, form, title=_("Change the strategy"), label=_("Save"), strategy=strategy)


@login_required
def strategy_adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the strategy is adopted. It cannot be undone, so the page says what happens."""
    by, strategy = actor(request), found(request, pk)
    policy.can_adopt(by, strategy).require()
    form = AdoptForm(request.POST or None, initial={"version": strategy.version})
    if request.method == "POST" and form.is_valid():
        actions.adopt_strategy(by=by, at=timezone.now(), strategy_id=pk, **form.cleaned_data)
        messages.success(request, _("The strategy is adopted. Now make the action plan for the year."))
        return redirect("strategy:strategy_detail", pk)
    status = 422 if form.is_bound else 200
    context = {"form": form, "strategy": strategy, "plan": None}
    return render(request, "strategy/adopt.html", context, status=status)


@login_required
@require_POST
def strategy_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin on a new version of an adopted strategy."""
    by, strategy = actor(request), found(request, pk)
    policy.can_renew(by, strategy).require()
    made = actions.renew_strategy(by=by, at=timezone.now(), strategy_id=strategy.pk)
    messages.success(request, _("This is a draft of the new version. The adopted one holds until you adopt this."))
    return redirect("strategy:strategy_detail", made.pk)
