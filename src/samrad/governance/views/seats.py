"""Who sits in a body: the list with its holes, one seat with its criteria."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.core.refusals import blame, renew
from samrad.core.verdict import Refused, Stale
from samrad.governance import actions, queries
from samrad.governance.forms.seats import CriterionForm, SeatEndForm, SeatForm
from samrad.governance.models import Body, Field, Seat, SeatCriterion
from samrad.governance.policy import can_confirm
from samrad.governance.views.found import found, status, today
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor
from samrad.organisation.models import Entity
from samrad.organisation.policy import can_administer

CHOSEN = ("position", "field", "municipality", "valid_from", "valid_to")
MORE = ("chosen", "chosen_by", "chosen_date", "substitute_for", "competence")


@login_required
def seat_list(request: HttpRequest, body_id: int) -> HttpResponse:
    """Who sits in a body, field by municipality, and where nobody does."""
    by, on = actor(request), today()
    body = found(queries.bodies_for(by), body_id)
    seats = queries.seats_of(body)
    sitting = [s for s in seats if s.holds_on(on)]
    towns, fields = queries.members_of(body.owner, on), queries.fields_in(body.owner_id)
    mandate = queries.standing(queries.mandates_of(body), on)
    lines = queries.coverage(fields, towns, sitting, mandate.seats_wanted if mandate else [])
    chaired = any(s.position in (Seat.Position.CHAIR, Seat.Position.DEPUTY) for s in sitting)
    context = {
        "body": body,
        "mandate": mandate,
        "towns": towns,
        "lines": lines if body.kind == Body.Kind.COUNCIL else [],
        "holes": queries.holes(lines, towns) if body.kind == Body.Kind.COUNCIL else [],
        "no_chair": body.kind == Body.Kind.COUNCIL and not chaired,
        "soon": [s for s in sitting if queries.ends_soon(s, on=on)],
        "without": queries.without_authority(sitting, on),
        "sitting": [(s, [c.get_criterion_display() for c in s.criteria.all()]) for s in sitting],
        "others": [s for s in seats if not s.holds_on(on)],
        "all_four": len(SeatCriterion.Criterion.values),
        "may": can_administer(by, body.owner_id),
    }
    return render(request, "governance/seat_list.html", context)


def _form(by: Actor, body: Body, data: Any, *, seat: Seat | None = None) -> SeatForm:
    on = today()
    towns = Entity.objects.filter(pk__in=[t.pk for t in queries.members_of(body.owner, on)])
    start: dict[str, Any] = {"valid_from": on}
    if seat is not None:
        start = {name: getattr(seat, name) for name in (*CHOSEN, *MORE, "version")}
    others = Seat.objects.filter(body=body).exclude(pk=seat.pk if seat else 0).select_related("person")
    return SeatForm(
        data,
        initial=start,
        people=None if seat else queries.people_to_seat(by, body.owner, on),
        fields=Field.objects.filter(owner_id=body.owner_id),
        towns=towns,
        seats=others.filter(position__in=queries.VOTING),
        positions=queries.positions_for(body),
    )


@login_required
def seat_give(request: HttpRequest, body_id: int) -> HttpResponse:
    """Give somebody a seat in a body."""
    by = actor(request)
    body = found(queries.bodies_for(by), body_id)
    can_administer(by, body.owner_id).require()
    form = _form(by, body, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            seat = actions.give_seat(by=by, at=timezone.now(), body=body, **form.cleaned_data)
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The seat is given. Confirm the four criteria next."))
            return redirect("governance:seat_detail", seat.pk)
    return render(request, "governance/seat_give.html", {"form": form, "body": body}, status=status(form))


def _seat(by: Actor, seat_id: int) -> Seat:
    rows = Seat.objects.filter(owner_id__in=queries.houses_of(by)).select_related(
        "body", "body__owner", "person", "person__owner", "field", "municipality", "substitute_for__person"
    )
    return found(rows, seat_id)


@login_required
def seat_detail(request: HttpRequest, seat_id: int) -> HttpResponse:
    """One seat: who holds it, how the person was chosen, and which criteria are confirmed by whom."""
    by, on = actor(request), today()
    seat = _seat(by, seat_id)
    confirmed = {c.criterion: c for c in seat.criteria.select_related("confirmed_by")}
    context = {
        "seat": seat,
        "body": seat.body,
        "holds": seat.holds_on(on),
        "soon": queries.ends_soon(seat, on=on),
        "without": seat in queries.without_authority([seat], on),
        "criteria": [(code, label, confirmed.get(code)) for code, label in SeatCriterion.Criterion.choices],
        "can_confirm": can_confirm(by, seat),
        "may": can_administer(by, seat.owner_id),
        "end_form": SeatEndForm(initial={"last_day": on, "version": seat.version}),
    }
    return render(request, "governance/seat.html", context)


@login_required
def seat_change(request: HttpRequest, seat_id: int) -> HttpResponse:
    """Change what is written about a seat."""
    by = actor(request)
    seat = _seat(by, seat_id)
    can_administer(by, seat.owner_id).require()
    form = _form(by, seat.body, request.POST or None, seat=seat)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_seat(by=by, at=timezone.now(), seat_id=seat.pk, **form.cleaned_data)
        except Stale as stale:
            renew(form, _seat(by, seat_id).version)
            blame(form, stale)
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The change is kept."))
            return redirect("governance:seat_detail", seat.pk)
    return render(
        request, "governance/seat_give.html", {"form": form, "body": seat.body, "seat": seat}, status=status(form)
    )


@login_required
@require_POST
def seat_end(request: HttpRequest, seat_id: int) -> HttpResponse:
    """Let a seat end on a day."""
    by = actor(request)
    seat = _seat(by, seat_id)
    can_administer(by, seat.owner_id).require()
    form = SeatEndForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
    else:
        try:
            actions.end_seat(by=by, at=timezone.now(), seat_id=seat.pk, **form.cleaned_data)
            messages.success(request, _("The seat has a last day."))
        except Stale as stale:
            messages.error(request, str(stale.verdict.reason))
    return redirect("governance:seat_detail", seat.pk)


@login_required
@require_POST
def criterion_confirm(request: HttpRequest, seat_id: int) -> HttpResponse:
    """Confirm a criterion for the one who sits there, or take it back."""
    by = actor(request)
    seat = _seat(by, seat_id)
    form = CriterionForm(request.POST)
    if form.is_valid():
        actions.confirm_criterion(by=by, at=timezone.now(), seat_id=seat.pk, **form.cleaned_data)
        messages.success(request, _("The change is kept."))
    return redirect("governance:seat_detail", seat.pk)
