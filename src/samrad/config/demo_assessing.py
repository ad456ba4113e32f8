"""Who assesses the demo's cases, and with what conclusion."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from samrad.cases.queries import participants_of
from samrad.initiatives.models import Initiative
from samrad.secretariat.actions import answer_review, ask_review, choose_route, write_assessment
from samrad.secretariat.queries import route_of

if TYPE_CHECKING:
    from samrad.config.demo_way import Walk

ASSESSED = {
    "technology": ("no_objection", "Løsningen passer med det vi har, og bruker felles innlogging."),
    "benefit": ("conditions", "Gevinsten er realistisk hvis rutinene endres samtidig."),
    "coordinator": ("no_objection", "Tre kommuner har samme behov. Ta det i en felles avtale."),
}


def assess(way: Walk) -> None:
    """Finance is answered everywhere; in every third case some are asked for an assessment and give it."""
    world, case = way.world, way.case
    at = world.hour(world.weekday(max(way.day, 1)), way.place * 37 + way.day * 53)

    def do(key: str, act: Callable[..., Any], **values: Any) -> Any:
        return world.do(key, act, at=at, **values)

    for town in way.read(lambda: participants_of(Initiative.objects.get(pk=case.initiative_id or 0))):
        said = {"text": "Det er dekning i rammen."} if way.place % 2 else {"not_assessed_reason": "Innenfor rammen."}
        do("saksbehandler", write_assessment, case_id=case.pk, kind="finance", municipality_id=town, **said)
    if way.place % 3:
        return
    asked = {"technology": "fjelldal-ansatt-organisasjon", "benefit": "portefolje"}
    asked["coordinator"] = asked["technology"]
    due = localdate(at) + timedelta(days=14)
    for kind, key in asked.items():
        person = world.people[key].pk
        review = do("saksbehandler", ask_review, case_id=case.pk, kind=kind, person_id=person, due=due)
        conclusion, text = ASSESSED[kind]
        do(key, answer_review, review_id=review.pk, conclusion=conclusion, text=text)
    reason = "Løsningen er kjent fra før."
    do("saksbehandler", write_assessment, case_id=case.pk, kind="innovation", not_assessed_reason=reason)


def ask_one(way: Walk) -> None:
    """Of a case in preparation, one assessment waits for its answer."""
    world = way.world
    due, person = world.today + timedelta(days=10), world.people["granlia-ansatt-organisasjon"].pk
    asked = {"case_id": way.case.pk, "kind": "organisation", "person_id": person, "due": due}
    world.do("saksbehandler", ask_review, at=world.now, **asked)


def confirm_way(way: Walk) -> None:
    """The head of the secretariat confirms that the case goes to the council, and says why where the rules say otherwise."""
    case = way.case
    kind = way.read(lambda: route_of(Initiative.objects.get(pk=case.initiative_id or 0), on=way.world.today).body_kind)
    reason = "" if kind == "council" else "Rådet vil se den sammen med de andre på området."
    way.do("sekretariat", choose_route, case_id=case.pk, chosen="council", reason=reason)
