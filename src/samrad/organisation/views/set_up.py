"""Administration: what the set-up lacks, sectors and units, and the log."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.organisation import queries
from samrad.organisation.actions import add_unit
from samrad.organisation.forms import UnitForm
from samrad.organisation.middleware import actor
from samrad.organisation.models import Entity
from samrad.organisation.policy import can_administer

PAGE = 50


@login_required
def admin_front(request: HttpRequest) -> HttpResponse:
    """What the administrator answers for, and what is still to be done."""
    by, today = actor(request), timezone.localdate()
    can_administer(by).require()
    entities = Entity.objects.filter(pk__in=queries.administered(by)).order_by("kind", "name")
    counts = {e.pk: queries.people_of(by).filter(owner=e, active=True).count() for e in entities}
    rows = [(entity, counts[entity.pk], queries.lacks_of(entity, on=today)) for entity in entities]
    return render(request, "organisation/admin/front.html", {"rows": rows})


@login_required
def unit_list(request: HttpRequest) -> HttpResponse:
    """The sectors and units, and a form for one more."""
    by = actor(request)
    can_administer(by).require()
    entities = Entity.objects.filter(pk__in=queries.administered(by))
    form = UnitForm(request.POST or None, entities=entities)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        owner, now = data["entity"], timezone.now()
        share = queries.shared_with(owner, on=timezone.localdate(now))
        try:
            with transaction.atomic():
                add_unit(by=by, at=now, owner=owner, name=data["name"], kind=data["kind"], shared_with=share)
            messages.success(request, _("%(name)s is added.") % {"name": data["name"]})
            return redirect("organisation:unit_list")
        except IntegrityError:
            form.add_error("name", _("There is already a sector or unit with this name."))
    units = queries.units_of(e.pk for e in entities)
    return render(request, "organisation/admin/units.html", {"form": form, "units": units})


@login_required
def log_list(request: HttpRequest) -> HttpResponse:
    """What has been done with organisations, people and roles."""
    by = actor(request)
    can_administer(by).require()
    page = Paginator(queries.organisation_log(by), PAGE).get_page(request.GET.get("page"))
    return render(request, "organisation/admin/log.html", {"page": page, "lines": queries.log_lines(page)})
