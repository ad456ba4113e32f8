"""Questions and answers between the secretariat and those who write the need."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.cases.queries import current_case
from samrad.core.refusals import blame
from samrad.core.verdict import Refused
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import get_visible, readable
from samrad.organisation.middleware import actor
from samrad.secretariat import actions, policy
from samrad.secretariat.forms.reviewing import AcrossForm
from samrad.secretariat.queries.workspace import exchanges_of


@login_required
def exchange_list(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """What has been asked and answered, and writing one more line."""
    by = actor(request)
    try:
        initiative = get_visible(by, initiative_id)
    except (Initiative.DoesNotExist, OverflowError) as error:
        raise Http404 from error
    seen, case = readable(by, initiative, on=timezone.localdate()), current_case(initiative)
    if case is None or not policy.can_read_across(case, sight=seen.sight):
        raise Http404
    form = AcrossForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.write_across(by=by, at=timezone.now(), initiative_id=initiative.pk, **form.cleaned_data)
            except Refused as refused:
                blame(form, refused)
                status = 409
            else:
                messages.success(request, _("It is sent to the other side."))
                return redirect("secretariat:exchange_list", initiative.pk)
    rows = exchanges_of(case)
    context = {
        "initiative": initiative,
        "case": case,
        "rows": rows,
        "waits": [row for row in rows if row.asks and row.answered_at is None],
        "form": form,
        "can_write": policy.can_write_across(by, case, kinds=seen.kinds),
    }
    return render(request, "secretariat/exchange_list.html", context, status=status)
