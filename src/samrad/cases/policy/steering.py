"""Who may steer a case: say how it is paid, give an assignment, tell at home, stop, pause, merge and open it anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from samrad.cases.models import Assignment, Case, CostPlan, Decision, Turn
from samrad.cases.workflow import CLOSED_STATES
from samrad.core.verdict import Lack, Verdict
from samrad.governance.models import CostKey
from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor
from samrad.organisation.roles import COUNCIL


def can_plan_costs(by: Actor, case: Case, decisions: Iterable[Decision]) -> Verdict:
    """May this person say how the cost is shared? The secretariat that treats the case, until somebody has decided by it."""
    if not by.may("cases.plan_costs", case.shared_with_id or case.owner_id):
        return Verdict.no(_("Only the secretariat that treats the case can say how its cost is shared."))
    if case.state in CLOSED_STATES:
        return Verdict.no(_("The case is closed."))
    if any(d.outcome in Decision.YES for d in decisions):
        return Verdict.no(_("A municipality has approved its share already, so the shares stand."))
    return Verdict.yes()


def plan_lacks(
    plan: CostPlan, places: dict[int, str], inhabitants: dict[int, int | None], hosts: Iterable[int]
) -> tuple[Lack, ...]:
    """What the sharing of a cost still lacks, each with its field."""
    found = []
    if plan.key not in CostKey.values:
        found.append(Lack(_("Choose how the cost is shared."), "id_key"))
    if plan.key == CostKey.MIXED and not (plan.equal_percent is not None and 0 <= plan.equal_percent <= 100):
        found.append(Lack(_("Write how many per cent are shared equally."), "id_equal_percent"))
    if plan.key == CostKey.USE:
        if not any(plan.use.get(str(pk)) for pk in places):
            first = f"id_use_{next(iter(places), 0)}"
            found.append(Lack(_("Write how much at least one municipality uses."), first))
    elif plan.key in (CostKey.MIXED, CostKey.INHABITANTS) and not all(inhabitants.get(pk) for pk in places):
        missing = ", ".join(name for pk, name in places.items() if not inhabitants.get(pk))
        text = _("The number of inhabitants is not registered for %(places)s. Choose another key.")
        found.append(Lack(text % {"places": missing}, "id_key"))
    if plan.host_id is not None and plan.host_id not in set(hosts):
        found.append(Lack(_("The host must be one of those who take part."), "id_host"))
    if plan.start_count is not None and not 1 <= plan.start_count <= len(places):
        text = _("Write a number from 1 to %(most)s.") % {"most": len(places)}
        found.append(Lack(text, "id_start_count"))
    return tuple(found)


def can_tell_at_home(by: Actor, decision: Decision) -> Verdict:
    """May this person say that the municipality is told at home? Its members of the council, and its chief executive (D.5)."""
    chief = by.holds("chief_executive", entity_id=decision.municipality_id)
    member = by.entity_id == decision.municipality_id and any(held.role in COUNCIL for held in by.held)
    if not (chief or member):
        return Verdict.no(_("Only the municipality's members of the council and its chief executive can do this."))
    if not decision.outcome:
        return Verdict.no(_("The municipality has not decided yet."))
    if decision.informed_at is not None:
        return Verdict.no(_("The municipality has been told already."))
    return Verdict.yes()


def can_assign(by: Actor, decision: Decision) -> Verdict:
    """May this person give an assignment that follows from a decision? Who decides for the municipality, or records it."""
    if not by.may("cases.record_result" if decision.is_political else "cases.decide", decision.municipality_id):
        return Verdict.no(_("Only those who decide for the municipality, or record it, can give an assignment."))
    if not decision.outcome:
        return Verdict.no(_("Decide first. An assignment follows from a decision."))
    return Verdict.yes()


def assignment_lacks(
    text: str, person_id: int | None, due: date | None, people: Iterable[int], *, on: date
) -> tuple[Lack, ...]:
    """What an assignment still lacks."""
    found = []
    if not text.strip():
        found.append(Lack(_("Write what is asked for."), "id_text"))
    if person_id not in set(people):
        found.append(Lack(_("Choose who gets the assignment."), "id_person"))
    if due is None or due < on:
        found.append(Lack(_("Choose a deadline that has not passed."), "id_due"))
    return tuple(found)


def can_answer_assignment(by: Actor, assignment: Assignment) -> Verdict:
    """May this person take on or answer the assignment? The one it is given to, once."""
    if not by.is_person or by.person_id != assignment.person_id:
        return Verdict.no(_("Only the one who has the assignment can answer it."))
    if assignment.answered_at is not None:
        return Verdict.no(_("The assignment is answered."))
    return Verdict.yes()


REOPENS = frozenset({"rejected", "withdrawn", "stopped", "redirected", "merged"})
ENDED = frozenset({Initiative.Status.STOPPED, Initiative.Status.MERGED})


def _can_reopen(case: Case, initiative: Initiative, kinds: frozenset[str], *, may_stop: bool) -> Verdict:
    """A new case, and the old one stays closed (D.2): after a no, and of a project that was decided and has ended since."""
    said_no = case.state in REOPENS
    if not (may_stop or (said_no and kinds & {"author", "lead"})):
        if said_no:
            return Verdict.no(
                _("Only those who write the need, the need owner and the head of the secretariat can do this.")
            )
        return Verdict.no(_("Only the need owner, the chief executive and the head of the secretariat can do this."))
    ended = case.state in CLOSED_STATES and initiative.status in ENDED
    return Verdict.yes() if said_no or ended else Verdict.no(_("The case is not closed without a yes."))


def can_turn(by: Actor, case: Case, initiative: Initiative, kind: str, *, kinds: frozenset[str]) -> Verdict:
    """May this person stop, pause, take up, merge or open the case anew now?"""
    house, closed = case.shared_with_id or case.owner_id, case.state in CLOSED_STATES
    may_stop = "need_owner" in kinds or by.may("cases.stop", house, initiative.owner_id)
    if kind == Turn.Kind.MERGED and not by.may("cases.merge", house):
        return Verdict.no(_("Only the secretariat that treats the case can merge it with another."))
    if kind in (Turn.Kind.MERGED, Turn.Kind.REOPENED) and case.kind != Case.Kind.SUBMISSION:
        return Verdict.no(_("The case is about a project that is decided. Ask anew from the project."))
    if kind == Turn.Kind.REOPENED:
        return _can_reopen(case, initiative, kinds, may_stop=may_stop)
    if kind in (Turn.Kind.STOPPED, Turn.Kind.PAUSED, Turn.Kind.RESUMED) and not may_stop:
        return Verdict.no(_("Only the need owner, the chief executive and the head of the secretariat can do this."))
    paused = initiative.status == Initiative.Status.PAUSED
    if closed:
        return Verdict.no(_("The case is closed."))
    if kind == Turn.Kind.RESUMED and not paused:
        return Verdict.no(_("The case is not paused."))
    if kind == Turn.Kind.PAUSED and paused:
        return Verdict.no(_("The case is paused already."))
    return Verdict.yes()


def can_merge_into(case: Case, into: Case | None) -> Verdict:
    """Can the case go on as part of this one? Another that is open, of the same house."""
    if into is None or into.pk == case.pk or into.initiative_id == case.initiative_id:
        text = _("Choose another initiative that is open.")
        return Verdict.no(text, (Lack(text, "id_into"),))
    if into.state in CLOSED_STATES or (into.shared_with_id or into.owner_id) != (case.shared_with_id or case.owner_id):
        text = _("Choose another initiative that is open.")
        return Verdict.no(text, (Lack(text, "id_into"),))
    return Verdict.yes()
