"""Confirming where a case goes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from samrad.organisation.actors import Actor
from samrad.secretariat.actions.choosing import _keep_choice
from samrad.secretariat.actions.preparing import _locked
from samrad.secretariat.models import RouteChoice
from samrad.secretariat.queries import route_of


@transaction.atomic
def choose_route(
    *, by: Actor, at: datetime, case_id: int, version: int | None = None, chosen: str, reason: str = ""
) -> RouteChoice:
    """Confirm where the rules say that a case goes, or send it to the council instead and say why."""
    case, initiative = _locked(case_id, version)
    way = route_of(initiative, on=localdate(at))
    return _keep_choice(by=by, at=at, case=case, way=way, chosen=chosen, reason=reason)
