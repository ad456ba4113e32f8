"""Administration of people: the list, one person, roles with dates and scope, one-time links."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from samrad.core.verdict import Refused, Stale
from samrad.organisation import actions, queries
from samrad.organisation.actors import Actor
from samrad.organisation.forms import ChangePersonForm, EndRoleForm, FindForm, PersonForm, RoleForm, VersionForm
from samrad.organisation.middleware import actor
from samrad.organisation.models import Entity, Person, RoleAssignment
from samrad.organisation.policy import can_administer, can_end_person, can_hand_over_link, can_make_link
from samrad.organisation.queries import log
from samrad.organisation.roles import ROLES

PAGE = 25
LOG = 20


def _entities(by: Actor) -> Any:
    return Entity.objects.filter(pk__in=queries.administered(by)).order_by("kind", "name")


def _person(by: Actor, person_id: int) -> Person:
    found = queries.people_of(by).select_related("owner", "unit", "account").filter(pk=person_id).first()
    if found is None:
        raise Http404
    return found


@login_required
def person_list(request: HttpRequest) -> HttpResponse:
    """Everyone the administrator answers for: search, narrow, page by page."""
    by, today = actor(request), timezone.localdate()
    can_administer(by).require()
    form = FindForm(request.GET, entities=_entities(by))
    people = queries.people_found(queries.people_of(by), **form.chosen(), on=today)
    page = Paginator(people.select_related("owner", "unit", "account").order_by("name", "pk"), PAGE).get_page(
        request.GET.get("page")
    )
    held: dict[int, list[str]] = {}
    for row in RoleAssignment.objects.filter(person__in=[p.pk for p in page]).order_by("role"):
        if row.holds_on(today):
            held.setdefault(row.person_id, []).append(str(ROLES.get(row.role, row.role)))
    lines = [(person, held.get(person.pk, [])) for person in page]
    return render(request, "organisation/admin/people.html", {"form": form, "page": page, "lines": lines})


@login_required
def person_add(request: HttpRequest) -> HttpResponse:
    """Add a person, perhaps with a role, and make the first one-time link."""
    by = actor(request)
    can_administer(by).require()
    entities = _entities(by)
    form = PersonForm(
        request.POST or None,
        entities=entities,
        units=queries.units_of([e.pk for e in entities], on=timezone.localdate()),
    )
    if request.method == "POST" and form.is_valid():
        try:
            person = _add(by, form.cleaned_data)
            messages.success(request, _("%(name)s is added.") % {"name": person.name})
            return redirect("organisation:person_detail", person.pk)
        except Refused as refused:
            form.add_error("email", str(refused.verdict.reason))
    return render(request, "organisation/admin/person_add.html", {"form": form}, status=400 if form.errors else 200)


@transaction.atomic
def _add(by: Actor, data: dict[str, Any]) -> Person:
    now = timezone.now()
    today, owner = timezone.localdate(now), data["entity"]
    person = actions.add_person(
        by=by,
        at=now,
        owner=owner,
        name=data["name"],
        email=data["email"],
        title=data["title"],
        unit=data["unit"],
        language=data["language"],
        shared_with=queries.shared_with(owner, on=today),
    )
    if data["role"]:
        scope = data["unit"] if data["role"] == "sector_head" else None
        actions.give_role(by=by, at=now, person=person, role=data["role"], valid_from=today, unit=scope)
    if person.account is not None and not person.account.has_usable_password():
        actions.make_link(by=by, at=now, person=person)
    return person


def _page(request: HttpRequest, person: Person, **more: Any) -> dict[str, Any]:
    by, now = actor(request), timezone.now()
    today = timezone.localdate(now)
    link = person.links.filter(ended_at=None, expires_at__gt=now).first()
    hand_over = can_hand_over_link(by, person)
    fields = dict(queries.fields_of([person.owner_id, *([person.shared_with_id] if person.shared_with_id else [])]))
    roles = person.roles.select_related("entity", "unit").order_by("-valid_from", "role")
    return {
        "person": person,
        "roles": [
            (r, str(ROLES.get(r.role, r.role)), fields.get(r.field_id or 0, ""), r.holds_on(today)) for r in roles
        ],
        "today": today,
        "link": link,
        "address": f"{settings.BASE_URL}{queries.link_path(link)}" if link and hand_over else "",
        "hand_over": hand_over,
        "can_link": can_make_link(by, person),
        "can_end": can_end_person(by, person, on=today),
        "log": log.log_lines(log.organisation_log(by, person_id=person.pk)[:LOG]),
        "role_form": _role_form(by, person, None),
        **more,
    }


def _role_form(by: Actor, person: Person, data: Any) -> RoleForm:
    scopes = Entity.objects.filter(pk__in=queries.administered(by) & {person.owner_id, person.shared_with_id})
    houses = [person.owner_id, *([person.shared_with_id] if person.shared_with_id else [])]
    units = queries.units_of([person.owner_id], on=timezone.localdate())
    initial = {"valid_from": timezone.localdate(), "entity": person.owner_id, "unit": person.unit_id}
    return RoleForm(data, entities=scopes, units=units, fields=queries.fields_of(houses), initial=initial)


@login_required
@never_cache
def person_detail(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person: what is written, roles, the way in, the log."""
    person = _person(actor(request), person_id)
    return render(request, "organisation/admin/person.html", _page(request, person))


