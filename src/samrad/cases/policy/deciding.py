"""Who may withdraw and decide, and what the municipalities' answers make of a case."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.cases.models import Case, Condition, Decision
from samrad.cases.workflow import CLOSED_STATES
from samrad.core.verdict import Lack, Verdict
from samrad.organisation.actors import Actor

Outcome = Decision.Outcome
BEING_DECIDED = ("at_chief_executive", "at_political_level")
NEEDS_REASON = frozenset({Outcome.REJECTED, Outcome.DEFERRED, Outcome.SENT_BACK})


def can_withdraw(by: Actor, case: Case, *, kinds: frozenset[str]) -> Verdict:
    """May this person withdraw the need? Those who write it and the need owner, until it is decided."""
    if not by.is_person or not kinds & {"author", "need_owner", "lead"}:
        return Verdict.no(_("Only those who write the need and the need owner can withdraw it."))
    if case.state in CLOSED_STATES:
        return Verdict.no(_("The case is closed, so it can no longer be withdrawn."))
    return Verdict.yes()


def can_decide(by: Actor, decision: Decision, case: Case) -> Verdict:
    """May this person decide now? The municipality's own chief executive or, in the line, the owning head of sector."""
    in_line = decision.level == Decision.Level.LINE
    if in_line:
        sector = case.initiative.owning_sector_id if case.initiative else None
        if not sector or not by.holds("sector_head", entity_id=decision.municipality_id, unit_id=sector):
            return Verdict.no(_("Only the head of the sector that owns the need can decide."))
    elif decision.is_political:
        if not by.may("cases.record_result", decision.municipality_id):
            return Verdict.no(
                _("Only the chief executive and the records manager can record what the political body decided.")
            )
    elif not by.holds("chief_executive", entity_id=decision.municipality_id):
        return Verdict.no(_("Only the chief executive of the municipality can decide for it."))
    if decision.outcome:
        return Verdict.no(_("Your municipality has already decided in this case."))
    if in_line and case.state != "at_sector_head":
        return Verdict.no(_("The case does not lie with the head of sector now."))
    if not in_line and case.state not in BEING_DECIDED:
        return Verdict.no(_("The case does not lie with the chief executives now."))
    return Verdict.yes()


def answers_for(by: Actor, condition: Condition) -> bool:
    """Is the condition this person's: the one responsible, or the chief executive of the municipality?"""
    chief = by.holds("chief_executive", entity_id=condition.owner_id)
    return chief or (by.is_person and by.person_id == condition.responsible_id)


def can_meet(by: Actor, condition: Condition) -> Verdict:
    """May this person tick off the condition? The one responsible, and the chief executive of the municipality."""
    if condition.met_at is not None:
        return Verdict.no(_("The condition has been ticked off."))
    if answers_for(by, condition):
        return Verdict.yes()
    return Verdict.no(_("Only the one responsible and the chief executive can tick off the condition."))


def outcomes_at(level: str) -> list[Outcome]:
    """What can be decided at a level: in the line and the secretariat nothing is deferred."""
    if level == Decision.Level.SECRETARIAT:
        return [Outcome.APPROVED, Outcome.REJECTED]
    if level == Decision.Level.LINE:
        return [o for o in Outcome if o != Outcome.DEFERRED]
    return list(Outcome)


def condition_lacks(rows: Sequence[tuple[str, int | None, date | None]], people: Collection[int]) -> tuple[Lack, ...]:
    """What each condition lacks: a text, one of the people who can be responsible, and a deadline."""
    found = []
    for number, (text, responsible, due) in enumerate(rows, 1):
        if not text.strip() and responsible is None and due is None:
            continue
        if not text.strip():
            found.append(Lack(_("Write the condition."), f"id_condition_{number}_text"))
        if responsible not in people:
            found.append(Lack(_("Choose who is responsible for the condition."), f"id_condition_{number}_responsible"))
        if due is None:
            found.append(Lack(_("Say by when the condition must be met."), f"id_condition_{number}_due"))
    return tuple(found)


def decision_lacks(outcome: str, text: str, amount_kr: Decimal | None, conditions: Collection[str]) -> tuple[Lack, ...]:
    """What a decision still lacks, each with its field."""
    found = []
    if outcome not in Outcome.values:
        found.append(Lack(_("Choose what you decide."), "id_outcome"))
    if outcome in NEEDS_REASON and not text.strip():
        found.append(Lack(_("Say why. Those who reported the need will read it."), "id_text"))
    if outcome == Outcome.APPROVED_WITH_CONDITIONS and not [c for c in conditions if c.strip()]:
        found.append(Lack(_("Write at least one condition."), "id_condition_1_text"))
    if amount_kr is not None and amount_kr < 0:
        found.append(Lack(_("The amount cannot be below 0."), "id_amount_kr"))
    return tuple(found)


