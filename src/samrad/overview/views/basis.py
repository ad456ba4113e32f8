"""What a decision was based on, as a page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from samrad.cases.queries import decisions_visible_to
from samrad.initiatives.policy import Sight
from samrad.initiatives.queries import get_visible, readable
from samrad.organisation.middleware import actor
from samrad.overview.basis import basis_of
from samrad.secretariat.policy import can_read_paper


@login_required
def decision_basis(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything a decision stood on: the paper as sent, the words, the votes, the mandate, and what has changed since."""
    by = actor(request)
    found = decisions_visible_to(by).filter(pk=pk, decided_at__isnull=False)
    decision = found.select_related("municipality", "decided_by", "mandate__body", "case").first()
    if decision is None:
        raise Http404
    initiative = get_visible(by, decision.case.initiative_id or 0)
    seen = readable(by, initiative, on=timezone.localdate())
    if seen.sight < Sight.OPEN:
        raise Http404
    basis = basis_of(decision, initiative)
    shown = [change for change in basis.changes if seen.shows(change.group)]
    context = {
        "decision": decision,
        "initiative": initiative,
        "basis": basis,
        "parts": [part for part in basis.parts if all(seen.shows(group) for group in part.groups)],
        "changes": shown,
        "hidden": len(basis.changes) - len(shown),
        "costs": seen.shows("costs"),
        "reads_paper": can_read_paper(by, decision.case, sight=seen.sight),
    }
    return render(request, "overview/decision_basis.html", context)
