"""Keeping where a case goes, as it was confirmed."""

from __future__ import annotations

from datetime import datetime

from samrad.cases.models import Case
from samrad.core.models import house_of
from samrad.core.verdict import Refused, Verdict
from samrad.eventlog.actions import record
from samrad.governance.policy import Route
from samrad.organisation.actors import Actor
from samrad.secretariat import events
from samrad.secretariat.models import RouteChoice
from samrad.secretariat.policy.routing import can_choose_route, route_lacks


def _keep_choice(*, by: Actor, at: datetime, case: Case, way: Route, chosen: str, reason: str) -> RouteChoice:
    """Only the head of the secretariat, and never further down than the rules say. The case is locked by the caller."""
    can_choose_route(by, case).require()
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
        initiative_id=case.initiative_id,
        case_id=case.pk,
        choice_id=choice.pk,
        proposed=choice.proposed,
        chosen=chosen,
        rule=way.rule,
        failing=way.failing,
    )
    record(event, by=by, at=at, house=choice)
    return choice
