"""What is written down in the meeting."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from samrad.core.asked import number_in
from samrad.core.refusals import blame, renew
from samrad.core.verdict import Refused, Stale
from samrad.council import actions, policy, queries
from samrad.council.forms import ImpartialityForm, StatementForm, TreatForm, VoteForm
from samrad.council.forms.rounds import DeferForm
from samrad.council.models import AgendaItem
from samrad.council.views.page import (
    DEFER_ID,
    Typed,
    _agenda,
    _back,
    _do,
    _page,
    _people,
    _present,
    _status,
    _version,
    lines_for,
    list_form,
)
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor

_STALE = _lazy(
    "Someone has written in this item since you opened the page. Both texts are below: choose which to keep."
)


@login_required
@require_POST
def attendance_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down who is present; what was chosen is kept when it cannot be saved."""
    by, agenda = actor(request), _agenda(request, pk)
    policy.can_record(by, agenda.meeting).require()
    presence = {s.pk: str(request.POST.get(f"seat_{s.pk}", "absent")) for s in agenda.seats}
    version = _version(request)
    try:
        actions.record_attendance(by=by, at=timezone.now(), meeting_id=pk, presence=presence, version=version)
    except Refused as refused:
        messages.error(request, str(refused))
        return _page(request, _agenda(request, pk), typed=Typed(presence=presence), status=_status(refused))
    messages.success(request, _("The attendance is written down."))
    return _back(request, pk)


@login_required
@require_POST
def impartiality_declare(request: HttpRequest, pk: int, item_id: int) -> HttpResponse:
    """Write down a question of impartiality."""
    by, agenda = actor(request), _agenda(request, pk)
    get_object_or_404(AgendaItem, pk=item_id, meeting_id=pk)
    policy.can_record(by, agenda.meeting).require()
    form = ImpartialityForm(request.POST, people=_people(agenda), auto_id="id_declare_%s")
    if form.is_valid():
        typed = form.cleaned_data
        actions.declare_impartiality(
            by=by,
            at=timezone.now(),
            item_id=item_id,
            person_id=typed["person"],
            reason=typed["reason"],
            disqualified=typed["disqualified"],
        )
        messages.success(request, _("The question of impartiality is written down."))
        return _back(request, pk, item_id)
    return _page(request, agenda, typed=Typed(item_id=item_id, declare=form), status=422)


def _write(
    request: HttpRequest, pk: int, item_id: int, typed: Typed, action: Callable[..., object], done: str
) -> HttpResponse:
    """Write something down about an item; what was typed is kept when it cannot be saved."""
    form = typed.treat or typed.vote
    assert form is not None
    by, agenda = actor(request), _agenda(request, pk)
    get_object_or_404(AgendaItem, pk=item_id, meeting_id=pk)
    policy.can_keep_minutes(by, agenda.meeting).require()
    status = 422
    if form.is_valid():
        try:
            action(by=by, at=timezone.now(), item_id=item_id, **form.cleaned_data)
            messages.success(request, done)
            return _back(request, pk, item_id)
        except Refused as refused:
            blame(form, refused)
            status = _status(refused)
    agenda = _agenda(request, pk)
    if status == 409:
        # Both texts stand on the page now: sent again, the typed one is the one that was chosen.
        renew(form, next(i.version for i in agenda.items if i.pk == item_id))
        typed.stale = True
    return _page(request, agenda, typed=typed, status=status)


@login_required
@require_POST
def item_treat(request: HttpRequest, pk: int, item_id: int) -> HttpResponse:
    """Write down what the body found in an item."""
    typed = Typed(item_id=item_id, treat=TreatForm(request.POST))
    return _write(request, pk, item_id, typed, actions.treat_item, _("Written down."))


@login_required
@require_POST
def item_vote(request: HttpRequest, pk: int, item_id: int) -> HttpResponse:
    """Write down the vote over an item."""
    typed = Typed(item_id=item_id, vote=VoteForm(request.POST, auto_id="id_vote_%s"))
    return _write(request, pk, item_id, typed, actions.record_vote, _("The vote is written down."))


@login_required
@require_POST
def statement_record(request: HttpRequest, pk: int, item_id: int) -> HttpResponse:
    """Write down a member's statement for the record, or dissent."""
    by, agenda = actor(request), _agenda(request, pk)
    get_object_or_404(AgendaItem, pk=item_id, meeting_id=pk)
    policy.can_keep_minutes(by, agenda.meeting).require()
    form = StatementForm(request.POST, people=_present(agenda), auto_id="id_said_%s")
    if form.is_valid():
        actions.record_statement(by=by, at=timezone.now(), item_id=item_id, **form.cleaned_data)
        messages.success(request, _("The statement is written down.") if form.cleaned_data["text"] else _("Taken out."))
        return _back(request, pk, item_id)
    return _page(request, agenda, typed=Typed(item_id=item_id, said=form), status=422)


