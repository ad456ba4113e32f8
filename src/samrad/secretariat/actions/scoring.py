"""Scoring a case: asking those who score, scoring on one's own, and withdrawing where one has an interest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from samrad.cases.actions import Hand, close_tasks, hand_out, tell
from samrad.cases.models import Case
from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Verdict
from samrad.eventlog.actions import record
from samrad.governance.queries import criteria_on, from_plain, plain
from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person
from samrad.secretariat import events
from samrad.secretariat.actions.flags import _keep_change
from samrad.secretariat.actions.preparing import _locked
from samrad.secretariat.models import ScoreCard, Scoring
from samrad.secretariat.policy import house
from samrad.secretariat.policy.scoring import (
    FEWEST,
    assessors_lack,
    can_name_assessor,
    can_score,
    can_start_scoring,
    flags_lack,
    score_lacks,
)
from samrad.secretariat.queries import house_language
from samrad.secretariat.queries.scoring import interested, lock_scoring, may_assess

TASK = "score_case"
_STALE = _("Someone has changed the scoring since you opened the page. Look at it again.")


def _ask(*, by: Actor, at: datetime, scoring: Scoring, initiative: Initiative, person: Person) -> ScoreCard:
    card = ScoreCard.objects.create(**house_of(scoring), scoring=scoring, assessor=person)
    event = events.AssessorNamed(
        initiative_id=initiative.pk, case_id=scoring.case_id, scoring_id=scoring.pk, person_id=person.pk
    )
    hand = Hand(kind=TASK, person_id=person.pk, object_id=card.pk)
    hand_out(by=by, at=at, house=scoring, hand=hand, event=event, initiative=initiative)
    tell(
        by=by,
        at=at,
        initiative=initiative,
        people=[person],
        code="secretariat.score",
        subject=_("Score the case: %(title)s"),
        body=_(
            "%(by)s asks you to score %(reference)s, on your own. You see what others gave when everyone has scored."
        ),
        path=reverse("secretariat:score_give", args=[card.pk]),
    )
    return card


@transaction.atomic
def start_scoring(
    *,
    by: Actor,
    at: datetime,
    case_id: int,
    version: int | None = None,
    assessors: Sequence[Person],
    must_do: bool = False,
    security: bool = False,
    urgent: bool = False,
    contract_end: date | None = None,
    flag_reason: str = "",
) -> Scoring:
    """Have a case scored by at least two, by the criteria in force today. What stands outside the score is said here.

    Scored anew, what stands outside it is as before, or `flag_reason` says why not.
    """
    case, initiative = _locked(case_id, version)
    standing = Scoring.objects.filter(case=case, closed_at__isnull=True).first()
    can_start_scoring(by, case, standing).require()
    on = localdate(at)
    allowed = set(may_assess(house(case), initiative, on=on).values_list("pk", flat=True))
    lacks = assessors_lack([person.pk for person in assessors], allowed)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    earlier = Scoring.objects.filter(case=case).order_by("-number").first()
    flags = Scoring(must_do=must_do, security=security, urgent=urgent, contract_end=contract_end).flags
    changed = earlier is not None and earlier.flags != flags
    if earlier is not None and changed and (lacks := flags_lack(earlier.flags, flags, flag_reason)):
        raise Refused(Verdict.no(lacks[0].text, (Lack(lacks[0].text, "id_flag_reason"),)))
    now = criteria_on(house(case), on)
    with translation.override(house_language(case)):
        criteria = plain(now.criteria)
    scoring = Scoring.objects.create(
        **house_of(case),
        case=case,
        number=Scoring.objects.filter(case=case).count() + 1,
        criteria=criteria,
        criteria_version=now.version,
        must_do=must_do,
        security=security,
        urgent=urgent,
        contract_end=contract_end,
        opened_at=at,
        opened_by_id=by.person,
    )
    event = events.ScoringStarted(
        initiative_id=initiative.pk, case_id=case.pk, scoring_id=scoring.pk, criteria_version=now.version
    )
    record(event, by=by, at=at, house=scoring)
    if earlier is not None and changed:
        _keep_change(by=by, at=at, scoring=scoring, before=earlier.flags, reason=flag_reason)
    for person in assessors:
        _ask(by=by, at=at, scoring=scoring, initiative=initiative, person=person)
    return scoring


@transaction.atomic
def name_assessor(*, by: Actor, at: datetime, case_id: int, version: int | None = None, person: Person) -> ScoreCard:
    """Ask one more to score, where somebody withdrew or more eyes are wanted."""
    case, initiative = _locked(case_id, None)
    row = Scoring.objects.filter(case=case, closed_at__isnull=True).first()
    can_name_assessor(by, case, row).require()
    assert row is not None
    scoring = lock_scoring(row.pk, version, str(_STALE))
    allowed = may_assess(house(case), initiative, on=localdate(at)).filter(pk=person.pk)
    if not allowed.exists() or ScoreCard.objects.filter(scoring=scoring, assessor=person).exists():
        lack = Lack(_t("Choose one who is not asked already, and who has no interest in the case."), "id_person")
        raise Refused(Verdict.no(lack.text, (lack,)))
    scoring.version += 1
    scoring.save(update_fields=["version"])
    return _ask(by=by, at=at, scoring=scoring, initiative=initiative, person=person)


def _own_card(card_id: int) -> tuple[ScoreCard, Scoring, Case, Initiative]:
    """A card with what it hangs on, the case's lock first: nobody scores while another closes."""
    case_id = ScoreCard.objects.values_list("scoring__case_id", flat=True).get(pk=card_id)
    case, initiative = _locked(case_id, None)
    card = ScoreCard.objects.select_for_update(of=("self",)).get(pk=card_id)
    return card, lock_scoring(card.scoring_id, None, str(_STALE)), case, initiative


