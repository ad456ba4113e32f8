"""Administration: what the set-up lacks, and the log."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from samrad.organisation import queries
from samrad.organisation.forms.memberships import LogForm
from samrad.organisation.middleware import actor
from samrad.organisation.models import Entity
from samrad.organisation.policy import can_administer
from samrad.organisation.queries import log
from samrad.organisation.queries.memberships import requests_to

PAGE = 50


@login_required
def admin_front(request: HttpRequest) -> HttpResponse:
    """What the administrator answers for, and what is still to be done."""
    by, today = actor(request), timezone.localdate()
    can_administer(by).require()
    entities = Entity.objects.filter(pk__in=queries.administered(by)).order_by("kind", "name")
    counts = {e.pk: queries.people_of(by).filter(owner=e, active=True).count() for e in entities}
    rows = [(entity, counts[entity.pk], queries.lacks_of(entity, on=today)) for entity in entities]
    context = {"rows": rows, "asked": list(requests_to(by))}
    return render(request, "organisation/admin/front.html", context)


@login_required
def log_list(request: HttpRequest) -> HttpResponse:
    """What has been done with organisations, people, roles and rules: narrow by person, kind and date."""
    by = actor(request)
    can_administer(by).require()
    form = LogForm(request.GET)
    events = log.log_found(log.organisation_log(by), form.narrowed())
    page = Paginator(events, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": log.log_lines(page), "form": form, "narrowed": form.narrowed() != log.Narrowed()}
    return render(request, "organisation/admin/log.html", context)
