"""What the form asks and reckons with: read by all employees, changed by the administrator."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.core.asked import posted
from samrad.core.refusals import blame, renew
from samrad.core.verdict import Refused, Stale
from samrad.initiatives.actions import adopt_form_scope, adopt_rates, adopt_screening, set_service_desk
from samrad.initiatives.content import FIELDS, STEPS
from samrad.initiatives.forms.rules import CheckForm, FromDayForm, RatesForm, ScopeForm, ServiceDeskForm, question_forms
from samrad.initiatives.models import CalculationRates, FormScope, Initiative, ScreeningQuestion, ServiceDesk
from samrad.initiatives.queries import latest, plans_of, questions_for, rates_for, screening_codes, service_desk_for
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


def _adopt(
    request: HttpRequest,
    form: FromDayForm,
    adopt: Callable[..., object],
    values: dict[str, Any],
    rows: QuerySet[Any],
    page: Callable[[], HttpResponse],
) -> HttpResponse:
    """Adopt what was written; where that is refused, the page says why, and holds what was typed."""
    day = form.cleaned_data["valid_from"]
    try:
        adopt(by=actor(request), at=timezone.now(), valid_from=day, after=form.cleaned_data["version"], **values)
    except Refused as refused:
        blame(form, refused)
        if isinstance(refused, Stale):
            renew(form, latest(rows))
        return page()
    messages.success(
        request, _("It holds from %(day)s. What held before stands in the record.") % {"day": f"{day:%d.%m.%Y}"}
    )
    return redirect("initiatives:rules_detail")


@login_required
def service_desk_set(request: HttpRequest) -> HttpResponse:
    """Say where faults and orders go."""
    house, on = _to_change(actor(request)), timezone.localdate()
    rows = ServiceDesk.objects.filter(owner=house)
    desk = service_desk_for(house.pk, None, on=on)
    names = ("name", "url", "email", "phone")
    initial = {n: getattr(desk, n) for n in names} if desk else {}
    form = ServiceDeskForm(posted(request), on=on, initial={**initial, "version": latest(rows)})
    lead = _("Whoever reports a fault or an order is led here.")
    page = partial(_form_page, request, _("The service desk"), form, lead)
    if request.method == "POST" and form.is_valid():
        values = {"owner": house, **{name: form.cleaned_data[name] for name in names}}
        return _adopt(request, form, set_service_desk, values, rows, page)
    return page()


@login_required
def rates_adopt(request: HttpRequest) -> HttpResponse:
    """Say what cost and benefit are reckoned with."""
    house, on = _to_change(actor(request)), timezone.localdate()
    rows = CalculationRates.objects.filter(owner=house)
    initial = {**rates_for(house.pk, on=on).__dict__, "version": latest(rows)}
    form = RatesForm(posted(request), on=on, initial=initial)
    lead = _("These are used in every need that is not decided yet.")
    page = partial(_form_page, request, _("What cost and benefit are reckoned with"), form, lead)
    if request.method == "POST" and form.is_valid():
        values = {"owner": house, "rates": form.rates(), "source": form.cleaned_data["source"]}
        return _adopt(request, form, adopt_rates, values, rows, page)
    return page()


@login_required
def form_scope_adopt(request: HttpRequest, size: str) -> HttpResponse:
    """Say which steps and fields the form has for a size class."""
    house, on = _to_change(actor(request)), timezone.localdate()
    plan = plans_of(house.pk, on=on).get(size)
    if plan is None or size not in Initiative.Size.values:
        raise Http404
    rows = FormScope.objects.filter(owner=house, size=size)
    form = ScopeForm(posted(request), on=on, plan=plan, initial={"version": latest(rows)})
    title = _("What the form asks of a need that is: %(size)s") % {"size": Initiative.Size(size).label.lower()}
    lead = _("The fewer questions, the more people report what they need.")
    page = partial(_form_page, request, title, form, lead)
    if request.method == "POST" and form.is_valid():
        values = {
            "owner": house,
            "size": size,
            "steps": form.cleaned_data["steps"],
            "left_out": [*form.cleaned_data["left_out"], *form.kept],
            "from_municipalities": plan.from_municipalities,
            "source": form.cleaned_data["source"],
        }
        return _adopt(request, form, adopt_form_scope, values, rows, page)
    return page()


@login_required
def screening_adopt(request: HttpRequest) -> HttpResponse:
    """Say what the check asks, and who is called by each yes."""
    house, on = _to_change(actor(request)), timezone.localdate()
    data, rows = posted(request), ScreeningQuestion.objects.filter(owner=house)
    form = CheckForm(data, on=on, initial={"version": latest(rows)})
    asked = question_forms(questions_for(house.pk, on=on), data, used=screening_codes(house.pk))
    lead = _("Each yes calls somebody, and says why. A new version is asked in needs that are not sent in yet.")
    page = partial(_form_page, request, _("The check"), form, lead, questions=asked)
    if data is not None and all([form.is_valid(), *[one.is_valid() for one in asked]]):
        made = [question for one in asked if (question := one.made()) is not None]
        return _adopt(request, form, adopt_screening, {"owner": house, "questions": made}, rows, page)
    return page()
