"""Where a case goes: which body treats it, and by which rule (flow.md D.8). Pure: facts and mandates in, an answer out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samrad.core.verdict import Verdict
from samrad.governance.models import Body, Mandate, PlannedMeeting
from samrad.governance.queries.cycle import meetings_of
from samrad.organisation.actors import Actor

REDIRECTED, LINE = "redirected", "line"

# Why a case goes where it goes, as a citizen could read it.
RULES: dict[str, Promise] = {
    "not_development": _("It is operation or maintenance, so the line or the service desk handles it."),
    "needs_budget": _("It needs budget, and no mandate lets anyone lower decide it."),
    "within_mandate": _("It is within the secretariat's mandate."),
    "no_budget": _("It needs no budget, and no mandate claims it: the owning sector decides."),
    "legal_duty": _("It is a legal duty: the council sees it with the duty shown apart."),
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
    spent_this_year_kr: Decimal = Decimal(0)


@dataclass(frozen=True)
class Route:
    """The body that treats the case, the rule that says so, and whether the law demands the initiative."""

    body_kind: str
    rule: str
    duty: bool = False

    @property
    def reason(self) -> Promise:
        return RULES[self.rule]


def _within(facts: Facts, mandate: Mandate) -> bool:
    """Type, amount, what is left of the year's frame, and in force in every participating municipality."""
    if mandate.body.kind != Body.Kind.SECRETARIAT or mandate.amount_per_case is None:
        return False
    left = mandate.amount_per_year
    return (
        facts.classification in mandate.may_decide_types
        and facts.amount_kr <= mandate.amount_per_case
        and (left is None or facts.spent_this_year_kr + facts.amount_kr <= left)
        and facts.participants <= set(mandate.adopted_in_ids)
    )


def route(facts: Facts, mandates: Sequence[Mandate]) -> Route:
    """Which body treats a case with these facts, under the mandates in force, and by which rule."""
    duty = facts.legal_duty
    if facts.classification != "development":
        return Route(REDIRECTED, "not_development", duty)
    within = any(_within(facts, mandate) for mandate in mandates)
    if facts.needs_budget and not within:
        return Route(Body.Kind.COUNCIL, "needs_budget", duty)
    if within:
        return Route(Body.Kind.SECRETARIAT, "within_mandate", duty)
    if not duty:
        return Route(LINE, "no_budget")
    return Route(Body.Kind.COUNCIL, "legal_duty", duty)
