"""Coordinators and arenas: the registers, with what is flagged."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.core.refusals import blame
from samrad.core.verdict import Refused, Stale
from samrad.governance import actions, queries
from samrad.governance.forms.seats import ArenaForm, CoordinatorForm, EndForm, NoteForm
from samrad.governance.models import Arena, Coordinator, Field
from samrad.governance.policy import can_keep_arenas
from samrad.governance.views.found import found, house_of_rules, status, today
from samrad.organisation.actors import Actor
from samrad.organisation.middleware import actor
from samrad.organisation.models import Entity
from samrad.organisation.policy import can_administer

KEPT = (
    "person",
    "origin",
    "reserved_percent",
    "used_percent",
    "authority",
    "field_ids",
    "valid_from",
    "valid_to",
    "version",
)
ARENA = (
    "name",
    "purpose",
    "field",
    "with_ict",
    "members",
    "frequency_days",
    "next_meeting",
    "since",
    "ended",
    "version",
)


@login_required
def coordinator_list(request: HttpRequest) -> HttpResponse:
    """The coordinators: what is reserved beside what is used, and which origins are missing."""
    by, on = actor(request), today()
    rows = list(queries.coordinators_for(by))
    names = dict(Field.objects.filter(owner_id__in=queries.houses_of(by)).values_list("pk", "name"))
    now = [c for c in rows if c.valid_from <= on and (c.valid_to is None or c.valid_to >= on)]
    context = {
        "rows": [(c, [names[pk] for pk in c.field_ids if pk in names]) for c in now],
        "former": [c for c in rows if c not in now],
        "missing": queries.missing_origins(now),
        "reserved": sum(c.reserved_percent for c in now),
        "used": sum(c.used_percent or 0 for c in now),
        "may": can_administer(by),
    }
    return render(request, "governance/coordinator_list.html", context)


def _coordinator(request: HttpRequest, owner: Entity, coordinator: Coordinator | None) -> HttpResponse:
    by, on = actor(request), today()
    can_administer(by, owner.pk).require()
    towns = queries.members_of(owner, on)
    start: dict[str, Any] = {"valid_from": on, "version": 0}
    if coordinator is not None:
        start = {name: getattr(coordinator, name) for name in KEPT}
        start |= {f"share_{s.municipality_id}": s.percent for s in coordinator.shares.all()}
    people, fields = queries.people_to_seat(by, owner, on), queries.fields_in(owner.pk)
    form = CoordinatorForm(request.POST or None, initial=start, people=people, fields=fields, towns=towns)
    if request.method == "POST" and form.is_valid():
        values = form.values()
        if values["used_percent"] != (coordinator.used_percent if coordinator else None):
            values["used_date"] = on
        try:
            actions.keep_coordinator(
                by=by,
                at=timezone.now(),
                owner=owner,
                shares=form.shares(),
                coordinator_id=coordinator.pk if coordinator else None,
                version=form.cleaned_data["version"],
                **values,
            )
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The change is kept."))
            return redirect("governance:coordinator_list")
    context = {"form": form, "coordinator": coordinator, "end_form": EndForm(initial={"last_day": on})}
    return render(request, "governance/coordinator_keep.html", context, status=status(form))


@login_required
def coordinator_add(request: HttpRequest) -> HttpResponse:
    """Enter a coordinator."""
    by = actor(request)
    can_administer(by).require()
    return _coordinator(request, house_of_rules(by), None)


@login_required
def coordinator_change(request: HttpRequest, coordinator_id: int) -> HttpResponse:
    """Change a coordinator: also how much of the time is used."""
    found_one = found(queries.coordinators_for(actor(request)), coordinator_id)
    return _coordinator(request, found_one.owner, found_one)


@login_required
@require_POST
def coordinator_end(request: HttpRequest, coordinator_id: int) -> HttpResponse:
    """Let a coordinator have a last day."""
    by = actor(request)
    one = found(queries.coordinators_for(by), coordinator_id)
    can_administer(by, one.owner_id).require()
    form = EndForm(request.POST)
    if form.is_valid():
        actions.end_coordinator(by=by, at=timezone.now(), coordinator_id=one.pk, last_day=form.cleaned_data["last_day"])
        messages.success(request, _("The coordinator has a last day."))
    else:
        messages.error(request, _("Write the last day like 23.11.2026."))
    return redirect("governance:coordinator_list")


def _keeps(by: Actor) -> Entity | None:
    """The organisation whose arenas one keeps: the cooperation first."""
    ids = [pk for pk in by.entities if can_keep_arenas(by, pk)]
    return Entity.objects.filter(pk__in=ids).order_by("kind", "name").first()


@login_required
def arena_list(request: HttpRequest) -> HttpResponse:
    """The arenas: when each last met, those that have not met in time first, and fields that meet ICT nowhere."""
    by, on = actor(request), today()
    rows = list(queries.arenas_for(by))
    fields = list(Field.objects.filter(owner_id__in=queries.houses_of(by)))
    context = {
        "lines": queries.arena_lines([a for a in rows if a.ended is None or a.ended >= on], on),
        "former": [a for a in rows if a.ended is not None and a.ended < on],
        "without_ict": queries.fields_without_ict(fields, rows),
        "may": _keeps(by) is not None,
    }
    return render(request, "governance/arena_list.html", context)


def _arena(request: HttpRequest, owner: Entity, arena: Arena | None) -> HttpResponse:
    by = actor(request)
    can_keep_arenas(by, owner.pk).require()
    start: dict[str, Any] = {"since": today(), "version": 0}
    if arena is not None:
        start = {name: getattr(arena, name) for name in ARENA}
    form = ArenaForm(request.POST or None, initial=start, fields=Field.objects.filter(owner_id=owner.pk))
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, "arena_id": arena.pk if arena else None}
        try:
            kept = actions.keep_arena(by=by, at=timezone.now(), owner=owner, **values)
        except Stale as stale:
            form.add_error(None, str(stale.verdict.reason))
        else:
            messages.success(request, _("The change is kept."))
            return redirect("governance:arena_detail", kept.pk)
    return render(request, "governance/arena_keep.html", {"form": form, "arena": arena}, status=status(form))


@login_required
def arena_add(request: HttpRequest) -> HttpResponse:
    """Enter an arena."""
    by = actor(request)
    house = _keeps(by)
    if house is None:
        can_keep_arenas(by, by.entity_id or 0).require()
        raise Http404
    return _arena(request, house, None)


@login_required
def arena_change(request: HttpRequest, arena_id: int) -> HttpResponse:
    """Change an arena."""
    arena = found(queries.arenas_for(actor(request)), arena_id)
    return _arena(request, arena.owner, arena)


@login_required
def arena_detail(request: HttpRequest, arena_id: int) -> HttpResponse:
    """One arena: what it is for, when it meets, and the notes; for those who keep it a form for another meeting."""
    by, on = actor(request), today()
    arena = found(queries.arenas_for(by), arena_id)
    may = can_keep_arenas(by, arena.owner_id)
    form = NoteForm(request.POST or None, initial={"held_date": on}) if may else None
    if request.method == "POST":
        may.require()
        if form is not None and form.is_valid():
            actions.note_arena_meeting(by=by, at=timezone.now(), arena_id=arena.pk, **form.cleaned_data)
            messages.success(request, _("The meeting is noted."))
            return redirect("governance:arena_detail", arena.pk)
    line = queries.arena_lines([arena], on)[0]
    meetings = arena.meetings.select_related("noted_by")[:50]
    context = {"arena": arena, "line": line, "meetings": meetings, "form": form, "may": may}
    return render(request, "governance/arena.html", context, status=status(*([form] if form else [])))
