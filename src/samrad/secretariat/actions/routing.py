"""Confirming where a case goes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from samrad.core.models import house_of
from samrad.core.verdict import Refused, Verdict
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.secretariat import events
from samrad.secretariat.actions.preparing import _locked
from samrad.secretariat.models import RouteChoice
from samrad.secretariat.policy.routing import can_choose_route, route_lacks
from samrad.secretariat.queries import route_of


@transaction.atomic
def choose_route(
    *, by: Actor, at: datetime, case_id: int, version: int | None = None, chosen: str, reason: str = ""
) -> RouteChoice:
    """Confirm where the rules say that a case goes, or send it to the council instead and say why."""
    case, initiative = _locked(case_id, version)
    can_choose_route(by, case).require()
    way = route_of(initiative, on=localdate(at))
    lacks = route_lacks(chosen, way, reason)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    choice = RouteChoice.objects.create(
        **house_of(case),
        case=case,
        proposed=str(way.body_kind),
        rule=way.rule,
        failing=way.failing,
        chosen=chosen,
        reason=reason.strip(),
        chosen_at=at,
        chosen_by_id=by.person,
    )
    case.routing_rule = way.rule
    case.version += 1
    case.save(update_fields=["routing_rule", "version"])
    event = events.RouteChosen(
        initiative_id=initiative.pk,
        case_id=case.pk,
        choice_id=choice.pk,
        proposed=choice.proposed,
        chosen=chosen,
        rule=way.rule,
        failing=way.failing,
    )
    record(event, by=by, at=at, house=choice)
    return choice
