"""Pages of those a project concerns."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samrad.core.asked import number_in
from samrad.core.refusals import blame
from samrad.core.verdict import Refused
from samrad.organisation import queries as people
from samrad.organisation.middleware import actor
from samrad.portfolio import actions, policy, queries
from samrad.portfolio.forms import StakeholderForm
from samrad.portfolio.models import Stakeholder
from samrad.portfolio.views.pages import open_project_of, page_of, project_of


@login_required
def project_stakeholders(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom the project concerns, what they think of it, and what is done about that."""
    by, project, today = actor(request), project_of(request, pk), timezone.localdate()
    may_read = policy.can_read_stakeholders(by, project)
    context = {
        **page_of(request, project, "project_stakeholders"),
        "rows": [(s, s.overdue_on(today)) for s in queries.stakeholders_of(project)] if may_read else [],
        "removed": queries.removed_stakeholders(project) if may_read else [],
        "may": policy.can_keep_stakeholders(by, project),
        "may_read": may_read,
    }
    return render(request, "portfolio/project_stakeholders.html", context)


PARTS = ("version", "name", "group", "interest", "influence", "attitude", "involvement", "measures", "due_date", "done")


@login_required
def stakeholder_change(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Write down someone the project concerns (number 0), or change one."""
    by, project = actor(request), open_project_of(request, pk)
    policy.can_keep_stakeholders(by, project).require()
    rows = queries.stakeholders_of(project)
    found = get_object_or_404(rows, pk=number) if number else Stakeholder(version=0)
    first: dict[str, Any] = {name: getattr(found, name) for name in PARTS} | {"responsible": found.responsible_id}
    form = StakeholderForm(request.POST or None, people=people.visible_to(by).order_by("name"), initial=first)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given: dict[str, Any] = {"project_id": project.pk, "stakeholder_id": number or None}
            version = form.cleaned_data["version"]
            try:
                actions.keep_stakeholder(by=by, at=timezone.now(), **given, version=version, row=form.row())
                messages.success(request, _("Saved."))
                return redirect("portfolio:project_stakeholders", project.pk)
            except Refused as refused:
                blame(form, refused)
                status = 409
    context = {"form": form, "project": project, "found": found}
    return render(request, "portfolio/stakeholder_change.html", context, status=status)


@require_POST
@login_required
def stakeholder_remove(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take someone off the list, or put them back."""
    by, project = actor(request), project_of(request, pk)
    policy.can_keep_stakeholders(by, project).require()
    get_object_or_404(Stakeholder, pk=number, project=project)
    removed = request.POST.get("do") != "restore"
    given: dict[str, Any] = {"project_id": project.pk, "stakeholder_id": number, "removed": removed}
    try:
        version = number_in(request.POST.get("version"))
        actions.remove_stakeholder(by=by, at=timezone.now(), **given, version=version)
        words = _("Taken off the list. You can put it back at the bottom of the page.") if removed else _("Put back.")
        messages.success(request, words)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("portfolio:project_stakeholders", project.pk)
