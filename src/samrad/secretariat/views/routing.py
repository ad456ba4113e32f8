"""Where a case goes: what the rules say, and the confirmation."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.cases.models import Case
from samrad.core.refusals import blame, renew
from samrad.core.verdict import Refused, Stale
from samrad.governance.policy import FAILING, RULES
from samrad.initiatives.models import Initiative
from samrad.organisation.middleware import actor
from samrad.secretariat import actions, queries
from samrad.secretariat.forms.routing import PLACES, RouteForm
from samrad.secretariat.policy.routing import can_choose_route
from samrad.secretariat.queries.routing import choices_of


@login_required
def case_route(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the rules say that a case goes and by which rule; the head of the secretariat confirms it."""
    by, on = actor(request), timezone.localdate()
    case = queries.visible_to(by).filter(pk=pk, initiative__stage__gte=Initiative.Stage.SUBMITTED).first()
    if case is None or case.initiative is None:
        raise Http404
    way = queries.route_of(case.initiative, on=on)
    allowed = can_choose_route(by, case)
    form = RouteForm(request.POST or None, initial={"version": case.version, "chosen": way.body_kind}, way=way)
    status = 200
    if request.method == "POST":
        allowed.require()
        status = 422
        if form.is_valid():
            try:
                actions.choose_route(by=by, at=timezone.now(), case_id=case.pk, **form.cleaned_data)
            except Refused as refused:
                blame(form, refused)
                if isinstance(refused, Stale):
                    renew(form, Case.objects.get(pk=case.pk).version)
                status = 409
            else:
                messages.success(request, _("Where the case goes is confirmed."))
                return redirect("secretariat:case_prepare", case.pk)
    context = {
        "case": case,
        "initiative": case.initiative,
        "way": way,
        "place": PLACES[str(way.body_kind)],
        "allowed": allowed,
        "form": form,
        "choices": [
            (c, PLACES[c.chosen], [t for t in (RULES[c.rule], FAILING.get(c.failing)) if t]) for c in choices_of(case)
        ],
    }
    return render(request, "secretariat/case_route.html", context, status=status)
