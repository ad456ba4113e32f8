"""Where a case goes, and by which rule (flow.md D.8): facts and mandates in, an answer out. And who may change the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samrad.core.verdict import Lack, Verdict
from samrad.governance.criteria import AXES, WHOLE, Criterion
from samrad.governance.models import Body, Mandate, PlannedMeeting, Requirement, Rule, Seat
from samrad.governance.queries import policy_for, two_adopt_mandates
from samrad.governance.queries.cycle import meetings_of
from samrad.governance.standards import ANSWER_DAYS
from samrad.organisation.actors import Actor
from samrad.organisation.policy import can_administer

REDIRECTED, LINE = "redirected", "line"

# Why a case goes where it goes, as a citizen could read it.
RULES: dict[str, Promise] = {
    "not_development": _("It is operation or maintenance, so the line or the service desk handles it."),
    "needs_budget": _("It needs budget, and no mandate lets anyone lower decide it."),
    "within_mandate": _("It is within the secretariat's mandate."),
    "no_budget": _("It needs no budget, and no mandate claims it: the owning sector decides."),
    "legal_duty": _("It is a legal duty: the council sees it with the duty shown apart."),
}

# Why the secretariat may not decide it by its mandate.
FAILING: dict[str, Promise] = {
    "adopted": _("The secretariat's mandate is not in force in every member municipality."),
    "type": _("The secretariat's mandate does not hold for this type."),
    "amount": _("It costs more than the secretariat may decide in one case."),
    "frame": _("It costs more than what is left of the secretariat's frame this year."),
}


def can_plan_cycle(by: Actor, *houses: int | None) -> Verdict:
    """May this person lay out the annual cycle? Whoever prepares the body's cases or administers the house, and the system."""
    if not by.is_person and by.entity_id is not None:
        return Verdict.yes()
    if by.is_person and by.may("governance.plan_cycle", *houses):
        return Verdict.yes()
    return Verdict.no(gettext("Only the secretariat and administrators can change the annual cycle."))


def can_read_cycle(by: Actor) -> Verdict:
    """May this person read the annual cycle? Everyone who works in the house or is elected there."""
    return Verdict.yes() if by.is_person else Verdict.no(gettext("You must sign in to do this."))


def can_change_planned(planned: PlannedMeeting) -> Verdict:
    """May this planned meeting be changed in the annual cycle? Not once it is set up: then it is moved on its own page."""
    if meetings_of([planned]):
        return Verdict.no(
            gettext("The meeting is set up. Move or cancel it on its own page, and the annual cycle follows.")
        )
    return Verdict.yes()


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What routing asks about a case."""

    classification: str
    needs_budget: bool
    amount_kr: Decimal = Decimal(0)
    legal_duty: bool = False
    participants: frozenset[int] = frozenset()
    members: frozenset[int] = frozenset()
    spent_this_year_kr: Decimal = Decimal(0)
    taken_out_kr: Decimal = Decimal(0)
    """What municipalities that have left took with them of the year's frame."""


@dataclass(frozen=True)
class Route:
    """The body that treats the case, the rule that says so, and whether the law demands the initiative."""

    body_kind: str
    rule: str
    duty: bool = False
    failing: str = ""
    """Which of the mandate's rules keeps the secretariat from deciding, where it has a mandate."""

    @property
    def reason(self) -> str:
        """Why, as a citizen could read it, with the rule of the mandate that does not hold."""
        return " ".join(str(text) for text in (RULES[self.rule], FAILING.get(self.failing)) if text)


def failing_rule(facts: Facts, mandate: Mandate) -> str:
    """The first of the mandate's rules that does not hold (S40.AK1); empty where the secretariat may decide.

    In force in every member municipality, the type, the amount of a case, and what is left of the year's frame.
    """
    frame = mandate.amount_per_year
    if not facts.members | facts.participants <= set(mandate.adopted_in_ids):
        return "adopted"
    if facts.classification not in mandate.may_decide_types:
        return "type"
    if mandate.amount_per_case is None or facts.amount_kr > mandate.amount_per_case:
        return "amount"
    if frame is not None and facts.spent_this_year_kr + facts.amount_kr > frame - facts.taken_out_kr:
        return "frame"
    return ""


