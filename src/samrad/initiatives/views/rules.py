"""What the form asks and reckons with: read by all employees, changed by the administrator."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.initiatives.actions import adopt_form_scope, adopt_rates, adopt_screening, set_service_desk
from samrad.initiatives.content import FIELDS, STEPS
from samrad.initiatives.forms.rules import CheckForm, RatesForm, ScopeForm, ServiceDeskForm, question_forms
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import plans_of, questions_for, rates_for, screening_codes, service_desk_for
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor
from samrad.organisation.models import Entity
from samrad.organisation.policy import can_administer


def _house(by: Actor) -> Entity:
    """The entity whose rules they are: the one the administrator's role is for, else one's own cooperation."""
    held = [h.entity_id for h in by.held if h.role == "administrator"]
    shared = [e for e in by.entities if e != by.entity_id]
    return Entity.objects.get(pk=next(iter([*held, *shared, by.entity_id or 0])))


def _to_change(by: Actor) -> Entity:
    house = _house(by)
    can_administer(by, house.pk).require()
    return house


@login_required
def rules_detail(request: HttpRequest) -> HttpResponse:
    """What the form asks by size, what it reckons with, who is called by the check, and where operation goes."""
    by, on = actor(request), timezone.localdate()
    house = _house(by)
    labels = {f.code: f.label for f in FIELDS}
    scopes = [
        {
            "size": size,
            "label": Initiative.Size(size).label,
            "steps": [STEPS[step] for step in plan.steps],
            "left_out": [labels[code] for code in sorted(plan.left_out) if code in labels],
            "from_municipalities": plan.from_municipalities,
        }
        for size, plan in plans_of(house.pk, on=on).items()
    ]
    context = {
        "house": house,
        "verdict": can_administer(by, house.pk),
        "scopes": scopes,
        "rates": rates_for(house.pk, on=on),
        "questions": questions_for(house.pk, on=on),
        "desk": service_desk_for(by.entity_id or 0, house.pk, on=on),
    }
    return render(request, "initiatives/rules_detail.html", context)


def _form_page(request: HttpRequest, title: Any, form: Form, lead: Any, **more: Any) -> HttpResponse:
    context = {"title": title, "form": form, "lead": lead, **more}
    wrong = form.errors or any(f.errors for f in more.get("questions", []))
    return render(request, "initiatives/rules_adopt.html", context, status=422 if wrong else 200)


def _done(request: HttpRequest, day: date) -> HttpResponse:
    messages.success(
        request, _("It holds from %(day)s. What held before stands in the record.") % {"day": f"{day:%d.%m.%Y}"}
    )
    return redirect("initiatives:rules_detail")


@login_required
def service_desk_set(request: HttpRequest) -> HttpResponse:
    """Say where faults and orders go."""
    by, at = actor(request), timezone.now()
    house, on = _to_change(by), timezone.localdate(at)
    desk = service_desk_for(house.pk, None, on=on)
    initial = {n: getattr(desk, n) for n in ("name", "url", "email", "phone")} if desk else {}
    form = ServiceDeskForm(request.POST if request.method == "POST" else None, on=on, initial=initial)
    if request.method == "POST" and form.is_valid():
        set_service_desk(by=by, at=at, owner=house, **form.cleaned_data)
        return _done(request, form.cleaned_data["valid_from"])
    return _form_page(request, _("The service desk"), form, _("Whoever reports a fault or an order is led here."))


@login_required
def rates_adopt(request: HttpRequest) -> HttpResponse:
    """Say what cost and benefit are reckoned with."""
    by, at = actor(request), timezone.now()
    house, on = _to_change(by), timezone.localdate(at)
    initial = dict(rates_for(house.pk, on=on).__dict__)
    form = RatesForm(request.POST if request.method == "POST" else None, on=on, initial=initial)
    if request.method == "POST" and form.is_valid():
        day, source = form.cleaned_data["valid_from"], form.cleaned_data["source"]
        adopt_rates(by=by, at=at, owner=house, rates=form.rates(), valid_from=day, source=source)
        return _done(request, day)
    lead = _("These are used in every need that is not decided yet.")
    return _form_page(request, _("What cost and benefit are reckoned with"), form, lead)


@login_required
def form_scope_adopt(request: HttpRequest, size: str) -> HttpResponse:
    """Say which steps and fields the form has for a size class."""
    by, at = actor(request), timezone.now()
    house, on = _to_change(by), timezone.localdate(at)
    plan = plans_of(house.pk, on=on).get(size)
    if plan is None or size not in Initiative.Size.values:
        raise Http404
    form = ScopeForm(request.POST if request.method == "POST" else None, on=on, plan=plan)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        adopt_form_scope(
            by=by,
            at=at,
            owner=house,
            size=size,
            steps=data["steps"],
            left_out=[*data["left_out"], *form.kept],
            from_municipalities=plan.from_municipalities,
            valid_from=data["valid_from"],
            source=data["source"],
        )
        return _done(request, data["valid_from"])
    title = _("What the form asks of a need that is: %(size)s") % {"size": Initiative.Size(size).label.lower()}
    return _form_page(request, title, form, _("The fewer questions, the more people report what they need."))


@login_required
def screening_adopt(request: HttpRequest) -> HttpResponse:
    """Say what the check asks, and who is called by each yes."""
    by, at = actor(request), timezone.now()
    house, on = _to_change(by), timezone.localdate(at)
    data = request.POST if request.method == "POST" else None
    form = CheckForm(data, on=on)
    rows = question_forms(questions_for(house.pk, on=on), data, used=screening_codes(house.pk))
    if data is not None and all([form.is_valid(), *[row.is_valid() for row in rows]]):
        made = [question for row in rows if (question := row.made()) is not None]
        day = form.cleaned_data["valid_from"]
        adopt_screening(by=by, at=at, owner=house, questions=made, valid_from=day)
        return _done(request, day)
    lead = _("Each yes calls somebody, and says why. A new version is asked in needs that are not sent in yet.")
    return _form_page(request, _("The check"), form, lead, questions=rows)
