"""Substitutes: who stands in for one's role, or for another's where one is administrator."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.core.refusals import blame
from samrad.core.verdict import Refused
from samrad.organisation import actions, queries
from samrad.organisation.actors import Actor, candidates_for, roles_to_cover, stand_ins_of
from samrad.organisation.forms import StandInForm, role_name
from samrad.organisation.middleware import actor
from samrad.organisation.models import Person, RoleAssignment
from samrad.organisation.policy import can_end_stand_in
from samrad.organisation.roles import WITH_STAND_IN


def _whose(by: Actor, person_id: int | None) -> Person:
    """Oneself, or someone the administrator answers for."""
    people = queries.visible_to(by) if person_id is None else queries.people_of(by)
    found = people.filter(pk=person_id or by.person_or_none).select_related("owner").first()
    if found is None:
        raise Http404
    return found


def _back(person: Person, by: Actor) -> HttpResponse:
    if person.pk == by.person_id:
        return redirect("organisation:stand_in_choose")
    return redirect("organisation:stand_in_for", person.pk)


@login_required
def stand_in_choose(request: HttpRequest, person_id: int | None = None) -> HttpResponse:
    """Choose who stands in for a role between two dates, and see who does."""
    by, today = actor(request), timezone.localdate()
    person = _whose(by, person_id)
    roles = roles_to_cover(person.pk, WITH_STAND_IN, on=today)
    first = roles.first()
    people = candidates_for(first) if first else Person.objects.none()
    form = StandInForm(request.POST or None, roles=roles, people=people, initial={"first_day": today})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        role = data.pop("role")
        try:
            actions.choose_stand_in(by=by, at=timezone.now(), role_id=role.pk, **data)
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("%(name)s stands in.") % {"name": data["stand_in"].name})
            return _back(person, by)
    chosen = [(row, role_name(row)) for row in stand_ins_of(person.pk, on=today)]
    context = {"form": form, "person": person, "mine": person.pk == by.person_id, "roles": roles, "chosen": chosen}
    return render(request, "organisation/stand_in_choose.html", context, status=409 if form.errors else 200)


@login_required
@require_POST
def stand_in_end(request: HttpRequest, role_id: int) -> HttpResponse:
    """Take a substitute away again, from today."""
    by, now = actor(request), timezone.now()
    given = RoleAssignment.objects.select_related("stands_in_for").filter(pk=role_id).first()
    if given is None or given.stands_in_for is None or not can_end_stand_in(by, given):
        raise Http404
    yesterday = timezone.localdate(now) - timedelta(days=1)
    actions.end_stand_in(by=by, at=now, role_id=role_id, last_day=yesterday)
    messages.success(request, _("The substitute is taken away."))
    return _back(given.stands_in_for, by)
