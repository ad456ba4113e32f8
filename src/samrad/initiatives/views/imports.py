"""Bringing in needs from another form tool: first what would happen, then the drafts."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from samrad.initiatives.actions import import_needs
from samrad.initiatives.content import FIELDS
from samrad.initiatives.forms.intake import NeedsFileForm
from samrad.initiatives.policy import can_import_needs
from samrad.organisation.middleware import actor


@login_required
def needs_import(request: HttpRequest) -> HttpResponse:
    """Choose a file, see what would happen, and bring the needs in."""
    by = actor(request)
    can_import_needs(by).require()
    posted = request.method == "POST"
    form = NeedsFileForm(request.POST if posted else None, request.FILES if posted else None)
    result, trial = None, request.POST.get("go") != "import"
    if posted and form.is_valid():
        result = import_needs(by=by, at=timezone.now(), rows=form.rows, dry_run=trial)
    columns = [(f.code, f.label) for f in FIELDS if f.kind not in {"years_table", "date"}]
    context = {"form": form, "result": result, "trial": trial, "columns": columns}
    return render(request, "initiatives/needs_import.html", context, status=422 if form.errors else 200)
