"""Deciding for a municipality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.cases.actions.moving import Hand, close_tasks, move_case
from samrad.cases.actions.telling import tell_decided, tell_settled
from samrad.cases.events import CaseSettled, Decided
from samrad.cases.models import Case, Condition, Decision
from samrad.cases.policy import authority_of, can_decide, decision_lacks, settled_state
from samrad.cases.queries import lock_case
from samrad.core.models import house_of
from samrad.core.verdict import Refused, Stale, Verdict
from samrad.initiatives.actions import lock_initiative, set_phase
from samrad.initiatives.models import Initiative
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
) -> Decision:
    """Decide for one's own municipality: approve, approve with conditions, reject, defer or send back."""
    # The initiative and the case first, so that two who decide at once come one after the other, and the last one settles it.
    found = Decision.objects.select_related("case").get(pk=decision_id)
    initiative = lock_initiative(found.case.initiative_id or 0, None)
    case = lock_case(found.case_id)
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision_id)
    can_decide(by, decision, case).require()
    if version is not None and version != decision.version:
        raise Stale(_("Someone has changed the decision since you opened the page. Look at it again."))
    lacks = decision_lacks(outcome, text, amount_kr, [c.text for c in conditions])
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    decision.outcome, decision.text, decision.authority = outcome, text.strip(), authority_of(authority)
    decision.amount_kr = amount_kr
    decision.decided_at, decision.decided_by_id = at, by.person_id
    decision.version += 1
    decision.save()
    _keep_conditions(decision, conditions)
    event = Decided(
        initiative_id=case.initiative_id,
        case_id=case.pk,
        decision_id=decision.pk,
        municipality_id=decision.municipality_id,
        outcome=outcome,
    )
    close_tasks(by=by, at=at, house=case, event=event, kind="decide", object_id=decision.pk)
    tell_decided(by=by, at=at, initiative=initiative, decision=decision, on=localdate(at))
    _settle(by=by, at=at, case=case, initiative=initiative)
    return decision


def _keep_conditions(decision: Decision, conditions: Sequence[NewCondition]) -> None:
    decision.conditions.all().delete()
    if decision.outcome != Decision.Outcome.APPROVED_WITH_CONDITIONS:
        return
    for condition in conditions:
        if condition.text.strip():
            Condition.objects.create(
                **house_of(decision),
                decision=decision,
                text=condition.text.strip(),
                responsible_id=condition.responsible_id,
                due_date=condition.due,
            )


def _settle(*, by: Actor, at: datetime, case: Case, initiative: Initiative) -> None:
    """When the last municipality has answered, the case gets its outcome and goes on."""
    outcomes = list(case.decisions.filter(level=Decision.Level.CHIEF_EXECUTIVE).values_list("outcome", flat=True))
    if not all(outcomes):
        return
    state = settled_state(outcomes)
    hands = []
    if state in {"deferred", "sent_back"}:
        house = case.shared_with_id or case.owner_id
        kind = "set_agenda" if state == "deferred" else "prepare"
        hands = [Hand(kind=kind, role="secretariat_lead", entity_id=house)]
    event = CaseSettled(initiative_id=initiative.pk, case_id=case.pk, state=state)
    move_case(by=by, at=at, case=case, to=state, event=event, hands=hands)
    if state == "rejected":
        set_phase(by=by, at=at, initiative=initiative, status=Initiative.Status.REJECTED)
    tell_settled(by=by, at=at, case=case, initiative=initiative, on=localdate(at))