@login_required
@require_POST
def meeting_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the meeting."""
    by = actor(request)
    _agenda(request, pk)
    close = partial(actions.close_meeting, by=by, at=timezone.now(), meeting_id=pk, version=_version(request))
    return _do(request, pk, close, _("The meeting is closed. The chair is told that the minutes wait."))


@login_required
@require_POST
def item_agree(request: HttpRequest, pk: int, item_id: int) -> HttpResponse:
    """Write down that the body agrees with the case paper as it stands: one click."""
    by = actor(request)
    _agenda(request, pk)
    get_object_or_404(AgendaItem, pk=item_id, meeting_id=pk)
    agree = partial(actions.agree_on_item, by=by, at=timezone.now(), item_id=item_id, version=_version(request))
    return _do(request, pk, agree, _("Written down: unanimous, as proposed."), item_id)


def _list_row(by: Actor, agenda: queries.Agenda, item_id: int) -> queries.Row:
    """The item about a round, for those who keep the minutes."""
    policy.can_keep_minutes(by, agenda.meeting).require()
    row = next((r for r in queries.visible_items(by, agenda) if r.item.pk == item_id and r.round), None)
    if row is None:
        raise Http404
    return row


@login_required
@require_POST
def round_treat(request: HttpRequest, pk: int, item_id: int) -> HttpResponse:
    """Write down what the body found for each line of a prioritisation round."""
    by, agenda = actor(request), _agenda(request, pk)
    row = _list_row(by, agenda, item_id)
    form, status = list_form(lines_for(by, row), row.item, request.POST), 422
    if form.is_valid():
        try:
            actions.treat_round(by=by, at=timezone.now(), item_id=item_id, **form.values())
            messages.success(request, _("Written down."))
            return _back(request, pk, item_id)
        except Refused as refused:
            blame(form, refused)
            status = _status(refused)
    if status == 409:
        renew(form, next(i.version for i in _agenda(request, pk).items if i.pk == item_id))
    return _page(request, _agenda(request, pk), typed=Typed(item_id=item_id, list=form), status=status)


@login_required
@require_POST
def list_save(request: HttpRequest, pk: int, item_id: int) -> HttpResponse:
    """Keep what is being written about the lines of a round, while it is written."""
    by, agenda = actor(request), _agenda(request, pk)
    row = _list_row(by, agenda, item_id)
    form = list_form(lines_for(by, row), row.item, request.POST)
    now = timezone.now()
    context: dict[str, Any] = {"at": now, "stale": False, "list": True}
    try:
        item = actions.save_list(
            by=by,
            at=now,
            item_id=item_id,
            version=_version(request),
            typed=form.as_typed(),
            discussion=str(request.POST.get("discussion", "")),
        )
        context["version"] = item.version
    except Stale:
        context["stale"] = True
    return render(request, "council/parts/text_saved.html", context)


@login_required
@require_POST
def list_defer(request: HttpRequest, pk: int, item_id: int) -> HttpResponse:
    """Write down that the body puts off the whole list of a prioritisation round."""
    by, agenda = actor(request), _agenda(request, pk)
    _list_row(by, agenda, item_id)
    form, status = DeferForm(request.POST, auto_id=DEFER_ID), 422
    if form.is_valid():
        try:
            actions.defer_list(by=by, at=timezone.now(), item_id=item_id, **form.cleaned_data)
            messages.success(request, _("Written down: the list is put off."))
            return _back(request, pk, item_id)
        except Refused as refused:
            blame(form, refused)
            status = _status(refused)
    agenda = _agenda(request, pk)
    if status == 409:
        renew(form, next(i.version for i in agenda.items if i.pk == item_id))
    return _page(request, agenda, typed=Typed(item_id=item_id, defer=form), status=status)


@login_required
@require_POST
def item_approve(request: HttpRequest, pk: int, item_id: int) -> HttpResponse:
    """Write down that the body approves the minutes of its earlier meeting."""
    by = actor(request)
    _agenda(request, pk)
    get_object_or_404(AgendaItem, pk=item_id, meeting_id=pk, approves__isnull=False)
    approve = partial(
        actions.approve_last_minutes, by=by, at=timezone.now(), item_id=item_id, version=_version(request)
    )
    return _do(request, pk, approve, _("The minutes are approved and locked."), item_id)


@login_required
@require_POST
def text_save(request: HttpRequest, pk: int, item_id: int) -> HttpResponse:
    """Keep what is being written about an item, while it is written. What another has written is never overwritten."""
    by = actor(request)
    meeting = get_object_or_404(queries.visible_to(by), pk=pk)
    get_object_or_404(AgendaItem, pk=item_id, meeting_id=pk)
    policy.can_keep_minutes(by, meeting).require()
    typed = {name: str(request.POST.get(name, "")) for name in ("discussion", "outcome", "text", "reason")}
    now, stale = timezone.now(), False
    try:
        item = actions.save_text(by=by, at=now, item_id=item_id, version=_version(request), **typed)
        version = item.version
    except Stale:
        stale, version = True, 0
    if request.headers.get("HX-Request") == "true":
        context = {"at": now, "version": version, "stale": stale}
        return render(request, "council/parts/text_saved.html", context)
    if stale:
        form = TreatForm(request.POST)
        form.is_valid()
        form.add_error(None, _STALE)
        agenda = _agenda(request, pk)
        renew(form, next(i.version for i in agenda.items if i.pk == item_id))
        return _page(request, agenda, typed=Typed(item_id=item_id, treat=form, stale=True), status=409)
    messages.success(request, _("Kept."))
    return _back(request, pk, item_id)


@login_required
@require_POST
def away_record(request: HttpRequest, pk: int, item_id: int) -> HttpResponse:
    """Write down who is in the room for an item."""
    by = actor(request)
    _agenda(request, pk)
    get_object_or_404(AgendaItem, pk=item_id, meeting_id=pk)
    here = {number_in(one) for one in request.POST.getlist("here")} - {0}
    onward = bool(request.POST.get("onward"))
    note = partial(actions.record_away, by=by, at=timezone.now(), item_id=item_id, here=here, onward=onward)
    return _do(request, pk, note, _("Who is in the room is written down."), item_id)


@login_required
@require_POST
def substitute_call(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a substitute to the meeting."""
    by = actor(request)
    _agenda(request, pk)
    seat_id = number_in(request.POST.get("seat"))
    call = partial(actions.call_substitute, by=by, at=timezone.now(), meeting_id=pk, seat_id=seat_id)
    return _do(request, pk, call, _("The substitute is called, and has been told."))