def route(facts: Facts, mandates: Sequence[Mandate]) -> Route:
    """Which body treats a case with these facts, under the mandates in force, and by which rule."""
    duty = facts.legal_duty
    if facts.classification != "development":
        return Route(REDIRECTED, "not_development", duty)
    own = [m for m in mandates if m.body.kind == Body.Kind.SECRETARIAT and m.amount_per_case is not None]
    failing = [failing_rule(facts, mandate) for mandate in own]
    within = "" in failing
    if facts.needs_budget and not within:
        return Route(Body.Kind.COUNCIL, "needs_budget", duty, failing[0] if failing else "")
    if within:
        return Route(Body.Kind.SECRETARIAT, "within_mandate", duty)
    if not duty:
        return Route(LINE, "no_budget")
    return Route(Body.Kind.COUNCIL, "legal_duty", duty)


class _Version(Protocol):
    valid_from: date


def can_replace(last: _Version | None, valid_from: date) -> Verdict:
    """May a new version begin on this day? Only after the one before it began: what was in force, was in force."""
    if last is None or valid_from > last.valid_from:
        return Verdict.yes()
    text = gettext("The new version must begin after the one before it, which began on %(day)s.")
    return Verdict.no(text % {"day": f"{last.valid_from:%d.%m.%Y}"}, (Lack(text, "id_valid_from"),))


def can_record_adoption(by: Actor, mandate: Mandate) -> Verdict:
    """May this person record that a municipality has adopted the mandate? Not of a version that is withdrawn."""
    if mandate.state == Mandate.State.WITHDRAWN:
        return Verdict.no(gettext("This version is withdrawn."))
    return can_administer(by, mandate.owner_id)


def can_write_mandate(last: Mandate | None) -> Verdict:
    """May a new version be written after this one? Not while it waits for somebody to adopt it."""
    if last is None or last.state != Mandate.State.PROPOSED:
        return Verdict.yes()
    text = gettext("Version %(n)s waits to be adopted. Adopt it or withdraw it first.")
    return Verdict.no(text % {"n": last.version})


def can_second_mandate(by: Actor, mandate: Mandate, *, on: date) -> Verdict:
    """May this person adopt the version that waits? Two people look at it, so not the one who wrote it."""
    if mandate.state != Mandate.State.PROPOSED:
        return Verdict.no(gettext("This version does not wait to be adopted."))
    allowed = can_administer(by, mandate.owner_id)
    own = by.is_person and by.person_id == mandate.written_by_id
    if allowed and own and two_adopt_mandates(mandate.owner_id, on=on):
        return Verdict.no(gettext("You wrote this version. Another administrator must read it and adopt it."))
    return allowed


def can_withdraw_mandate(by: Actor, mandate: Mandate, *, on: date) -> Verdict:
    """May this person withdraw the version? Those who adopt may, until the day it comes into force."""
    if mandate.state == Mandate.State.WITHDRAWN:
        return Verdict.no(gettext("This version is withdrawn already."))
    if mandate.state == Mandate.State.ADOPTED and mandate.valid_from <= on:
        return Verdict.no(gettext("This version has come into force already. Adopt a new version instead."))
    return can_administer(by, mandate.owner_id)


def can_confirm(by: Actor, seat: Seat) -> Verdict:
    """May this person confirm the criteria for the one who holds the seat? Not for oneself."""
    if by.is_person and by.person_id == seat.person_id:
        return Verdict.no(gettext("Someone else must confirm the criteria for you."))
    if not by.is_person or by.may("governance.confirm_criteria", seat.owner_id) or can_administer(by, seat.owner_id):
        return Verdict.yes()
    return Verdict.no(gettext("Only an administrator, the head of the secretariat and the chair confirm the criteria."))


def seat_lacks(seat: Seat) -> tuple[Lack, ...]:
    """What is wrong with a seat as it is about to be written."""
    if seat.valid_to is not None and seat.valid_to < seat.valid_from:
        return (Lack(gettext("The last day cannot be before the first."), "id_valid_to"),)
    other = seat.substitute_for
    if other is not None and seat.position != Seat.Position.SUBSTITUTE:
        return (Lack(gettext("Only a substitute sits in for someone else's seat."), "id_substitute_for"),)
    if other is not None and (other.body_id != seat.body_id or other.person_id == seat.person_id):
        return (Lack(gettext("Choose another person's seat in the same body."), "id_substitute_for"),)
    return ()


def can_keep_arenas(by: Actor, owner_id: int) -> Verdict:
    """May this person enter arenas and note their meetings?"""
    if not by.is_person or by.may("governance.keep_arenas", owner_id) or can_administer(by, owner_id):
        return Verdict.yes()
    return Verdict.no(gettext("Only the secretariat, coordinators and heads of expert groups keep the arenas."))


