"""«Others can reuse this»: let other cooperations see what it gave and cost, or take it back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.initiatives.actions import mark_reusable, undo_reusable
from samrad.initiatives.forms.reuse import ReuseForm
from samrad.initiatives.policy import can_mark_reusable
from samrad.initiatives.queries import kinds_of
from samrad.initiatives.views.found import found
from samrad.organisation.middleware import actor
from samrad.organisation.policy import GROUP_LABELS
from samrad.organisation.queries import exempt_groups


@login_required
def reuse_mark(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """See what others will see, then say yes; or take it back."""
    by = actor(request)
    initiative = found(by, initiative_id)
    can_mark_reusable(by, initiative, kinds=kinds_of(by, initiative)).require()
    mark = initiative.reuse_marks.filter(undone_at__isnull=True).select_related("marked_by").first()
    if request.method == "POST" and "undo" in request.POST:
        undo_reusable(by=by, at=timezone.now(), initiative_id=initiative.pk)
        messages.success(request, _("Others can no longer see it. You can share it again whenever you want."))
        return redirect("initiatives:reuse_mark", initiative.pk)
    form = ReuseForm(request.POST or None, initial={"result": mark.result if mark else ""})
    if request.method == "POST" and form.is_valid():
        result = form.cleaned_data["result"]
        mark_reusable(by=by, at=timezone.now(), initiative_id=initiative.pk, result=result)
        messages.success(request, _("Other cooperations can now find it and reuse it. You can take it back below."))
        return redirect("initiatives:reuse_mark", initiative.pk)
    exempt = exempt_groups([initiative.pk], on=timezone.localdate()).get(initiative.pk, {})
    context = {
        "initiative": initiative,
        "form": form,
        "mark": mark,
        "exempt": [(GROUP_LABELS[g], exempt[g]) for g in ("benefits", "costs") if g in exempt],
    }
    return render(request, "initiatives/reuse_mark.html", context)
