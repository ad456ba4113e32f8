"""Bodies and their mandates: for all to read, for administrators to adopt anew."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samrad.core.refusals import blame
from samrad.core.verdict import Refused
from samrad.governance import actions, queries
from samrad.governance.forms.mandates import AdoptionForm, BodyForm, MandateForm, WithdrawForm
from samrad.governance.mandate_text import SEATS_SECTION, Item, Line, wanted_text, whole
from samrad.governance.models import Body, Mandate
from samrad.governance.policy import (
    can_record_adoption,
    can_second_mandate,
    can_withdraw_mandate,
    can_write_mandate,
)
from samrad.governance.views.found import found, owners, status, today
from samrad.organisation.middleware import actor
from samrad.organisation.models import Entity
from samrad.organisation.policy import can_administer
from samrad.organisation.queries import shared_with


@login_required
def body_list(request: HttpRequest) -> HttpResponse:
    """Every body: its mandate in force, and who leads it."""
    by, on = actor(request), today()
    bodies = list(queries.bodies_for(by).prefetch_related("mandates", "seats__person"))
    rows = []
    for body in bodies:
        mandates = sorted(body.mandates.all(), key=lambda m: -m.version)
        chairs = [s.person.name for s in body.seats.all() if s.position == "chair" and s.holds_on(on)]
        rows.append((body, queries.standing(mandates, on), ", ".join(chairs), mandates))
    return render(request, "governance/body_list.html", {"rows": rows, "may": can_administer(by)})


@login_required
def body_add(request: HttpRequest) -> HttpResponse:
    """Set up a body."""
    by = actor(request)
    can_administer(by).require()
    form = BodyForm(request.POST or None, owners=owners(by))
    if request.method == "POST" and form.is_valid():
        data, now = form.cleaned_data, timezone.now()
        share = shared_with(data["owner"], on=today()) if data["owner"].kind == Entity.Kind.MUNICIPALITY else None
        try:
            with transaction.atomic():
                body = actions.set_up_body(by=by, at=now, shared_with=share, **data)
            messages.success(request, _("%(name)s is set up. Give it a mandate next.") % {"name": body.name})
            return redirect("governance:mandate_new", body.pk)
        except IntegrityError:
            form.add_error("name", _("There is already a body with this name."))
    return render(request, "governance/body_add.html", {"form": form}, status=status(form))


def _mandate(request: HttpRequest, mandate_id: int) -> Mandate:
    rows = Mandate.objects.filter(owner_id__in=queries.houses_of(actor(request)))
    people = ("written_by", "seconded_by", "withdrawn_by")
    return found(rows.select_related("body", "body__owner", *people), mandate_id)


def _words(body: Body, mandate: Mandate) -> dict[str, Any]:
    fields = {f.pk: f.name for f in queries.fields_in(body.owner_id)}
    towns = queries.members_of(body.owner, today())
    adopted = list(mandate.adoptions.select_related("municipality"))
    paper = {a.municipality_id for a in adopted}
    return {
        "sections": whole(mandate),
        "wanted": wanted_text(mandate, fields, {t.pk: t.name for t in towns}),
        "adoptions": adopted,
        "only_noted": [t for t in towns if t.pk in mandate.adopted_in_ids and t.pk not in paper],
        "missing": [t for t in towns if t.pk not in mandate.adopted_in_ids],
    }


@login_required
def body_detail(request: HttpRequest, body_id: int) -> HttpResponse:
    """A body: the mandate in force, its other versions, and who sits there."""
    by, on = actor(request), today()
    body = found(queries.bodies_for(by), body_id)
    mandates = queries.mandates_of(body)
    standing = queries.standing(mandates, on)
    sitting = [s for s in queries.seats_of(body) if s.holds_on(on)]
    context = {
        "body": body,
        "mandate": standing,
        "mandates": [(m, queries.standing_of(m, on)) for m in mandates],
        "seats": sitting,
        "soon": [s for s in sitting if queries.ends_soon(s, on=on)],
        "may": can_administer(by, body.owner_id),
        "can_write": can_write_mandate(mandates[0] if mandates else None),
        **(_words(body, standing) if standing else {}),
    }
    return render(request, "governance/body.html", context)


@login_required
def mandate_detail(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """One version of a mandate, in full; and where it is adopted."""
    by, on = actor(request), today()
    mandate = _mandate(request, mandate_id)
    words = _words(mandate.body, mandate)
    left = [
        t.pk
        for t in queries.members_of(mandate.body.owner, on)
        if t not in [a.municipality for a in words["adoptions"]]
    ]
    may = can_record_adoption(by, mandate)
    form = AdoptionForm(request.POST or None, towns=Entity.objects.filter(pk__in=left)) if may and left else None
    if request.method == "POST":
        may.require()
        if form is not None and form.is_valid():
            actions.record_adoption(by=by, at=timezone.now(), mandate_id=mandate.pk, adoption=form.adoption())
            messages.success(request, _("It is recorded where the mandate is adopted."))
            return redirect("governance:mandate_detail", mandate.pk)
    context = {
        "mandate": mandate,
        "body": mandate.body,
        "before": queries.before(mandate),
        "state": queries.standing_of(mandate, on),
        "second": can_second_mandate(by, mandate, on=on),
        "withdraw": can_withdraw_mandate(by, mandate, on=on),
        "form": form,
        **words,
    }
    return render(request, "governance/mandate.html", context, status=status(*([form] if form else [])))


@login_required
def mandate_compare(request: HttpRequest, mandate_id: int, other_id: int) -> HttpResponse:
    """Two versions of a mandate side by side, with what has changed marked."""
    new, old = _mandate(request, mandate_id), _mandate(request, other_id)
    if new.body_id != old.body_id:
        raise Http404
    if new.version < old.version:
        new, old = old, new
    sections = whole(new, old)
    fields = {f.pk: f.name for f in queries.fields_in(new.owner_id)}
    towns = {t.pk: t.name for t in queries.members_of(new.body.owner, today())}
    seats = ["\n".join(wanted_text(one, fields, towns)) for one in (new, old)]
    sections[SEATS_SECTION][1].append(Line(Item("seats_wanted", gettext_lazy("Seats wanted")), *seats))
    changed = sum(line.changed for _title, lines in sections for line in lines)
    context = {"new": new, "old": old, "body": new.body, "sections": sections, "changed": changed}
    return render(request, "governance/mandate_compare.html", context)


@login_required
def mandate_new(request: HttpRequest, body_id: int) -> HttpResponse:
    """Adopt a new version: everything from the last one stands there already."""
    by, on = actor(request), today()
    body = found(queries.bodies_for(by), body_id)
    can_administer(by, body.owner_id).require()
    mandates = queries.mandates_of(body)
    can_write_mandate(mandates[0] if mandates else None).require()
    last = next((m for m in mandates if m.state == Mandate.State.ADOPTED), None)
    form = MandateForm(
        request.POST or None,
        last=last,
        newest=mandates[0].version if mandates else 0,
        fields=queries.fields_in(body.owner_id),
        towns=queries.members_of(body.owner, on),
    )
    if request.method == "POST" and form.is_valid():
        try:
            mandate = actions.adopt_mandate(by=by, at=timezone.now(), body=body, **form.values())
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _adopted(mandate))
            return redirect("governance:mandate_detail", mandate.pk)
    context = {"form": form, "body": body, "last": last, "two": queries.two_adopt_mandates(body.owner_id, on=on)}
    return render(request, "governance/mandate_new.html", context, status=status(form))


def _adopted(mandate: Mandate) -> str:
    if mandate.state == Mandate.State.PROPOSED:
        return _("Version %(n)s is written. It holds when another administrator adopts it.") % {"n": mandate.version}
    return _("Version %(n)s is adopted. What was decided before, stands.") % {"n": mandate.version}


@login_required
@require_POST
def mandate_second(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """Adopt a version that another has written."""
    mandate = _mandate(request, mandate_id)
    mandate = actions.second_mandate(by=actor(request), at=timezone.now(), mandate_id=mandate.pk)
    messages.success(request, _adopted(mandate))
    return redirect("governance:mandate_detail", mandate.pk)


@login_required
def mandate_withdraw(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """Withdraw a version that is not in force yet: asks first, and why."""
    by = actor(request)
    mandate = _mandate(request, mandate_id)
    can_withdraw_mandate(by, mandate, on=today()).require()
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_mandate(by=by, at=timezone.now(), mandate_id=mandate.pk, **form.cleaned_data)
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Version %(n)s is withdrawn.") % {"n": mandate.version})
            return redirect("governance:mandate_detail", mandate.pk)
    context = {"form": form, "mandate": mandate, "body": mandate.body, "before": queries.before(mandate)}
    return render(request, "governance/mandate_withdraw.html", context, status=status(form))
