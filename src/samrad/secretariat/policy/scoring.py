"""Who may score a case, what a score must have, and who may set another order than the one that is counted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _t

from samrad.cases.models import Case
from samrad.core.verdict import Lack, Verdict
from samrad.governance.queries import ENDS, SCORES, Criterion
from samrad.organisation.actors import Actor
from samrad.secretariat.models import ScoreCard, Scoring
from samrad.secretariat.policy import can_assess, house

FEWEST = 2
"""So many score each case, at the least."""


def can_start_scoring(by: Actor, case: Case, open_scoring: Scoring | None) -> Verdict:
    """May this person have the case scored now? The secretariat, while it is prepared, one scoring at a time."""
    allowed = can_assess(by, case)
    if not allowed:
        return allowed
    if case.state == "submitted":
        return Verdict.no(_t("Check that the case is complete first."))
    if open_scoring is not None:
        return Verdict.no(_t("The case is being scored already."))
    return Verdict.yes()


def can_name_assessor(by: Actor, case: Case, scoring: Scoring | None) -> Verdict:
    """May this person ask one more to score?"""
    allowed = can_assess(by, case)
    if not allowed:
        return allowed
    if scoring is None or scoring.closed_at is not None:
        return Verdict.no(_t("The scoring is closed: everyone has scored."))
    return Verdict.yes()


def can_change_flags(by: Actor, case: Case) -> Verdict:
    """May what stands outside the score be changed after the scoring has begun? The secretariat, until it is decided."""
    return can_assess(by, case)


def flags_lack(before: Mapping[str, Any], after: Mapping[str, Any], reason: str) -> tuple[Lack, ...]:
    """What a change of the flags still lacks: that something is changed, and why."""
    if before == after:
        return (Lack(_t("Nothing is changed."), "id_flags_must_do"),)
    if not reason.strip():
        return (
            Lack(
                _t("Say why it is changed after the scoring began. Everyone who reads the scores sees it."),
                "id_flags_reason",
            ),
        )
    return ()


def assessors_lack(chosen: Collection[int], allowed: Collection[int]) -> tuple[Lack, ...]:
    """What is wrong with those who are asked: two at the least, and no one who has an interest in the case."""
    if set(chosen) - set(allowed):
        text = _t("One you have chosen is named in the case, or sits in neither the secretariat nor the council.")
        return (Lack(text, "id_assessors"),)
    if len(set(chosen)) < FEWEST:
        return (Lack(_t("Choose at least two who score, each on their own."), "id_assessors"),)
    return ()


def can_score(by: Actor, scoring: Scoring, card: ScoreCard | None, interested: Collection[int]) -> Verdict:
    """May this person score now? Who is asked, has no interest in the case, and until everyone has scored."""
    if card is None or card.assessor_id != by.person_id or card.withdrawn_at is not None:
        return Verdict.no(_t("Only those who are asked to score can do this."))
    if by.person_id in interested:
        return Verdict.no(_t("You are named in the case yourself, so you cannot score it."))
    if scoring.closed_at is not None:
        return Verdict.no(_t("The scoring is closed: everyone has scored."))
    return Verdict.yes()


def score_lacks(criteria: Sequence[Criterion], given: Mapping[str, Mapping[str, Any]]) -> tuple[Lack, ...]:
    """What a score still lacks: a number for each criterion, and a reason for 1 and 5."""
    found = []
    for number, one in enumerate(criteria):
        said = given.get(one.code, {})
        if said.get("score") not in SCORES:
            found.append(Lack(_t("Choose from 1 to 5."), f"id_score_{number}"))
        elif said["score"] in ENDS and not str(said.get("reason", "")).strip():
            found.append(Lack(_t("Say why, when you give 1 or 5."), f"id_reason_{number}"))
    return tuple(found)


def sees_cards(scoring: Scoring) -> bool:
    """Does anyone see what others gave? Only when everyone has scored."""
    return scoring.closed_at is not None


def can_place(by: Actor, case: Case) -> Verdict:
    """May this person set down that the body has placed the case elsewhere? Never the IT staff on their own."""
    if not by.may("secretariat.place_in_order", house(case)):
        return Verdict.no(
            _t(
                "The body decides the order. Only the chair, the deputy chair and the head of the secretariat set it down."
            )
        )
    if case.closed_at is not None:
        return Verdict.no(_t("The case is decided."))
    return Verdict.yes()


def is_it_alone(by: Actor, case: Case, *, action: str) -> bool:
    """Is this one of the IT staff, who tries what only others may do? The attempt is logged (S10)."""
    return by.is_person and by.holds("it_staff") and not by.may(action, house(case))


def placing_lacks(place: int, reason: str, *, scored: bool) -> tuple[Lack, ...]:
    """What is wrong with a place in the order: a case that is scored, a place from 1, and why the body deviates."""
    if not scored:
        return (Lack(_t("The case is not scored yet, so it stands in no order."), "id_place"),)
    found = []
    if place < 1:
        found.append(Lack(_t("Write a place from 1."), "id_place"))
    if not reason.strip():
        found.append(Lack(_t("Say why the body places it elsewhere. Everyone can read it."), "id_reason"))
    return tuple(found)


def can_see_ledger(by: Actor) -> Verdict:
    """May this person see what is left of the secretariat's frame? Those who prepare, treat, decide and audit."""
    if by.may("secretariat.see_ledger"):
        return Verdict.yes()
    return Verdict.no(_t("Only those who prepare, treat and decide cases see the secretariat's frame."))
