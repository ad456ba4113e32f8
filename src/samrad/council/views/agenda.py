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
from samrad.council import actions, policy
from samrad.council.models import AgendaItem
from samrad.council.views.page import _agenda, _back, _do, _version
from samrad.organisation.middleware import actor


@login_required
@require_POST
def agenda_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a case on the agenda, or take one off."""
    by, now, agenda = actor(request), timezone.now(), _agenda(request, pk)
    case, item = str(request.POST.get("case", "")), str(request.POST.get("take_off", ""))
    if any(str(i.pk) == item for i in agenda.items):
        take_off = partial(actions.take_off_agenda, by=by, at=now, item_id=int(item))
        return _do(request, pk, take_off, _("Taken off the agenda."))
    if case.isdecimal() and len(case) < 16 and cases_visible_to(by).filter(pk=int(case)).exists():
        put = partial(actions.put_on_agenda, by=by, at=now, meeting_id=pk, case_id=int(case))
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
    return _do(request, pk, send, _("The notice is sent."))
