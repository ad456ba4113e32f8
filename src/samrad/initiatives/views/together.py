"""Who writes a draft: letting others in, and taking them away."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.initiatives.actions import invite_author, remove_author
from samrad.initiatives.forms.intake import AuthorForm
from samrad.initiatives.forms.steps import people_choices
from samrad.initiatives.policy import can_remove_author
from samrad.initiatives.queries import authors_of, kinds_of, may_be_invited
from samrad.initiatives.views.found import to_edit
from samrad.organisation.middleware import actor


@login_required
def draft_authors(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Those who write along, and letting another person in."""
    by = actor(request)
    initiative = to_edit(by, initiative_id)
    people = people_choices(list(may_be_invited(initiative)))
    form = AuthorForm(request.POST if request.method == "POST" else None, people=people)
    if request.method == "POST" and form.is_valid():
        chosen = int(form.cleaned_data["person"])
        invite_author(by=by, at=timezone.now(), initiative_id=initiative.pk, person_id=chosen)
        messages.success(request, _("%(name)s can write along now, and is told.") % {"name": dict(people)[str(chosen)]})
        return redirect("initiatives:draft_authors", initiative.pk)
    authors = authors_of(initiative)
    removable = can_remove_author(by, initiative, kinds=kinds_of(by, initiative), authors=len(authors))
    context = {"initiative": initiative, "form": form, "authors": authors, "removable": removable}
    return render(request, "initiatives/draft_authors.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def author_remove(request: HttpRequest, initiative_id: int, person_id: int) -> HttpResponse:
    """Take a person away from those who write. What is written stays, and the person can be let in again."""
    by = actor(request)
    initiative = to_edit(by, initiative_id)
    remove_author(by=by, at=timezone.now(), initiative_id=initiative.pk, person_id=person_id)
    messages.success(request, _("The person no longer writes along. You can let the person in again."))
    if person_id == by.person_id:
        return redirect("initiatives:initiative_list")
    return redirect("initiatives:draft_authors", initiative.pk)
