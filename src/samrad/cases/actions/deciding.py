"""Deciding for a municipality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.cases.actions.moving import Hand, close_tasks, hand_out, move_case
from samrad.cases.actions.telling import tell_condition, tell_decided, tell_settled
from samrad.cases.events import AtPoliticalLevel, CaseSettled, ConditionMet, ConditionSet, Decided
from samrad.cases.models import Case, Condition, Decision
from samrad.cases.policy import (
    answers_for,
    authority_of,
    can_be_approved,
    can_decide,
    can_meet,
    condition_lacks,
    decision_lacks,
    line_state,
    outcomes_at,
    result_lacks,
    settled_state,
)
from samrad.cases.queries import current_decisions, lock_case, requires_budget, responsible_people
from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Stale, Verdict
from samrad.governance.models import Body
from samrad.governance.queries import mandate_in_force
from samrad.initiatives.actions import lock_initiative, reach_stage, set_phase
from samrad.initiatives.models import Initiative
from samrad.initiatives.policy import house_id
from samrad.organisation.actors import Actor


@dataclass(frozen=True, kw_only=True)
class NewCondition:
    """A condition attached to a decision: what, whose, by when."""

    text: str
    responsible_id: int | None = None
    due: date | None = None


@transaction.atomic
def decide(
    *,
    by: Actor,
    at: datetime,
    decision_id: int,
    version: int | None,
    outcome: str,
    text: str = "",
    amount_kr: Decimal | None = None,
    conditions: Sequence[NewCondition] = (),
    authority: str = "",
    case_number: str = "",
    decided_date: date | None = None,
) -> Decision:
    """Decide for one's own municipality or sector: approve, approve with conditions, reject, defer or send back.

    `case_number`, `decided_date`: where and when a political body decided, which is recorded afterwards.
    """
    # The initiative and the case first, so that two who decide at once come one after the other, and the last one settles it.
    found = Decision.objects.select_related("case").get(pk=decision_id)
    initiative = lock_initiative(found.case.initiative_id or 0, None)
    case = lock_case(found.case_id)
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision_id)
    can_decide(by, decision, case).require()
    if version is not None and version != decision.version:
        raise Stale(_("Someone has changed the decision since you opened the page. Look at it again."))
    on = localdate(at)
    lacks = _lacks(decision, initiative, outcome, text, amount_kr, conditions, on=on)
    lacks += result_lacks(decision, outcome, text, amount_kr, case_number, decided_date, on=on)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    budget, treated = requires_budget(initiative, on=on), case.recommendations.exists()
    can_be_approved(outcome, needs_budget=budget, level=decision.level, treated=treated).require()
    decision.outcome, decision.text, decision.authority = outcome, text.strip(), authority_of(authority, decision)
    if decision.is_political:
        decision.case_number, decision.decided_date = case_number.strip(), decided_date
    decision.mandate = mandate_in_force(house_id(initiative), Body.Kind.COUNCIL, on=on)
    decision.amount_kr = amount_kr
    decision.decided_at, decision.decided_by_id = at, by.person_id
    decision.version += 1
    decision.save()
    _tell_and_go_on(by=by, at=at, decision=decision, case=case, initiative=initiative, conditions=conditions)
    return decision


def _tell_and_go_on(
    *,
    by: Actor,
    at: datetime,
    decision: Decision,
    case: Case,
    initiative: Initiative,
    conditions: Sequence[NewCondition],
) -> None:
    """What follows from a decision: its conditions, who is told, and the case's outcome where it was the last."""
    event = Decided(
        initiative_id=case.initiative_id,
        case_id=case.pk,
        decision_id=decision.pk,
        municipality_id=decision.municipality_id,
        outcome=decision.outcome,
    )
    kept = _keep_conditions(decision, conditions)
    kind = (
        "decide_in_line" if decision.level == Decision.Level.LINE else "record_result" if decision.organ else "decide"
    )
    close_tasks(by=by, at=at, house=case, event=event, kind=kind, object_id=decision.pk)
    alone = current_decisions(case, decision.level).count() == 1
    tell_decided(by=by, at=at, initiative=initiative, decisions=[decision], on=localdate(at), alone=alone)
    _settle(by=by, at=at, case=case, initiative=initiative, level=decision.level)
    for condition in kept:
        _ask_to_meet(by=by, at=at, condition=condition, initiative=initiative)


