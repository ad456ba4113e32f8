"""A body's recommendation, and asking the municipalities to decide."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from samrad.cases.actions.moving import Hand, move_case
from samrad.cases.actions.telling import tell
from samrad.cases.events import DecisionsAsked, Recommended
from samrad.cases.models import Case, Decision, Recommendation
from samrad.cases.queries import affected, lock_case, sharers
from samrad.core.models import house_of
from samrad.core.verdict import Refused
from samrad.initiatives.actions import lock_initiative, reach_stage
from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor
from samrad.organisation.queries import holders

DAYS_TO_DECIDE = 21
Outcome = Recommendation.Outcome
# Where the case goes from the body. Everything else goes on to those who decide.
GOES_TO: dict[str, str] = {
    Outcome.DEVELOP_IDEA: "preparation",
    Outcome.DESCRIBE_PROJECT: "preparation",
    Outcome.MAP_BENEFITS: "preparation",
    Outcome.DEFER: "deferred",
    Outcome.RETURN: "redirected",
}
NEXT: dict[str, str | Promise] = {
    "recommended": _("Each municipality's chief executive decides next."),
    "preparation": _("The secretariat works on it with you, and brings it back."),
    "deferred": _("The secretariat puts it on an agenda again later."),
    "redirected": _("It is not for the council. Take it up in your own line."),
}


@transaction.atomic
def recommend(
    *,
    by: Actor,
    at: datetime,
    case: Case,
    body_id: int,
    outcome: str,
    text: str,
    reason: str,
    hands: list[Hand] | None = None,
) -> Recommendation:
    """Keep what a body recommends, word for word, and send the case on. Permission is the caller's (the minutes).

    `hands`: who has it then, where that is not as it usually is.
    """
    if outcome not in Outcome.values or not text.strip():
        raise Refused(_t("A recommendation needs an outcome and a text."))
    given = Recommendation.objects.create(
        **house_of(case),
        case=case,
        body_id=body_id,
        outcome=outcome,
        text=text,
        reason=reason,
        made_at=at,
        recorded_by_id=by.person,
    )
    to = GOES_TO.get(outcome, "recommended")
    initiative = lock_initiative(case.initiative_id, None) if case.initiative_id else None
    case = lock_case(case.pk)
    event = Recommended(
        initiative_id=case.initiative_id,
        case_id=case.pk,
        recommendation_id=given.pk,
        body_id=body_id,
        outcome=outcome,
    )
    move_case(by=by, at=at, case=case, to=to, event=event, hands=_hands(case, to) if hands is None else hands)
    if initiative is None:
        return given
    if to == "recommended":
        reach_stage(by=by, at=at, initiative=initiative, stage=Initiative.Stage.DECIDED)
        ask_decisions(by=by, at=at, case=case)
    tell(
        by=by,
        at=at,
        initiative=initiative,
        people=affected(initiative, on=localdate(at)),
        code="cases.recommended",
        subject=_("Recommendation: %(outcome)s – %(title)s"),
        body=_("In %(reference)s the recommendation is: %(outcome)s.\n%(text)s\n%(reason)s\n%(next)s"),
        outcome=Outcome(outcome).label,
        text=text,
        reason=reason,
        next=NEXT[to],
    )
    return given


def _hands(case: Case, to: str) -> list[Hand]:
    kinds = {"preparation": "prepare", "deferred": "set_agenda"}
    if to not in kinds:
        return []
    house = case.shared_with_id or case.owner_id
    return [Hand(kind=kinds[to], role="secretariat_lead", entity_id=house)]


def _row(case: Case, municipality_id: int, at: datetime, level: str) -> Decision:
    """The row to be decided: a new one for each round, so that what was decided before stands."""
    rows = Decision.objects.filter(case=case, municipality_id=municipality_id, level=level).order_by("-round")
    last = rows.first()
    if last is not None and not last.outcome:
        return last
    # The row is the municipality's own; the cooperation only sees it.
    return Decision.objects.create(
        owner_id=municipality_id,
        shared_with_id=case.shared_with_id if case.shared_with_id != municipality_id else None,
        case=case,
        municipality_id=municipality_id,
        level=level,
        round=_next_round(case, level),
        asked_at=at,
    )


def _next_round(case: Case, level: str) -> int:
    """The same for everyone who is asked together: one above the last round in which anyone has answered."""
    answered = Decision.objects.filter(case=case, level=level).exclude(outcome="")
    return (answered.aggregate(last=Max("round"))["last"] or 0) + 1


@transaction.atomic
def ask_decisions(*, by: Actor, at: datetime, case: Case) -> list[Decision]:
    """Ask the chief executive of each participating municipality to decide for it."""
    initiative = Initiative.objects.get(pk=case.initiative_id or 0)
    asked = [place.pk for place in sharers(initiative, at)]
    rows = [_row(case, municipality_id, at, Decision.Level.CHIEF_EXECUTIVE) for municipality_id in asked]
    due = localdate(at) + timedelta(days=DAYS_TO_DECIDE)
    hands = [
        Hand(
            kind="decide",
            role="chief_executive",
            entity_id=row.municipality_id,
            object_id=row.pk,
            due=due,
        )
        for row in rows
    ]
    event = DecisionsAsked(initiative_id=initiative.pk, case_id=case.pk, municipality_ids=tuple(asked))
    move_case(by=by, at=at, case=case, to="at_chief_executive", event=event, hands=hands, due=due)
    for row in rows:
        tell(
            by=by,
            at=at,
            initiative=initiative,
            people=holders("chief_executive", entity_id=row.municipality_id, on=localdate(at)),
            code="cases.decide",
            subject=_("Decide: %(title)s"),
            body=_("%(reference)s waits for your decision by %(due)s."),
            path=reverse("cases:decision_decide", args=[row.pk]),
            due=due.strftime("%d.%m.%Y"),
        )
    return rows
