"""What one's own house asks for besides the form: configured in governance, answered here."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.core.verdict import Stale
from samrad.governance.queries import own_requirements
from samrad.initiatives.actions import save_answers
from samrad.initiatives.forms.own import OwnForm
from samrad.initiatives.policy import house_id
from samrad.initiatives.views.found import to_edit
from samrad.organisation.middleware import actor


@login_required
def own_answer(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Answer what the house has added to the minimum requirements."""
    by, at = actor(request), timezone.now()
    initiative = to_edit(by, initiative_id)
    asked = own_requirements(house_id(initiative), initiative.size, timezone.localdate(at))
    form = OwnForm(request.POST or None, asked=asked, answers=initiative.answers)
    form.fields["version"].initial = initiative.version
    if request.method == "POST" and form.is_valid():
        try:
            save_answers(
                by=by,
                at=at,
                initiative_id=initiative.pk,
                version=form.cleaned_data["version"],
                values=form.values(),
            )
        except Stale as stale:
            form.add_error(None, str(stale.verdict.reason))
        else:
            messages.success(request, _("Your answers are saved."))
            return redirect("initiatives:draft_review", initiative.pk)
    status = 400 if form.is_bound and form.errors else 200
    context = {"form": form, "initiative": initiative, "asked": asked}
    return render(request, "initiatives/own_answer.html", context, status=status)
