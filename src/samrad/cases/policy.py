"""Who may withdraw and decide, and what the municipalities' answers make of a case."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from django.utils.translation import gettext as _

from samrad.cases.models import Case, Decision
from samrad.cases.workflow import CLOSED_STATES
from samrad.core.verdict import Lack, Verdict
from samrad.organisation.actors import Actor

Outcome = Decision.Outcome
NEEDS_REASON = frozenset({Outcome.REJECTED, Outcome.DEFERRED, Outcome.SENT_BACK})


def can_withdraw(by: Actor, case: Case, *, kinds: frozenset[str]) -> Verdict:
    """May this person withdraw the need? Those who write it and the need owner, until it is decided."""
    if not by.is_person or not kinds & {"author", "need_owner", "lead"}:
        return Verdict.no(_("Only those who write the need and the need owner can withdraw it."))
    if case.state in CLOSED_STATES:
        return Verdict.no(_("The case is closed, so it can no longer be withdrawn."))
    return Verdict.yes()


def can_decide(by: Actor, decision: Decision, case: Case) -> Verdict:
    """May this person decide for the municipality now? Only its own chief executive, while the case lies there."""
    if not by.holds("chief_executive", entity_id=decision.municipality_id):
        return Verdict.no(_("Only the chief executive of the municipality can decide for it."))
    if decision.outcome:
        return Verdict.no(_("Your municipality has already decided in this case."))
    if case.state != "at_chief_executive":
        return Verdict.no(_("The case does not lie with the chief executives now."))
    return Verdict.yes()


def decision_lacks(outcome: str, text: str, amount_kr: Decimal | None, conditions: Collection[str]) -> tuple[Lack, ...]:
    """What a decision still lacks, each with its field."""
    found = []
    if outcome not in Outcome.values:
        found.append(Lack(_("Choose what you decide."), "id_outcome"))
    if outcome in NEEDS_REASON and not text.strip():
        found.append(Lack(_("Say why. Those who reported the need will read it."), "id_text"))
    if outcome == Outcome.APPROVED_WITH_CONDITIONS and not [c for c in conditions if c.strip()]:
        found.append(Lack(_("Write at least one condition."), "id_conditions"))
    if amount_kr is not None and amount_kr < 0:
        found.append(Lack(_("The amount cannot be below 0."), "id_amount_kr"))
    return tuple(found)


def authority_of(typed: str) -> str:
    """The authority a decision is taken under: what was typed, else what a chief executive is delegated by law."""
    return typed.strip() or _("Authority delegated by the municipal council, Local Government Act section 13-1")


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
