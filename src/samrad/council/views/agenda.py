"""The agenda, its order, and the notice."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.cases.queries import visible_to as cases_visible_to
from samrad.core.asked import number_in
from samrad.core.refusals import blame
from samrad.core.verdict import Refused
from samrad.council import actions, policy, tasks
from samrad.council.forms import InformationForm
from samrad.council.models import AgendaItem
from samrad.council.views.page import Typed, _agenda, _back, _do, _page, _status, _version, plan_form, urgent_form
from samrad.organisation.middleware import actor


@login_required
@require_POST
def agenda_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Put cases on the agenda, as many as are chosen, or take an item off."""
    by, now, agenda = actor(request), timezone.now(), _agenda(request, pk)
    chosen, item = set(request.POST.getlist("case")), str(request.POST.get("take_off", ""))
    if any(str(i.pk) == item for i in agenda.items):
        take_off = partial(actions.take_off_agenda, by=by, at=now, item_id=int(item))
        return _do(request, pk, take_off, _("Taken off the agenda."))
    numbers = {number_in(one) for one in chosen}
    cases = list(cases_visible_to(by).filter(pk__in=numbers).order_by("state_since", "pk").values_list("pk", flat=True))
    if cases:

        def put() -> None:
            for case_id in cases:
                actions.put_on_agenda(by=by, at=now, meeting_id=pk, case_id=case_id)

        return _do(request, pk, put, _("Put on the agenda."))
    policy.can_set_agenda(by, agenda.meeting).require()
    messages.error(request, _("Choose a case first."))
    return _back(request, pk)


@login_required
@require_POST
def item_move(request: HttpRequest, pk: int, item_id: int) -> HttpResponse:
    """Move an item one place up or down."""
    by = actor(request)
    _agenda(request, pk)
    get_object_or_404(AgendaItem, pk=item_id, meeting_id=pk)
    up = request.POST.get("to") == "up"
    move = partial(actions.move_item, by=by, at=timezone.now(), item_id=item_id, up=up, version=_version(request))
    return _do(request, pk, move, _("The order is changed."))


@login_required
@require_POST
def notice_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the notice of meeting."""
    by = actor(request)
    _agenda(request, pk)
    send = partial(actions.send_notice, by=by, at=timezone.now(), meeting_id=pk, version=_version(request))
    answer = _do(request, pk, send, _("The notice is sent."))
    tasks.nudge()
    return answer


@login_required
@require_POST
def information_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put something to be told on the agenda."""
    by, agenda = actor(request), _agenda(request, pk)
    policy.can_set_agenda(by, agenda.meeting).require()
    form = InformationForm(request.POST, auto_id="id_information_%s")
    if not form.is_valid():
        return _page(request, agenda, typed=Typed(information=form), status=422)
    actions.add_information(by=by, at=timezone.now(), meeting_id=pk, **form.cleaned_data)
    messages.success(request, _("Put on the agenda."))
    return _back(request, pk)


@login_required
@require_POST
def urgent_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in an urgent case, as chair."""
    by, agenda = actor(request), _agenda(request, pk)
    policy.can_take_urgent(by, agenda.meeting).require()
    form = urgent_form(by, agenda, request.POST)
    status = 422
    if form.is_valid():
        try:
            item = actions.take_urgent_case(by=by, at=timezone.now(), meeting_id=pk, **form.cleaned_data)
            messages.success(request, _("The urgent case is on the agenda. The next meeting hears of it."))
            return _back(request, pk, item.pk)
        except Refused as refused:
            blame(form, refused)
            status = _status(refused)
    return _page(request, _agenda(request, pk), typed=Typed(urgent=form), status=status)


@login_required
@require_POST
def item_plan(request: HttpRequest, pk: int, item_id: int) -> HttpResponse:
    """Say how long an item takes, and whether the doors are closed for it."""
    by, agenda = actor(request), _agenda(request, pk)
    item = get_object_or_404(AgendaItem, pk=item_id, meeting_id=pk)
    policy.can_set_agenda(by, agenda.meeting).require()
    form = plan_form(agenda, item, request.POST)
    status = 422
    if form.is_valid():
        try:
            actions.plan_item(by=by, at=timezone.now(), item_id=item_id, **form.cleaned_data)
            messages.success(request, _("The agenda is changed."))
            return _back(request, pk, item_id)
        except Refused as refused:
            blame(form, refused)
            status = _status(refused)
    return _page(request, _agenda(request, pk), typed=Typed(item_id=item_id, plan=form), status=status)