def _lacks(
    decision: Decision,
    initiative: Initiative,
    outcome: str,
    text: str,
    amount_kr: Decimal | None,
    conditions: Sequence[NewCondition],
    *,
    on: date,
) -> tuple[Lack, ...]:
    lacks = decision_lacks(outcome, text, amount_kr, [c.text for c in conditions])
    if outcome not in outcomes_at(decision.level):
        lacks = lacks or (Lack(_("Choose what you decide."), "id_outcome"),)
    if outcome == Decision.Outcome.APPROVED_WITH_CONDITIONS:
        people = set(responsible_people(decision, initiative, on=on).values_list("pk", flat=True))
        lacks += condition_lacks([(c.text, c.responsible_id, c.due) for c in conditions], people)
    return lacks


def _keep_conditions(decision: Decision, conditions: Sequence[NewCondition]) -> list[Condition]:
    if decision.outcome != Decision.Outcome.APPROVED_WITH_CONDITIONS:
        return []
    return [
        Condition.objects.create(
            **house_of(decision),
            decision=decision,
            text=condition.text.strip(),
            responsible_id=condition.responsible_id,
            due_date=condition.due,
        )
        for condition in conditions
        if condition.text.strip()
    ]


def _ask_to_meet(*, by: Actor, at: datetime, condition: Condition, initiative: Initiative) -> None:
    """The one responsible gets the condition among what waits, and hears of it."""
    person_id = condition.responsible_id or 0
    hand = Hand(kind="meet_condition", person_id=person_id, object_id=condition.pk, due=condition.due_date)
    event = ConditionSet(
        initiative_id=initiative.pk,
        case_id=condition.decision.case_id,
        condition_id=condition.pk,
        person_id=person_id,
    )
    hand_out(by=by, at=at, house=condition, hand=hand, event=event, initiative=initiative)
    tell_condition(by=by, at=at, condition=condition, initiative=initiative)


@transaction.atomic
def meet_condition(*, by: Actor, at: datetime, condition_id: int) -> Condition:
    """Tick off a condition: it is met."""
    condition = Condition.objects.select_for_update(of=("self",)).select_related("decision__case").get(pk=condition_id)
    if condition.met_at is not None and answers_for(by, condition):
        return condition  # a second click
    can_meet(by, condition).require()
    condition.met_at, condition.met_by_id = at, by.person_id
    condition.save(update_fields=["met_at", "met_by"])
    case = condition.decision.case
    event = ConditionMet(initiative_id=case.initiative_id, case_id=case.pk, condition_id=condition.pk)
    close_tasks(by=by, at=at, house=condition, event=event, kind="meet_condition", object_id=condition.pk)
    return condition


@transaction.atomic
def to_political_level(*, by: Actor, at: datetime, case: Case) -> None:
    """Let the case stand at the political level when only political bodies have still to decide."""
    rows = [row for row in current_decisions(case, Decision.Level.CHIEF_EXECUTIVE) if not row.outcome]
    if case.state != "at_chief_executive" or not rows or not all(row.is_political for row in rows):
        return
    event = AtPoliticalLevel(initiative_id=case.initiative_id, case_id=case.pk)
    move_case(by=by, at=at, case=case, to="at_political_level", event=event, hands=[_recorder(row) for row in rows])


def _recorder(row: Decision) -> Hand:
    """Who records what another organ of the municipality decides: its chief executive sees to it."""
    return Hand(kind="record_result", role="chief_executive", entity_id=row.municipality_id, object_id=row.pk)


def _settle(*, by: Actor, at: datetime, case: Case, initiative: Initiative, level: str) -> None:
    """When the last who was asked has answered, the case gets its outcome and goes on."""
    outcomes = list(current_decisions(case, level).values_list("outcome", flat=True))
    if not all(outcomes):
        to_political_level(by=by, at=at, case=case)
        return
    in_line = level == Decision.Level.LINE
    state = line_state(outcomes[0]) if in_line else settled_state(outcomes)
    hands = []
    if state in {"deferred", "sent_back"}:
        house = case.shared_with_id or case.owner_id
        kind = "set_agenda" if state == "deferred" else "prepare"
        hands = [Hand(kind=kind, role="secretariat_lead", entity_id=house)]
    elif in_line:
        reach_stage(by=by, at=at, initiative=initiative, stage=Initiative.Stage.DECIDED)
    event = CaseSettled(initiative_id=initiative.pk, case_id=case.pk, state=state)
    move_case(by=by, at=at, case=case, to=state, event=event, hands=hands)
    if state == "rejected" and case.kind == Case.Kind.SUBMISSION:  # a no at a gate stops no project
        set_phase(by=by, at=at, initiative=initiative, status=Initiative.Status.REJECTED)
    if not in_line and len(outcomes) > 1:  # one decision alone has been told of already
        tell_settled(by=by, at=at, case=case, initiative=initiative, on=localdate(at))
