"""The systems an initiative introduces, replaces, changes or phases out."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.core.verdict import Refused
from samrad.initiatives.actions import link_system, start_for_system, unlink_system
from samrad.initiatives.forms.systems import SystemLinkForm
from samrad.initiatives.queries import related, systems_alike
from samrad.initiatives.views.found import to_edit
from samrad.organisation.middleware import actor
from samrad.systems.models import System
from samrad.systems.queries import get_visible


@login_required
def system_links(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """See which systems the initiative concerns, add one, take one away."""
    by, at = actor(request), timezone.now()
    initiative = to_edit(by, initiative_id)
    gone = request.POST.get("remove", "")
    if request.method == "POST" and gone.isascii() and gone.isdigit() and len(gone) < 19:
        unlink_system(by=by, at=at, initiative_id=initiative.pk, link_id=int(gone))
        messages.success(request, _("The system is taken away. You can add it again."))
        return redirect("initiatives:system_links", initiative.pk)
    wanted = {"system": request.GET.get("system", "")}
    form = SystemLinkForm(request.POST if request.method == "POST" else None, by=by, initial=wanted)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            link_system(
                by=by,
                at=at,
                initiative_id=initiative.pk,
                kind=data["kind"],
                system_id=data["system"],
                new_name=data["new_name"],
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("initiatives:system_links", initiative.pk)
    context = {
        "initiative": initiative,
        "form": form,
        "links": related(initiative).links,
        "systems": systems_alike(by, initiative.title, str(initiative.answers.get("problem") or "")),
    }
    return render(request, "initiatives/system_links.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def system_need(request: HttpRequest, pk: int) -> HttpResponse:
    """«Report a need» about a system: a draft with the system linked."""
    by = actor(request)
    try:
        system = get_visible(by, pk)
    except (System.DoesNotExist, OverflowError) as error:
        raise Http404 from error
    initiative = start_for_system(by=by, at=timezone.now(), system=system)
    messages.success(request, _("A draft is begun, with %(name)s linked. Write on.") % {"name": system.name})
    return redirect("initiatives:draft_step", initiative.pk, 1)
