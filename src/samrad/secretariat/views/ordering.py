"""The order of what waits for a decision, the same for everyone; and attempts by those who may not set it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samrad.cases.models import Case
from samrad.cases.queries import visible_to as cases_visible_to
from samrad.core.downloads import download
from samrad.core.refusals import blame, renew
from samrad.core.verdict import Refused, Stale, Verdict
from samrad.documents.sheets import workbook
from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor
from samrad.organisation.models import Entity
from samrad.secretariat import actions
from samrad.secretariat.forms.scoring import PlaceForm
from samrad.secretariat.papers.ordering import order_sheets
from samrad.secretariat.policy.scoring import can_place, is_it_alone
from samrad.secretariat.queries.scoring import MOST_UNSCORED, OrderLine, orders_for, placings_of, ranked_cases

View = Callable[..., HttpResponse]
TRIED = {
    "place": gettext_lazy("The priority is counted from the criteria, and the body decides. IT staff cannot set it. The attempt is logged."),
    "start": gettext_lazy("Nothing is started without a decision, and IT staff cannot decide. The attempt is logged."),
}  # fmt: skip


def _case(by: Actor, pk: int) -> Case:
    rows = cases_visible_to(by).filter(pk=pk, initiative__stage__gte=Initiative.Stage.SUBMITTED)
    case = rows.select_related("initiative").first()
    if case is None:
        raise Http404
    return case


def logs_attempts(action: str, attempt: str) -> Callable[[View], View]:
    """Let a page refuse one of the IT staff who tries what only others may do, and log that it was tried."""

    def around(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, pk: int, **rest: Any) -> HttpResponse:
            by = actor(request)
            if request.method == "POST" and by.is_person and by.holds("it_staff"):
                case = _case(by, pk)
                if is_it_alone(by, case, action=action):
                    actions.log_attempt(by=by, at=timezone.now(), case=case, attempt=attempt)
                    context = {"verdict": Verdict.no(TRIED[attempt]), "changing": True}
                    return render(request, "core/refused.html", context, status=403)
            return view(request, pk, **rest)

        return guarded

    return around


def _why(line: OrderLine) -> str:
    """Why a case stands where it does, in words."""
    if line.place.moved:
        return _("The body has placed it here. It was counted to place %(place)s.") % {"place": line.place.computed}
    words = {
        "first": _("Comes first."),
        "must_do": _("What the law demands comes first. This is not demanded."),
        "benefit": _("Less benefit than the one counted before it."),
        "feasibility": _("The same benefit, and less feasible."),
        "number": _("The same points. The lowest number comes first."),
    }
    if line.scoring.must_do and line.place.why == "first":
        return _("The law demands it.")
    return words[line.place.why]


@login_required
def order(request: HttpRequest) -> HttpResponse:
    """The order of what waits for a decision, house by house, and why each stands where it does."""
    by, on = actor(request), timezone.localdate()
    houses = list(Entity.objects.filter(pk__in=by.entities).order_by("-kind", "name"))
    orders = orders_for(by, [house.pk for house in houses], on=on)
    groups = []
    for house in houses:
        found = orders[house.pk]
        if found.lines or found.unscored:
            rows = [(line, _why(line), can_place(by, line.case)) for line in found.lines]
            more = len(found.unscored) == MOST_UNSCORED
            groups.append({"house": house, "rows": rows, "unscored": found.unscored, "more": more})
    return render(request, "secretariat/order.html", {"groups": groups})


@login_required
def order_sheet(request: HttpRequest) -> HttpResponse:
    """The order with the scores and weights it is counted from, as a spreadsheet: anyone can count it again."""
    by, now = actor(request), timezone.now()
    houses = list(Entity.objects.filter(pk__in=by.entities).order_by("-kind", "name"))
    orders = orders_for(by, [house.pk for house in houses], on=timezone.localdate(now))
    content = workbook(order_sheets((house.name, orders[house.pk].lines) for house in houses), at=now)
    return download(content, "prioritert-rekkefolge.xlsx")


@login_required
@logs_attempts("secretariat.place_in_order", "place")
def order_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Set down where the body has placed a case, and why."""
    by = actor(request)
    case = _case(by, pk)
    can_place(by, case).require()
    standing = placings_of([case]).get(case.pk)
    start = {"place": standing.place, "reason": standing.reason} if standing else {}
    form = PlaceForm(request.POST or None, initial={"version": case.version, **start})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.place_in_order(by=by, at=timezone.now(), case_id=case.pk, **form.cleaned_data)
            except Refused as refused:
                blame(form, refused)
                if isinstance(refused, Stale):
                    renew(form, Case.objects.get(pk=case.pk).version)
                status = 409
            else:
                messages.success(request, _("The body's order is kept, with the reason."))
                return redirect("secretariat:order")
    context = {
        "case": case,
        "form": form,
        "standing": standing,
        "scored": bool(ranked_cases([case])[0]),
        "history": case.placings.select_related("placed_by", "ended_by"),
    }
    return render(request, "secretariat/order_place.html", context, status=status)


@login_required
@require_POST
@logs_attempts("secretariat.place_in_order", "place")
def order_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a case stand where it is counted to again."""
    by = actor(request)
    case = _case(by, pk)
    actions.end_placing(by=by, at=timezone.now(), case_id=case.pk)
    messages.success(request, _("The case stands where it is counted to."))
    return redirect("secretariat:order")
