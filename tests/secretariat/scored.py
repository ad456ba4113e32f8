"""A case that is scored: who is asked, what they give, and the forms they fill."""

from __future__ import annotations

from typing import Any

from samrad.governance.queries import criteria_on
from samrad.initiatives.models import Initiative
from samrad.secretariat import actions
from samrad.secretariat.models import ScoreCard, Scoring
from tests.anchoring.line import AT, Line

ASSESSORS = ("secretary", "member")


def started(line: Line, need: Initiative, *who: str, **flags: Any) -> Scoring:
    """The secretariat has asked these to score."""
    with line.acting("secretary") as by:
        people = [line.people[one] for one in who or ASSESSORS]
        return actions.start_scoring(by=by, at=AT, case_id=line.case(need).pk, assessors=people, **flags)


def card_of(line: Line, scoring: Scoring, who: str) -> ScoreCard:
    with line.seen_by():
        return ScoreCard.objects.get(scoring=scoring, assessor=line.people[who])


def given(line: Line, number: int, **others: int) -> dict[str, dict[str, Any]]:
    """The same number for each criterion but those that are named, always with a reason."""
    with line.seen_by():
        criteria = criteria_on(line.entities["region"].pk, AT.date()).criteria
    return {c.code: {"score": others.get(c.code, number), "reason": "Derfor."} for c in criteria}


def typed(number: int, reason: str = "", *, rows: int = 7) -> dict[str, str]:
    """The score as a form sends it."""
    return {f"score_{n}": str(number) for n in range(rows)} | {f"reason_{n}": reason for n in range(rows)}


def scored(
    line: Line, need: Initiative, number: int = 3, *, flags: dict[str, Any] | None = None, **others: int
) -> Scoring:
    """Two have scored it alike."""
    scoring = started(line, need, **(flags or {}))
    for who in ASSESSORS:
        with line.acting(who) as by:
            actions.score(by=by, at=AT, card_id=card_of(line, scoring, who).pk, given=given(line, number, **others))
    return scoring
