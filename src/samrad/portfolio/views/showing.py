"""What a portfolio shows of other portfolios' projects."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.core.asked import id_in
from samrad.core.refusals import blame
from samrad.core.verdict import Refused
from samrad.organisation.middleware import actor
from samrad.portfolio import actions, queries
from samrad.portfolio.forms import HideForm, ShowForm
from samrad.portfolio.policy.showing import can_show
from samrad.portfolio.queries import showing


@login_required
def shown_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The projects of other portfolios that are shown here, and where one is added or taken out."""
    by, status = actor(request), 200
    portfolio = get_object_or_404(queries.portfolios_of(by), pk=pk)
    may, seen = can_show(by, portfolio), queries.visible_to(by)
    choices = showing.to_show(by, portfolio, seen) if may else seen.none()
    hiding = request.POST.get("do") == "hide"
    form = ShowForm(None if hiding else request.POST or None, projects=choices)
    hide = HideForm(request.POST if hiding else None, prefix="h")
    if request.method == "POST":
        may.require()
        given: dict[str, Any] = {"by": by, "at": timezone.now(), "portfolio": portfolio}
        status = 422
        try:
            if hiding and hide.is_valid():
                actions.hide_project(**given, shown_id=id_in(request.POST.get("shown", "")), **hide.cleaned_data)
                messages.success(request, _("The project is taken out. Its own portfolio keeps it."))
                return redirect("portfolio:shown_list", portfolio.pk)
            if not hiding and form.is_valid():
                data = form.cleaned_data
                actions.show_project(**given, project_id=data["project"].pk, reason=data["reason"])
                messages.success(request, _("The project is shown here too."))
                return redirect("portfolio:shown_list", portfolio.pk)
        except Refused as refused:
            blame(hide if hiding else form, refused)
            status = 409
    rows = list(showing.shown_in(portfolio).filter(project__in=seen))
    context = {
        "portfolio": portfolio,
        "rows": [row for row in rows if row.removed_at is None],
        "former": [row for row in rows if row.removed_at is not None],
        "form": form,
        "hide": hide,
        "asked": request.POST.get("shown", ""),
        "may": may,
    }
    return render(request, "portfolio/shown_list.html", context, status=status)