@login_required
def person_change(request: HttpRequest, person_id: int) -> HttpResponse:
    """Change what is written about a person."""
    by = actor(request)
    person = _person(by, person_id)
    start = {key: getattr(person, key) for key in ("name", "title", "language", "version")} | {"unit": person.unit_id}
    units = queries.units_of([person.owner_id], on=timezone.localdate())
    form = ChangePersonForm(request.POST or None, units=units, initial=start)
    if request.method == "POST" and form.is_valid():
        actions.change_person(by=by, at=timezone.now(), person_id=person.pk, **form.cleaned_data)
        messages.success(request, _("The change is kept."))
        return redirect("organisation:person_detail", person.pk)
    context = {"form": form, "person": person}
    return render(request, "organisation/admin/person_change.html", context, status=400 if form.errors else 200)


def _version(request: HttpRequest) -> int:
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise Stale(_("The page is out of date. Load it again."))
    return int(form.cleaned_data["version"])


@login_required
@require_POST
def person_end(request: HttpRequest, person_id: int) -> HttpResponse:
    """Let a person who has left sign in no more."""
    by = actor(request)
    person, now = _person(by, person_id), timezone.now()
    day = timezone.localdate(now)
    actions.end_person(by=by, at=now, person_id=person.pk, version=_version(request), on=day)
    messages.success(request, _("%(name)s has left: no longer signs in, and holds no roles.") % {"name": person.name})
    return redirect("organisation:person_detail", person.pk)


@login_required
@require_POST
def person_return(request: HttpRequest, person_id: int) -> HttpResponse:
    """Let a person who had left sign in again."""
    by = actor(request)
    person = _person(by, person_id)
    actions.bring_back_person(by=by, at=timezone.now(), person_id=person.pk, version=_version(request))
    messages.success(request, _("%(name)s is back. Give the roles anew.") % {"name": person.name})
    return redirect("organisation:person_detail", person.pk)


@login_required
@require_POST
def link_make(request: HttpRequest, person_id: int) -> HttpResponse:
    """Make a one-time link: for somebody new, or who has forgotten the password."""
    by = actor(request)
    person = _person(by, person_id)
    actions.make_link(by=by, at=timezone.now(), person=person)
    messages.success(request, _("The link is made. Links made before no longer work."))
    return redirect("organisation:person_detail", person.pk)


@login_required
@require_POST
def role_give(request: HttpRequest, person_id: int) -> HttpResponse:
    """Give a role, from a date, for an entity and perhaps a sector or a professional field."""
    by = actor(request)
    person = _person(by, person_id)
    form = _role_form(by, person, request.POST)
    if not form.is_valid():
        return render(request, "organisation/admin/person.html", _page(request, person, role_form=form), status=400)
    data = form.cleaned_data
    field = data.pop("field")
    actions.give_role(by=by, at=timezone.now(), person=person, field_id=int(field) if field else None, **data)
    messages.success(request, _("The role is given."))
    return redirect("organisation:person_detail", person.pk)


@login_required
@require_POST
def role_end(request: HttpRequest, person_id: int, role_id: int) -> HttpResponse:
    """End a role on a day."""
    by = actor(request)
    person = _person(by, person_id)
    if not person.roles.filter(pk=role_id).exists():
        raise Http404
    form = EndRoleForm(request.POST)
    if not form.is_valid():
        context = _page(request, person, end_form=form)
        return render(request, "organisation/admin/person.html", context, status=400)
    actions.end_role(by=by, at=timezone.now(), role_id=role_id, last_day=form.cleaned_data["last_day"])
    messages.success(request, _("The role is ended."))
    return redirect("organisation:person_detail", person.pk)
