"""The page where a project hands over what it made to the line and to the system register."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.core.refusals import blame
from samrad.core.verdict import Refused
from samrad.organisation.middleware import actor
from samrad.portfolio import actions, policy, queries
from samrad.portfolio.forms import TieForm
from samrad.portfolio.views.pages import page_of, project_of
from samrad.systems.policy import can_change, can_register
from samrad.systems.queries import visible_to


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


@login_required
def project_handover(request: HttpRequest, pk: int) -> HttpResponse:
    """What the register lacks of the systems the project introduced, and where it is filled in."""
    by, project = actor(request), project_of(request, pk)
    rows, may = queries.handovers_of(project), policy.can_tie_system(by, project)
    systems = visible_to(by).select_related("owner")
    asked, status, forms = _number(request.POST.get("link", "")), 200, {}
    if may:
        for row in rows:
            if row.system is None:
                data = request.POST if asked == row.link_id else None
                forms[row.link_id] = TieForm(data, systems=systems, prefix=f"s{row.link_id}")
    if request.method == "POST":
        may.require()
        form, status = forms.get(asked), 422
        if form is None:
            messages.info(request, _("It is in the register already."))
            return redirect("portfolio:project_handover", project.pk)
        if form.is_valid():
            chosen = form.cleaned_data["system"]
            try:
                actions.tie_system(by=by, at=timezone.now(), project_id=project.pk, link_id=asked, system_id=chosen.pk)
                messages.success(request, _("Saved."))
                return redirect("portfolio:project_handover", project.pk)
            except Refused as refused:
                blame(form, refused)
                status = 409
    context = {
        **page_of(request, project, "project_handover"),
        "rows": [(r, r.system is not None and bool(can_change(by, r.system)), forms.get(r.link_id)) for r in rows],
        "wrong": forms.get(asked),
        "lacks": policy.handover_lacks(project, rows),
        "may_register": can_register(by),
    }
    return render(request, "portfolio/project_handover.html", context, status=status)