def split_lacks(reserved: int, shares: Mapping[int, int]) -> tuple[Lack, ...]:
    """The municipalities' shares make up what is reserved, where any is given."""
    total = sum(shares.values())
    if (not total and len(shares) < 2) or total == reserved:
        return ()
    text = gettext(
        "The shares make up %(total)s per cent, but %(reserved)s per cent is reserved. They must be the same."
    )
    return (Lack(text % {"total": total, "reserved": reserved}, "id_reserved_percent"),)


ALWAYS = frozenset({"responsible"})
"""What no house can do without: an initiative has a need owner and someone responsible (S7)."""


def can_end_requirement(by: Actor, requirement: Requirement, *, on: date) -> Verdict:
    """May this person switch the requirement off? Its owner and the administrators, while it is in force or to come."""
    if requirement.code in ALWAYS:
        return Verdict.no(gettext("Somebody must always be responsible, so this cannot be switched off."))
    if requirement.valid_to is not None and requirement.valid_to < on:
        return Verdict.no(gettext("The requirement is switched off already."))
    if by.is_person and by.person_id == requirement.responsible_id:
        return Verdict.yes()
    if can_administer(by, requirement.owner_id):
        return Verdict.yes()
    return Verdict.no(gettext("Only the one who owns the requirement and an administrator can switch it off."))


def can_end_rule(by: Actor, rule: Rule, *, on: date) -> Verdict:
    """May this person switch the version of a rule off? Not once it has ended: until then it was in force."""
    if rule.code == ANSWER_DAYS:
        return Verdict.no(gettext("An idea always has a deadline. Adopt another number of days instead."))
    if rule.valid_to is not None and rule.valid_to < on:
        return Verdict.no(gettext("The rule is switched off already."))
    return can_administer(by, rule.owner_id)


def criteria_lacks(criteria: Sequence[Criterion]) -> tuple[Lack, ...]:
    """What is wrong with the criteria as they are about to be adopted: both axes, words for 1, 3 and 5, weights of 100."""
    found = []
    for number, one in enumerate(criteria):
        for part in ("name", "low", "middle", "high"):
            if not str(getattr(one, part)).strip():
                found.append(Lack(gettext("Write in words what the score means."), f"id_{part}_{number}"))
        if one.axis not in AXES or not 1 <= one.weight <= WHOLE:
            found.append(Lack(gettext("Write the weight as a whole number, from 1 to 100."), f"id_weight_{number}"))
    if {one.axis for one in criteria} != set(AXES):
        found.append(Lack(gettext("Have at least one criterion for benefit and one for feasibility."), "id_name_0"))
    total = sum(one.weight for one in criteria)
    if not found and total != WHOLE:
        text = gettext("The weights make up %(total)s. They must make up 100.") % {"total": total}
        found.append(Lack(text, "id_weight_0"))
    return tuple(found)


LONGEST_ANSWER = 365


def rule_lacks(code: str, amount: Decimal | None) -> Verdict:
    """Can the program go by the rule as it is about to be written? A deadline is a whole number of days, a year at most."""
    if code != ANSWER_DAYS or (amount is not None and amount % 1 == 0 and 1 <= amount <= LONGEST_ANSWER):
        return Verdict.yes()
    text = gettext("Write a whole number of days, from 1 to %(most)s.") % {"most": LONGEST_ANSWER}
    return Verdict.no(text, (Lack(text, "id_amount"),))


class _Limit(Protocol):
    @property
    def below_kr(self) -> Decimal | None: ...
    @property
    def below_hours(self) -> int | None: ...


def limits_lacks(limits: Sequence[_Limit]) -> Verdict:
    """Do the limits rise from class to class?"""
    for number, (low, high) in enumerate(pairwise(limits)):
        if low.below_kr is None or (high.below_kr is not None and high.below_kr <= low.below_kr):
            text = gettext("Each class must go further than the one before it.")
            return Verdict.no(text, (Lack(text, f"id_kr_{number}"),))
    return Verdict.yes()


def can_send_needs(by: Actor) -> Verdict:
    """Does the house's submission policy let this person send in a need? Where there is none, every employee may."""
    policy = policy_for(by.entities)
    if policy is None:
        return Verdict.yes()
    held = {h.role for h in by.held} | by.roles_in(by.entities)
    if held & set(policy.need_roles):
        return Verdict.yes()
    return Verdict.no(
        gettext(
            "Where you work, others send in needs. Talk to your leader or the head of the expert group about yours."
        )
    )
