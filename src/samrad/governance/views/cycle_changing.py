"""One date or meeting in the annual cycle: put in, moved, cancelled, taken back in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.core.refusals import blame, renew
from samrad.core.verdict import Refused, Stale, Verdict
from samrad.governance import actions, policy
from samrad.governance.forms.cycle import CancelDateForm, DateForm, NewDateForm, PlannedForm
from samrad.governance.models import CycleDate, PlannedMeeting
from samrad.governance.queries import cycle as reads
from samrad.organisation.middleware import actor

Change = Callable[..., PlannedMeeting | CycleDate]
VALUES = ("kind", "title", "starts_on", "ends_on", "note")


@login_required
def cycle_date_put(request: HttpRequest) -> HttpResponse:
    """Put a date in the annual cycle."""
    by = actor(request)
    bodies = [b for b in reads.bodies_in_cycle(by) if policy.can_plan_cycle(by, b.owner_id)]
    if not bodies:
        policy.can_plan_cycle(by, 0).require()
        raise Http404
    owners = {b.owner_id: b.owner for b in bodies}
    form = NewDateForm(
        request.POST or None,
        bodies=bodies,
        owners=[(pk, owner.name) for pk, owner in owners.items()],
        initial={"version": 0},
    )
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        data.pop("version")
        owner, body_id = owners[data.pop("owner")], data.pop("body")
        body = next((b for b in bodies if b.pk == body_id), None)
        try:
            made = actions.put_cycle_date(by=by, at=timezone.now(), owner=owner, body=body, **data)
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The date is in the annual cycle."))
            return redirect("governance:cycle_year", made.starts_on.year)
    return render(request, "governance/cycle_date_put.html", {"form": form}, status=422 if form.errors else 200)


@login_required
def cycle_date_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a date, cancel it, or take it back in."""
    row = reads.dates_for(actor(request)).filter(pk=pk).first()
    if row is None:
        raise Http404
    start = {name: getattr(row, name) for name in VALUES} | {"version": row.sequence}

    def change(**values: Any) -> CycleDate:
        return actions.change_cycle_date(by=actor(request), at=timezone.now(), cycle_date_id=pk, **values)

    allowed = policy.can_plan_cycle(actor(request), row.owner_id)
    form = DateForm(request.POST if _does(request, "save") else None, initial=start)
    return _change(request, row, row.title, form, allowed, change, lambda data: data, row.starts_on.year)


@login_required
def cycle_meeting_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a planned meeting or its deadlines, cancel it, or take it back in."""
    row = reads.planned_for(actor(request)).filter(pk=pk).first()
    if row is None:
        raise Http404
    begin = timezone.localtime(row.starts_at)
    names = ("place", "submission_deadline", "urgent_deadline", "notice_date")
    start = {name: getattr(row, name) for name in names} | {
        "version": row.sequence,
        "day": begin.date(),
        "starts": begin.time(),
        "ends": timezone.localtime(row.ends_at).time() if row.ends_at else None,
    }

    def change(**values: Any) -> PlannedMeeting:
        return actions.change_planned(by=actor(request), at=timezone.now(), planned_id=pk, **values)

    allowed = policy.can_plan_cycle(actor(request), row.owner_id)
    met = reads.meetings_of([row]).get(row.pk)
    if allowed and met:
        allowed = policy.can_change_planned(row)
    form = PlannedForm(request.POST if _does(request, "save") else None, initial=start)
    year = begin.year
    return _change(request, row, row.body.name, form, allowed, change, _moments, year, met.url if met else "")


def _moments(data: dict[str, Any]) -> dict[str, Any]:
    """A day and two times as the action takes them."""
    day: date = data.pop("day")
    begin, end = (timezone.make_aware(datetime.combine(day, data.pop(name))) for name in ("starts", "ends"))
    return {**data, "starts_at": begin, "ends_at": end}


def _does(request: HttpRequest, what: str) -> bool:
    return request.method == "POST" and request.POST.get("do") == what


def _change(
    request: HttpRequest,
    row: PlannedMeeting | CycleDate,
    title: str,
    form: forms.Form,
    allowed: Verdict,
    change: Change,
    values: Callable[[dict[str, Any]], dict[str, Any]],
    year: int,
    meeting_url: str = "",
) -> HttpResponse:
    """The page of one date: its form, a second one to cancel it, and what each of them does."""
    cancel = CancelDateForm(
        request.POST if _does(request, "cancel") else None, initial={"version": row.sequence}, prefix=None
    )
    status = 200
    if request.method == "POST":
        allowed.require()
        used = cancel if _does(request, "cancel") else form
        status = _do(request, used, change, values)
        if status == 302:
            return redirect("governance:cycle_year", year)
        renew(used, row.sequence)
    context = {
        "row": row,
        "title": title,
        "form": form,
        "cancel": cancel,
        "verdict": allowed,
        "year": year,
        "meeting_url": meeting_url,
    }
    return render(request, "governance/cycle_change.html", context, status=status)


def _do(
    request: HttpRequest, used: forms.Form, change: Change, values: Callable[[dict[str, Any]], dict[str, Any]]
) -> int:
    try:
        if _does(request, "restore"):
            change(cancelled=False)
            messages.success(request, _("It stands again. Those who follow the annual cycle are told."))
            return 302
        if not used.is_valid():
            return 422
        if isinstance(used, CancelDateForm):
            change(cancelled=True, **used.cleaned_data)
            messages.success(request, _("It is cancelled. Those who follow the annual cycle are told why."))
        else:
            change(**values(dict(used.cleaned_data)))
            messages.success(request, _("The change is saved. Those who follow the annual cycle are told."))
    except Refused as refused:
        blame(used, refused)
        return 409 if isinstance(refused, Stale) else 422
    return 302
