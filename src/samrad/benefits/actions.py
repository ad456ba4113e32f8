"""Planning how benefits are realised, and approving the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.benefits import events
from samrad.benefits.models import BenefitPlan, PlanApproval, PlanConsent, PlannedBenefit
from samrad.benefits.notifications import tell_plan_waits
from samrad.benefits.policy import can_approve, can_call_planned, can_plan
from samrad.benefits.queries import (
    Line,
    coming_number,
    consents_to_come,
    could_own,
    frozen,
    lines_of,
    owners_of,
    plan_of,
)
from samrad.cases.actions import Hand, hand_out
from samrad.cases.models import Task
from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Stale, Verdict
from samrad.eventlog.actions import record
from samrad.initiatives.actions import involve, lock_initiative
from samrad.initiatives.models import Benefit, Initiative
from samrad.initiatives.queries import readable
from samrad.organisation.actors import Actor


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """How a benefit is to be realised, as it is typed."""

    benefit_owner_id: int | None = None
    indicator: str = ""
    unit: str = ""
    baseline_value: Decimal | None = None
    baseline_how: str = ""
    baseline_date: date | None = None
    target_value: Decimal | None = None
    target_date: date | None = None


@transaction.atomic
def plan_benefit(
    *,
    by: Actor,
    at: datetime,
    initiative_id: int,
    benefit_id: int,
    version: int | None,
    line: PlanLine,
    planned: bool,
) -> PlannedBenefit:
    """Write down how a benefit is to be realised: as a draft with what there is, or as planned when nothing lacks."""
    initiative = lock_initiative(initiative_id, None)
    can_plan(by, readable(by, initiative, on=localdate(at))).require()
    benefit = initiative.benefits.get(pk=benefit_id, removed_at__isnull=True)
    plan, _made = BenefitPlan.objects.get_or_create(
        initiative=initiative, defaults={**house_of(initiative), "updated_at": at}
    )
    row = PlannedBenefit.objects.filter(benefit=benefit).first()
    if version is not None and version != (row.version if row else 0):
        raise Stale(
            _("Someone has changed this since you opened the page. What you wrote stands below: look and save again.")
        )
    row = row or PlannedBenefit(**house_of(initiative), plan=plan, benefit=benefit, version=0)
    owner = line.benefit_owner_id
    if owner is not None and owner != row.benefit_owner_id and not could_own(by, initiative).filter(pk=owner).exists():
        lack = Lack(_("Choose a person from the list."), "id_benefit_owner")
        raise Refused(Verdict.no(lack.text, (lack,)))
    for name in PlanLine.__dataclass_fields__:
        setattr(row, name, getattr(line, name))
    if planned:
        can_call_planned(row).require()
    row.state = PlannedBenefit.State.PLANNED if planned else PlannedBenefit.State.DRAFT
    row.version += 1
    row.save()
    reopened = plan.state == BenefitPlan.State.APPROVED
    plan.state, plan.updated_at = BenefitPlan.State.DRAFT, at
    plan.version += 1
    plan.save()
    event = events.BenefitPlanned(
        initiative_id=initiative.pk, plan_id=plan.pk, benefit_id=benefit.pk, planned=planned, reopened=reopened
    )
    record(event, by=by, at=at, house=plan)
    _ask_owners(by=by, at=at, plan=plan, initiative=initiative)
    return row


def _ask_owners(*, by: Actor, at: datetime, plan: BenefitPlan, initiative: Initiative) -> None:
    """The plan has changed: nobody has approved it as it is now. When it is whole, each who owns a benefit is asked to."""
    PlanConsent.objects.filter(plan=plan, number=coming_number(initiative)).delete()
    lines = lines_of(initiative)
    owners = owners_of(lines) if all(line.is_planned for line in lines) else {}
    waiting = Task.objects.filter(kind="approve_plan", object_id=initiative.pk, closed_at=None)
    waiting.exclude(person_id__in=owners).update(closed_at=at, closed_by_id=by.person_or_none)
    asked = set(waiting.values_list("person_id", flat=True))
    for person in owners.values():
        if person.pk in asked or not person.active:
            continue
        # One approves only what one may read, exempt or not.
        involve(by=by, at=at, initiative=initiative, person=person)
        hand = Hand(kind="approve_plan", person_id=person.pk, object_id=initiative.pk)
        event = events.PlanApprovalAsked(initiative_id=initiative.pk, plan_id=plan.pk, person_id=person.pk)
        hand_out(by=by, at=at, house=plan, hand=hand, event=event, initiative=initiative)
        tell_plan_waits(by=by, at=at, plan=plan, initiative=initiative, person=person)


@transaction.atomic
def approve_plan(*, by: Actor, at: datetime, initiative_id: int, version: int | None) -> PlanApproval | None:
    """Approve the benefits realisation plan as one who owns a benefit in it.

    When all of them have, what it says now is kept, whatever is written later. None while it waits for others.
    """
    initiative = lock_initiative(initiative_id, None)
    plan, lines = plan_of(initiative), lines_of(initiative)
    given = consents_to_come(plan)
    can_approve(by, readable(by, initiative, on=localdate(at)), plan, lines, given).require()
    assert plan is not None  # every line is planned, so there is one
    if version is not None and version != plan.version:
        raise Stale(_("Someone has changed the plan since you opened the page. Read it and approve again."))
    number = coming_number(initiative)
    PlanConsent.objects.create(**house_of(plan), plan=plan, number=number, person_id=by.person, made_at=at)
    mine = Task.objects.filter(kind="approve_plan", object_id=initiative.pk, person_id=by.person, closed_at=None)
    mine.update(closed_at=at, closed_by_id=by.person)
    left = len(set(owners_of(lines)) - given - {by.person})
    event = events.PlanConsented(initiative_id=initiative.pk, plan_id=plan.pk, left=left)
    record(event, by=by, at=at, house=plan)
    return None if left else _approved(by=by, at=at, plan=plan, lines=lines, number=number)


def _approved(*, by: Actor, at: datetime, plan: BenefitPlan, lines: list[Line], number: int) -> PlanApproval:
    made = PlanApproval.objects.create(
        **house_of(plan),
        plan=plan,
        number=number,
        content=frozen(lines),
        approved_by_id=by.person,
        approved_at=at,
    )
    plan.state, plan.updated_at = BenefitPlan.State.APPROVED, at
    plan.version += 1
    plan.save()
    event = events.BenefitPlanApproved(
        initiative_id=plan.initiative_id, plan_id=plan.pk, number=made.number, benefits=len(lines)
    )
    record(event, by=by, at=at, house=plan)
    return made


@transaction.atomic
def take_in_plan(*, by: Actor, at: datetime, benefit: Benefit, line: PlanLine) -> PlannedBenefit | None:
    """Take in, as a draft, how a benefit of an initiative that was taken in is to be realised.

    Permission is the caller's. None where somebody has written in the plan of this benefit already: that stays.
    """
    initiative = lock_initiative(benefit.initiative_id, None)
    if PlannedBenefit.objects.filter(benefit=benefit).exists():
        return None
    plan, _made = BenefitPlan.objects.get_or_create(
        initiative=initiative, defaults={**house_of(initiative), "updated_at": at}
    )
    row = PlannedBenefit.objects.create(**house_of(initiative), plan=plan, benefit=benefit, **vars(line))
    reopened = plan.state == BenefitPlan.State.APPROVED
    plan.state, plan.updated_at = BenefitPlan.State.DRAFT, at
    plan.version += 1
    plan.save()
    event = events.BenefitPlanned(
        initiative_id=initiative.pk, plan_id=plan.pk, benefit_id=benefit.pk, planned=False, reopened=reopened
    )
    record(event, by=by, at=at, house=plan)
    _ask_owners(by=by, at=at, plan=plan, initiative=initiative)
    return row
