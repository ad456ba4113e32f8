"""Who confirms where a case goes, and what the confirmation must have."""

from __future__ import annotations

from django.utils.translation import gettext as _t

from samrad.cases.models import Case
from samrad.core.verdict import Lack, Verdict
from samrad.governance.models import Body
from samrad.governance.policy import Route
from samrad.organisation.actors import Actor
from samrad.secretariat.models import RouteChoice
from samrad.secretariat.policy import house

COUNCIL = Body.Kind.COUNCIL.value


def can_choose_route(by: Actor, case: Case) -> Verdict:
    """May this person confirm where the case goes now? The head of the secretariat, while it is prepared."""
    if not by.may("secretariat.decide", house(case)):
        return Verdict.no(_t("Only the head of the secretariat confirms where a case goes."))
    if case.state not in {"preparation", "ready", "deferred", "sent_back"}:
        return Verdict.no(_t("The case is not being prepared now."))
    return Verdict.yes()


def not_sent_up(choice: RouteChoice | None) -> Verdict:
    """May anyone below the council decide the case? Not once the head of the secretariat has sent it to the council."""
    if choice is None:
        return Verdict.yes()
    return Verdict.no(_t("The head of the secretariat has sent it to the council: %(why)s") % {"why": choice.reason})


def for_the_council(way: Route, choice: RouteChoice | None) -> Verdict:
    """Is the case for the council? Not what the secretariat may decide, unless its head has sent it there (S5)."""
    if way.body_kind != Body.Kind.SECRETARIAT or choice is not None:
        return Verdict.yes()
    return Verdict.no(
        _t(
            "The secretariat may decide this within its mandate, so it does not go on the council's agenda. "
            "The head of the secretariat can send it to the council, and says why."
        )
    )


def can_confirm(by: Actor, case: Case, way: Route, choice: RouteChoice | None) -> bool:
    """May this person confirm, in passing, that the case goes to the council, as the rules say?"""
    return choice is None and way.body_kind == COUNCIL and bool(can_choose_route(by, case))


def is_routed(choice: RouteChoice | None) -> Verdict:
    """Has the head of the secretariat confirmed that the case goes to the council? Without that it comes on no agenda."""
    if choice is None:
        return Verdict.no(_t("The head of the secretariat must confirm where the case goes first."))
    if choice.chosen != COUNCIL:
        return Verdict.no(_t("It is confirmed that the case goes elsewhere than to the council."))
    return Verdict.yes()


def route_lacks(chosen: str, way: Route, reason: str) -> tuple[Lack, ...]:
    """What is wrong with a choice: it follows the rules, or goes up to the council with a reason; never further down."""
    if chosen not in {way.body_kind, COUNCIL}:
        return (Lack(_t("The rules let it go there or to the council, and nowhere else."), "id_chosen"),)
    if chosen != way.body_kind and not reason.strip():
        return (Lack(_t("Say why it goes to the council, when the rules say otherwise."), "id_reason"),)
    return ()