def result_lacks(
    decision: Decision,
    outcome: str,
    text: str,
    amount_kr: Decimal | None,
    case_number: str,
    day: date | None,
    *,
    on: date,
) -> tuple[Lack, ...]:
    """What the record of a political decision still lacks (flow.md D.3 row 15): case number, day, text and amount."""
    if not decision.is_political:
        return ()
    found = []
    if not case_number.strip():
        found.append(Lack(_("Write the case number of the political body."), "id_case_number"))
    if day is None:
        found.append(Lack(_("Write the day it was decided."), "id_decided_date"))
    elif day > on:
        found.append(Lack(_("The day it was decided cannot be in the future."), "id_decided_date"))
    elif decision.sent_on_at is not None and day < localdate(decision.sent_on_at):
        found.append(Lack(_("The day it was decided cannot be before the case was sent there."), "id_decided_date"))
    if not text.strip() and outcome not in NEEDS_REASON:
        found.append(Lack(_("Write the decision as it stands in the minutes."), "id_text"))
    if outcome in Decision.YES and amount_kr is None:
        found.append(Lack(_("Write the amount. Write 0 where no money is given."), "id_amount_kr"))
    return tuple(found)


def can_be_approved(outcome: str, *, needs_budget: bool, level: str, treated: bool) -> Verdict:
    """May it be approved? What needs budget only after the council, or by the secretariat within its mandate (S23)."""
    if outcome not in Decision.YES or not needs_budget or level == Decision.Level.SECRETARIAT:
        return Verdict.yes()
    if level == Decision.Level.LINE:
        return Verdict.no(
            _("It needs budget now, so it cannot be decided in the line. Send it back to the secretariat.")
        )
    if treated:
        return Verdict.yes()
    return Verdict.no(_("It needs budget, so the council must treat it before it can be approved."))


def can_send_on(by: Actor, decision: Decision, case: Case) -> Verdict:
    """May this person let another organ of the municipality decide? Its chief executive, until it is decided."""
    if not by.holds("chief_executive", entity_id=decision.municipality_id):
        return Verdict.no(_("Only the chief executive can send the case on in the municipality."))
    if decision.outcome:
        return Verdict.no(_("Your municipality has already decided in this case."))
    if decision.level != Decision.Level.CHIEF_EXECUTIVE or case.state not in BEING_DECIDED:
        return Verdict.no(_("The case does not lie with the chief executives now."))
    return Verdict.yes()


AUTHORITIES = {
    Decision.Level.CHIEF_EXECUTIVE: gettext_lazy(
        "Authority delegated by the municipal council, Local Government Act section 13-1"
    ),
    Decision.Level.LINE: gettext_lazy(
        "Authority the head of sector has from the chief executive, within the sector's own budget"
    ),
    Decision.Organ.EXECUTIVE_COMMITTEE: gettext_lazy(
        "Authority delegated by the municipal council, Local Government Act section 5-6"
    ),
    Decision.Organ.MUNICIPAL_COUNCIL: gettext_lazy("The municipal council's own, Local Government Act section 5-3"),
}


def authority_of(typed: str, decision: Decision) -> str:
    """The authority a decision is taken under: what was typed, else what one has at that level."""
    place = decision.organ if decision.organ in AUTHORITIES else decision.level
    return typed.strip() or str(AUTHORITIES.get(place, ""))  # type: ignore[call-overload]


def line_state(outcome: str) -> str:
    """The state the head of sector's decision gives the case."""
    if outcome in (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS):
        return "decided_in_line"
    return str(outcome)


def settled_state(outcomes: Collection[str]) -> str:
    """The state the answers give the case, once every municipality has answered."""
    given = set(outcomes)
    yes = {Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS}
    if given <= yes:
        conditional = Outcome.APPROVED_WITH_CONDITIONS in given
        return "approved_with_conditions" if conditional else "approved"
    if given & yes:
        return "partly_approved"
    for outcome in (Outcome.SENT_BACK, Outcome.DEFERRED):
        if outcome in given:
            return str(outcome.value)
    return "rejected"
