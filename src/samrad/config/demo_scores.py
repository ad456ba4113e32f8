"""The scores of the demo: what is ready for a meeting is scored, and one case is being scored."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from samrad.governance.queries import criteria_on
from samrad.secretariat.actions import place_in_order, score, start_scoring

if TYPE_CHECKING:
    from samrad.config.demo_way import Walk

ASSESSORS = ("saksbehandler", "leder")
SCORED = ("ready", "agenda", "agenda_exempt")
REASONS = {1: "Vi ser ikke at det bidrar til dette.", 5: "Det er avgjørende for det vi har vedtatt."}


def score_case(way: Walk) -> None:
    """The secretariat and the chair score it; a case in preparation waits for them."""
    waiting = way.tiltak.stage == "preparation" and way.tiltak.sector == "teknisk"
    if way.tiltak.stage not in SCORED and not waiting:
        return
    people = [way.world.people[key] for key in ASSESSORS]
    legal = bool(way.initiative and way.initiative.answers.get("legal_duty"))
    scoring = way.do("sekretariat", start_scoring, case_id=way.case.pk, assessors=people, must_do=legal)
    if waiting:
        return
    criteria = way.read(lambda: criteria_on(way.world.region.pk, way.world.today)).criteria
    for seat, key in enumerate(ASSESSORS):
        numbers = [1 + (way.place * 7 + row * 3 + seat * (row % 2)) % 5 for row in range(len(criteria))]
        given = {
            one.code: {"score": number, "reason": REASONS.get(number, "")}
            for one, number in zip(criteria, numbers, strict=True)
        }
        card = way.read(partial(scoring.cards.get, assessor=way.world.people[key]))
        way.do(key, score, card_id=card.pk, given=given)
    if way.tiltak.stage == "agenda_exempt":
        reason = "Rådet vil ha den foran i møtet: avtalen vi har i dag løper ut."
        way.do("leder", place_in_order, case_id=way.case.pk, place=1, reason=reason)
