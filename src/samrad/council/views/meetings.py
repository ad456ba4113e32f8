"""The list of meetings, and one meeting: when it is, where, and whether it is held at all."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.core.refusals import blame
from samrad.core.verdict import Refused, Verdict
from samrad.council import actions, papers, policy, queries
from samrad.council.forms import CancelForm, MoveForm, PlanForm
from samrad.council.models import Meeting
from samrad.council.views.page import _agenda, _page, _status
from samrad.governance.models import Body, PlannedMeeting
from samrad.organisation.middleware import actor


@login_required
def meeting_list(request: HttpRequest) -> HttpResponse:
    """The meetings, coming and held; where a meeting is set up, from the annual cycle or on another day."""
    by, now = actor(request), timezone.now()
    bodies = [b for b in queries.councils(by) if policy.can_plan(by, b.owner_id)]
    names = [(b.pk, b.name) for b in bodies]
    cycle = list(queries.in_cycle(bodies, now=now)[:8])
    typed = request.method == "POST" and "planned" not in request.POST
    form = PlanForm(request.POST if typed else None, bodies=names)
    if request.method == "POST":
        if not bodies:
            raise Refused(_("Only the secretariat and the chair can plan meetings."))
        made = _plan(request, form, bodies, cycle)
        if made is not None:
            return redirect("council:meeting_detail", made.pk)
    found = queries.visible_to(by)
    context = {
        "coming": found.filter(ends_at__gte=now).order_by("starts_at")[:50],
        "held": found.filter(ends_at__lt=now).order_by("-starts_at")[:30],
        "form": form,
        "can_plan": bool(bodies),
        "cycle": cycle,
    }
    return render(request, "council/meeting_list.html", context, status=400 if form.errors else 200)


def _plan(request: HttpRequest, form: PlanForm, bodies: list[Body], cycle: list[PlannedMeeting]) -> Meeting | None:
    by, now = actor(request), timezone.now()
    if "planned" in request.POST:
        planned = next((p for p in cycle if str(p.pk) == request.POST["planned"]), None)
        if planned is None:
            messages.error(request, _("The meeting is set up already, or no longer in the annual cycle."))
            return None
        return actions.plan_meeting(
            by=by,
            at=now,
            body=planned.body,
            planned=planned,
            starts_at=planned.starts_at,
            ends_at=planned.ends_at or planned.starts_at + timedelta(hours=2),
            place=planned.place,
        )
    if not form.is_valid():
        return None
    values = dict(form.cleaned_data)
    body = next(b for b in bodies if b.pk == values.pop("body"))
    return actions.plan_meeting(by=by, at=now, body=body, **values)


@login_required
def meeting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting, in three modes: its agenda, who is there, what it found."""
    return _page(request, _agenda(request, pk))


def _change_page(
    request: HttpRequest, meeting: Meeting, form: forms.Form, verdict: Verdict, status: int = 200
) -> HttpResponse:
    context = {"meeting": meeting, "form": form, "verdict": verdict, "cancels": isinstance(form, CancelForm)}
    return render(request, "council/meeting_change.html", context, status=status)


@login_required
def meeting_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a meeting to another time or place."""
    by, meeting = actor(request), _agenda(request, pk).meeting
    start = {n: getattr(meeting, n) for n in ("version", "starts_at", "ends_at", "place", "remote_link")}
    form, verdict = MoveForm(request.POST or None, initial=start), policy.can_change(by, meeting)
    if request.method != "POST":
        return _change_page(request, meeting, form, verdict)
    verdict.require()
    if not form.is_valid():
        return _change_page(request, meeting, form, verdict, 422)
    try:
        moved = actions.move_meeting(by=by, at=timezone.now(), meeting_id=pk, **form.cleaned_data)
    except Refused as refused:
        blame(form, refused)
        return _change_page(request, meeting, form, verdict, _status(refused))
    told = moved.state == Meeting.State.NOTICE_SENT
    messages.success(
        request, _("The meeting is moved, and everyone has been told.") if told else _("The meeting is moved.")
    )
    return redirect("council:meeting_detail", pk)


@login_required
def meeting_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a meeting."""
    by, meeting = actor(request), _agenda(request, pk).meeting
    form, verdict = (
        CancelForm(request.POST or None, initial={"version": meeting.version}),
        policy.can_change(by, meeting),
    )
    if request.method != "POST":
        return _change_page(request, meeting, form, verdict)
    verdict.require()
    if not form.is_valid():
        return _change_page(request, meeting, form, verdict, 422)
    try:
        actions.cancel_meeting(by=by, at=timezone.now(), meeting_id=pk, **form.cleaned_data)
    except Refused as refused:
        blame(form, refused)
        return _change_page(request, meeting, form, verdict, _status(refused))
    messages.success(request, _("The meeting is cancelled. Its cases are ready for another one."))
    return redirect("council:meeting_detail", pk)


@login_required
def calendar_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting for one's own calendar."""
    url = request.build_absolute_uri(reverse("council:meeting_detail", args=[pk]))
    agenda = _agenda(request, pk)
    content = papers.calendar(agenda.meeting, url=url, room=policy.is_called(actor(request), agenda))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="mote.ics"'
    return response
