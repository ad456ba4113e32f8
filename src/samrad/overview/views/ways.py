"""«Hvor går jeg?», the two models side by side, and the initiatives that lack an owner."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.initiatives.actions import name_owner
from samrad.initiatives.models import Initiative
from samrad.initiatives.policy import can_name_owner
from samrad.initiatives.queries import get_visible
from samrad.organisation.middleware import actor
from samrad.overview import owners, where
from samrad.overview.forms import OwnerForm
from samrad.overview.insight import insight as insight_of

PAGE = 25


@login_required
def where_list(request: HttpRequest) -> HttpResponse:
    """«Hvor går jeg?»: the questions, and the service desk for what does not work."""
    desk = where.desk_of(actor(request), on=timezone.localdate())
    return render(request, "overview/where_list.html", {"ways": where.WAYS, "desk": desk})


@login_required
def where_detail(request: HttpRequest, code: str) -> HttpResponse:
    """The answer to one question: whom to talk to, and what to do."""
    by, way = actor(request), where.BY_CODE.get(code)
    if way is None:
        raise Http404
    today = timezone.localdate()
    context = {
        "way": way,
        "url": where.way_url(way),
        "desk": where.desk_of(by, on=today) if way.desk else None,
        "contacts": where.contacts(by, way.roles, on=today),
        "cases": where.my_cases(by) if way.mine else [],
    }
    return render(request, "overview/where_detail.html", context)


def drawings() -> tuple[str, ...]:
    """The two lines of governance, each drawn and told: the traditional one and the council's."""
    return "overview/parts/model_before.html", "overview/parts/model_after.html"


@login_required
def two_models(request: HttpRequest) -> HttpResponse:
    """The line of governance before and after: the traditional model and the council, as drawings and in words."""
    return render(request, "overview/two_models.html", {"drawings": drawings()})


@login_required
def owner_list(request: HttpRequest) -> HttpResponse:
    """«Mangler eier»: the initiatives that nobody owns any more."""
    by = actor(request)
    page = Paginator(owners.seen_without_owner(by), PAGE).get_page(request.GET.get("page"))
    lines = owners.ownerless(by, list(page))
    context = {"page": page, "lines": [(line, bool(can_name_owner(by, line.initiative))) for line in lines]}
    return render(request, "overview/owner_list.html", context)


@login_required
def owner_name(request: HttpRequest, pk: int) -> HttpResponse:
    """Name a new need owner and a new responsible for an initiative."""
    by = actor(request)
    try:
        initiative = get_visible(by, pk)
    except (Initiative.DoesNotExist, OverflowError) as missing:
        raise Http404 from missing
    can_name_owner(by, initiative).require()
    form = OwnerForm(request.POST or None, by=by, initiative=initiative)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        people = {kind: int(said[kind]) for kind in owners.KINDS if said[kind]}
        name_owner(by=by, at=timezone.now(), initiative_id=initiative.pk, version=said["version"], people=people)
        messages.success(request, _("It has an owner again. Those you named are told."))
        return redirect("overview:initiative_story", initiative.pk)
    return render(request, "overview/owner_name.html", {"initiative": initiative, "form": form})


@login_required
def insight(request: HttpRequest) -> HttpResponse:
    """How long each step takes, and what has waited longest."""
    found = insight_of(actor(request), now=timezone.now())
    return render(request, "overview/insight.html", {"found": found})
