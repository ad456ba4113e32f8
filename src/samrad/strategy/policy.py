"""Who may write strategies and action plans, follow them up, and say and answer what the elected mean."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from samrad.core.verdict import Lack, Verdict
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.organisation.queries import administered
from samrad.strategy.models import ActionPlan, ActionPoint, ElectedInput, InputRound, Strategy


def managed(by: Actor) -> list[int]:
    """The entities whose strategies a person writes: where the role is held, and an administrator's others."""
    held = {h.entity_id for h in by.held if by.may("strategy.manage", h.entity_id)}
    return sorted(held | administered(by))


def can_manage(by: Actor, owner_id: int | None = None) -> Verdict:
    """May this person write strategies and action plans (for an entity)?"""
    houses = managed(by)
    if owner_id in houses or (owner_id is None and houses):
        return Verdict.yes()
    return Verdict.no(_("Only the secretariat, the chief executive and the administrator write strategies and plans."))


def can_change(by: Actor, strategy: Strategy) -> Verdict:
    """May this person change what the strategy says? Only while it is a draft."""
    if strategy.adopted:
        return Verdict.no(_("It is adopted, so it is not changed. Make a new version instead."))
    return can_manage(by, strategy.owner_id)


def can_adopt(by: Actor, strategy: Strategy) -> Verdict:
    """May this person record that the strategy is adopted? It must have something to follow up."""
    allowed = can_change(by, strategy)
    if allowed and not strategy.areas.filter(goals__isnull=False).exists():
        lack = Lack(_("At least one focus area with a goal."))
        return Verdict.no(_("It has nothing to follow up yet. Add a focus area with a goal first."), (lack,))
    return allowed


def can_renew(by: Actor, strategy: Strategy) -> Verdict:
    """May this person make a new version?"""
    if not strategy.adopted:
        return Verdict.no(_("It is a draft already. Change it."))
    if Strategy.objects.filter(replaces=strategy).exists():
        return Verdict.no(_("There is a newer version already."))
    return can_manage(by, strategy.owner_id)


def can_measure(by: Actor, strategy: Strategy) -> Verdict:
    """May this person record how an indicator stands?"""
    if not strategy.adopted:
        return Verdict.no(_("Values are recorded when the strategy is adopted."))
    if by.may("strategy.measure", strategy.owner_id) or can_manage(by, strategy.owner_id):
        return Verdict.yes()
    return Verdict.no(_("Only the secretariat and the portfolio manager record how the indicators stand."))


def can_plan(by: Actor, strategy: Strategy) -> Verdict:
    """May this person make an action plan?"""
    if not strategy.adopted:
        return Verdict.no(_("An action plan follows an adopted strategy. Adopt the strategy first."))
    return can_manage(by, strategy.owner_id)


def can_change_plan(by: Actor, plan: ActionPlan) -> Verdict:
    """May this person add and change points? Only until the plan is adopted."""
    if plan.adopted:
        return Verdict.no(_("The plan is adopted, so its points are not changed. Their status is."))
    return can_manage(by, plan.owner_id)


def can_adopt_plan(by: Actor, plan: ActionPlan) -> Verdict:
    """May this person record that the plan is adopted?"""
    allowed = can_change_plan(by, plan)
    if allowed and not plan.points.exists():
        return Verdict.no(_("The plan has no points yet. Add one first."))
    return allowed


def can_follow_up(by: Actor, point: ActionPoint) -> Verdict:
    """May this person say how a point goes? Whoever is responsible for it, and those who write the plan."""
    if not point.plan.adopted:
        return Verdict.no(_("The plan is not adopted yet, so there is nothing to report."))
    if point.carried_to.filter(plan__adopted_date__isnull=False).exists():
        return Verdict.no(_("The point lives on in a later plan. Report there."))
    if by.is_person and point.responsible_id == by.person_id:
        return Verdict.yes()
    if can_manage(by, point.owner_id):
        return Verdict.yes()
    return Verdict.no(_("Only the one responsible and those who write the plan say how it goes."))


def can_open_round(by: Actor, strategy: Strategy) -> Verdict:
    """May this person ask the elected for their input?"""
    return can_manage(by, strategy.owner_id)


def can_give_input(by: Actor, asked: InputRound, *, on: date) -> Verdict:
    """May this person give input? The elected of the owner, or of the members where it is a cooperation's."""
    owner = asked.strategy.owner
    houses = [h.entity_id for h in by.held] if owner.kind == Entity.Kind.COOPERATION else [owner.pk]
    if not by.may("strategy.give_input", *(houses or [owner.pk])):
        return Verdict.no(_("Only elected representatives give input here."))
    if on < asked.opens_on:
        return Verdict.no(_("It is not open yet."))
    if on > asked.closes_on:
        return Verdict.no(_("It is closed. Talk to the secretariat, who can write it down for you."))
    return Verdict.yes()


def can_record_input(by: Actor, asked: InputRound) -> Verdict:
    """May this person write down what an elected representative said elsewhere?"""
    return _secretariat(by, asked.owner_id, _("Only the secretariat writes down input for others."))


def can_answer_input(by: Actor, said: ElectedInput) -> Verdict:
    """May this person answer an input? Once: an answer stands."""
    if said.outcome:
        return Verdict.no(_("It is answered already."))
    return _secretariat(by, said.owner_id, _("Only the secretariat and the chief executive answer input."))


def _secretariat(by: Actor, owner_id: int, reason: str) -> Verdict:
    if by.may("strategy.answer_input", owner_id) or can_manage(by, owner_id):
        return Verdict.yes()
    return Verdict.no(reason)
