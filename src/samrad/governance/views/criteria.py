"""The criteria that initiatives are scored by: for all to read, for administrators to change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.core.refusals import blame
from samrad.core.verdict import Refused
from samrad.governance import actions, queries
from samrad.governance.criteria import AXES, STANDARD, from_plain
from samrad.governance.forms.criteria import CriteriaForm
from samrad.governance.models import CriteriaVersion
from samrad.governance.views.found import house_of_rules, status, today
from samrad.organisation.middleware import actor
from samrad.organisation.policy import can_administer


def _standing(row: CriteriaVersion) -> str:
    on = today()
    return "coming" if row.valid_from > on else "now" if row.in_force(on) else "past"


@login_required
def criteria_list(request: HttpRequest) -> HttpResponse:
    """What initiatives are scored by: the version in force, those before it, and the standard."""
    by = actor(request)
    rows = list(queries.criteria_for(by))
    said = {e.row_id: e for e in queries.log_of(by, "CriteriaAdopted", "criteria_id")}
    context = {
        "versions": [(row, from_plain(row.criteria), _standing(row), said.get(row.pk)) for row in rows],
        "standard": STANDARD,
        "axes": AXES,
        "may": can_administer(by),
    }
    return render(request, "governance/criteria_list.html", context)


@login_required
def criteria_new(request: HttpRequest) -> HttpResponse:
    """Adopt a new version of the criteria."""
    by = actor(request)
    can_administer(by).require()
    house = house_of_rules(by)
    last = queries.criteria_for(by).filter(owner=house).first()
    start: dict[str, Any] = {"version": last.version if last else 0}
    begun = from_plain(last.criteria) if last else STANDARD
    form = CriteriaForm(request.POST or None, initial=start, criteria=begun)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("valid_from", "adopted_by", "source")}
        try:
            actions.adopt_criteria(
                by=by,
                at=timezone.now(),
                owner=house,
                criteria=form.criteria(),
                after_version=form.cleaned_data["version"],
                **values,
            )
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The new criteria are adopted. What is scored already stands as it is."))
            return redirect("governance:criteria_list")
    return render(request, "governance/criteria_new.html", {"form": form, "house": house}, status=status(form))
