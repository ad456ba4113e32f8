"""Finding what a page is about, for one who may open it; for others as if it were not there."""

from __future__ import annotations

from django.http import Http404

from samrad.anchoring import policy, queries
from samrad.anchoring.models import Request
from samrad.cases.models import Case
from samrad.cases.queries import current_case
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import get_visible, involved
from samrad.organisation.actors import Actor


def find_request(by: Actor, pk: int) -> Request:
    """The request, for one who may open it; otherwise as if it were not there."""
    asked = queries.visible_to(by).filter(pk=pk).first()
    if asked is None or not policy.can_read_request(by, asked, involved=involved(by, asked.initiative)):
        raise Http404
    return asked


def find_initiative(by: Actor, pk: int) -> tuple[Initiative, Case | None]:
    """The initiative with its case, for those named in it."""
    try:
        initiative = get_visible(by, pk)
    except Initiative.DoesNotExist as missing:
        raise Http404 from missing
    if not involved(by, initiative):
        raise Http404
    return initiative, current_case(initiative)
