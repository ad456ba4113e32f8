"""Pages for sectors and units: the list, one unit, retiring it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.core.verdict import Refused, Stale
from samrad.organisation import actions, queries
from samrad.organisation.actors import Actor
from samrad.organisation.forms import UnitForm, VersionForm
from samrad.organisation.forms.units import ChangeUnitForm, HeadForm, RetireForm
from samrad.organisation.middleware import actor
from samrad.organisation.models import Entity, Person, Unit
from samrad.organisation.policy import can_administer
from samrad.organisation.queries import units as reads


@login_required
def unit_list(request: HttpRequest) -> HttpResponse:
    """The sectors and units as they stand under each other, and a form for one more."""
    by, now = actor(request), timezone.now()
    can_administer(by).require()
    today = timezone.localdate(now)
    entities = Entity.objects.filter(pk__in=queries.administered(by))
    ids = [e.pk for e in entities]
    form = UnitForm(request.POST or None, entities=entities, units=queries.units_of(ids, on=today))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        share = queries.shared_with(data["entity"], on=today)
        try:
            with transaction.atomic():
                actions.add_unit(
                    by=by,
                    at=now,
                    owner=data["entity"],
                    name=data["name"],
                    kind=data["kind"],
                    parent=data["parent"],
                    shared_with=share,
                )
            messages.success(request, _("%(name)s is added.") % {"name": data["name"]})
            return redirect("organisation:unit_list")
        except IntegrityError:
            form.add_error("name", _("There is already a sector or unit with this name."))
    lines, retired = reads.unit_lines(ids, on=today)
    context = {"form": form, "lines": lines, "retired": retired, "several": len(ids) > 1, "today": today}
    return render(request, "organisation/admin/units.html", context, status=400 if form.errors else 200)


def _unit(by: Actor, unit_id: int) -> Unit:
    rows = Unit.objects.filter(owner_id__in=queries.administered(by)).select_related("owner", "parent", "merged_into")
    found = rows.filter(pk=unit_id).first()
    if found is None:
        raise Http404
    return found


def _people(unit: Unit) -> Any:
    return Person.objects.filter(owner=unit.owner, active=True).order_by("name")


def _page(request: HttpRequest, unit: Unit, **more: Any) -> dict[str, Any]:
    today = timezone.localdate()
    units = queries.units_of([unit.owner_id], on=today).exclude(pk__in=reads.below(unit))
    start = {key: getattr(unit, key) for key in ("name", "kind", "version")}
    start |= {"parent": unit.parent_id, "substitute": unit.substitute_id}
    return {
        "unit": unit,
        "here": unit.open_on(today),
        "heads": [(head, head.holds_on(today)) for head in reads.heads_of([unit], on=today).get(unit.pk, [])],
        "people": reads.people_in(unit)[:50],
        "form": ChangeUnitForm(None, units=units, people=_people(unit), initial=start),
        "head_form": HeadForm(None, people=_people(unit), initial={"valid_from": today}),
        **more,
    }


@login_required
def unit_detail(request: HttpRequest, unit_id: int) -> HttpResponse:
    """One sector or unit: what it is called, where it stands, who heads it and who steps in."""
    by = actor(request)
    unit = _unit(by, unit_id)
    if request.method != "POST":
        return render(request, "organisation/admin/unit.html", _page(request, unit))
    units = queries.units_of([unit.owner_id], on=timezone.localdate())
    form = ChangeUnitForm(request.POST, units=units, people=_people(unit))
    if form.is_valid():
        try:
            actions.change_unit(by=by, at=timezone.now(), unit_id=unit.pk, **form.cleaned_data)
            messages.success(request, _("The change is kept."))
            return redirect("organisation:unit_detail", unit.pk)
        except Stale:
            raise
        except Refused as refused:
            form.add_error("name", str(refused))
    return render(request, "organisation/admin/unit.html", _page(request, unit, form=form), status=400)


@login_required
@require_POST
def unit_head(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Let someone head the sector from a day."""
    by = actor(request)
    unit = _unit(by, unit_id)
    form = HeadForm(request.POST, people=_people(unit))
    if not form.is_valid():
        return render(request, "organisation/admin/unit.html", _page(request, unit, head_form=form), status=400)
    data = form.cleaned_data
    actions.give_head(by=by, at=timezone.now(), unit=unit, person=data["person"], valid_from=data["valid_from"])
    messages.success(request, _("%(name)s heads %(unit)s.") % {"name": data["person"].name, "unit": unit.name})
    return redirect("organisation:unit_detail", unit.pk)


@login_required
def unit_retire(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Close a unit down or let another take over: first what it means, then it is done."""
    by, today = actor(request), timezone.localdate()
    unit = _unit(by, unit_id)
    units = queries.units_of([unit.owner_id], on=today).exclude(pk__in=reads.below(unit))
    form = RetireForm(request.POST or None, units=units, today=today, initial={"version": unit.version})
    asks = False
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        asks = True
        if data["sure"]:
            given = {"version": data["version"], "last_day": data["last_day"], "into": data["into"]}
            actions.retire_unit(by=by, at=timezone.now(), unit_id=unit.pk, **given)
            messages.success(request, _("%(name)s has got its last day.") % {"name": unit.name})
            return redirect("organisation:unit_detail", unit.pk)
    context = {
        "unit": unit,
        "form": form,
        "asks": asks,
        "people": reads.people_in(unit).count(),
        "heads": reads.heads_of([unit], on=today).get(unit.pk, []),
    }
    return render(request, "organisation/admin/unit_retire.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def unit_keep(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Let a unit that has got a last day stay after all."""
    by = actor(request)
    unit = _unit(by, unit_id)
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise Stale(_("The page is out of date. Load it again."))
    actions.keep_unit(by=by, at=timezone.now(), unit_id=unit.pk, version=form.cleaned_data["version"])
    messages.success(request, _("%(name)s stays. Say who heads it.") % {"name": unit.name})
    return redirect("organisation:unit_detail", unit.pk)