def _closes(scoring: Scoring) -> bool:
    """Have all those who still count scored, and are they enough?"""
    cards = ScoreCard.objects.filter(scoring=scoring, withdrawn_at__isnull=True)
    return cards.count() >= FEWEST and not cards.filter(scored_at__isnull=True).exists()


def _moved_on(scoring: Scoring, at: datetime) -> bool:
    closed = _closes(scoring)
    scoring.version += 1
    scoring.closed_at = at if closed else None
    scoring.save(update_fields=["version", "closed_at"])
    return closed


@transaction.atomic
def score(*, by: Actor, at: datetime, card_id: int, given: Mapping[str, Mapping[str, Any]]) -> ScoreCard:
    """Score a case, on one's own; it can be changed until everyone has scored."""
    card, scoring, case, initiative = _own_card(card_id)
    can_score(by, scoring, card, interested(initiative)).require()
    criteria = from_plain(scoring.criteria)
    lacks = score_lacks(criteria, given)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    card.scores = {
        one.code: {"score": int(given[one.code]["score"]), "reason": str(given[one.code].get("reason", "")).strip()}
        for one in criteria
    }
    card.scored_at = at
    card.save()
    event = events.Scored(
        initiative_id=initiative.pk,
        case_id=case.pk,
        scoring_id=scoring.pk,
        card_id=card.pk,
        closed=_moved_on(scoring, at),
    )
    close_tasks(by=by, at=at, house=card, event=event, kind=TASK, object_id=card.pk)
    return card


@transaction.atomic
def withdraw_from_scoring(*, by: Actor, at: datetime, card_id: int, reason: str) -> ScoreCard:
    """Say that one has an interest in the case, and score it no more. One's score does not count."""
    card, scoring, case, initiative = _own_card(card_id)
    can_score(by, scoring, card, ()).require()
    if not reason.strip():
        lack = Lack(_t("Say what your interest in the case is."), "id_reason")
        raise Refused(Verdict.no(lack.text, (lack,)))
    card.withdrawn_at, card.withdrawn_reason = at, reason.strip()
    card.save()
    event = events.AssessorWithdrew(
        initiative_id=initiative.pk,
        case_id=case.pk,
        scoring_id=scoring.pk,
        card_id=card.pk,
        closed=_moved_on(scoring, at),
    )
    close_tasks(by=by, at=at, house=card, event=event, kind=TASK, object_id=card.pk)
    return card
