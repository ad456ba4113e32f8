"""Reads about plans for benefits. Who sees an initiative's benefits sees the plan for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from samrad.benefits.models import BenefitPlan, PlanApproval, PlanConsent, PlannedBenefit
from samrad.initiatives.models import Benefit, Initiative
from samrad.initiatives.queries import Readable, benefits_of
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person
from samrad.organisation.queries import visible_to


@dataclass(frozen=True)
class Line:
    """A benefit that stands, and how it is planned, if anything is written yet."""

    benefit: Benefit
    planned: PlannedBenefit | None

    @property
    def is_planned(self) -> bool:
        return self.planned is not None and self.planned.state == PlannedBenefit.State.PLANNED


def plan_of(initiative: Initiative) -> BenefitPlan | None:
    """The plan of an initiative, if one is begun, with those who have approved the version that is to come."""
    last = PlanApproval.objects.filter(plan=OuterRef(OuterRef("pk"))).order_by("-number").values("number")[:1]
    given = PlanConsent.objects.filter(plan=OuterRef("pk"), number=Coalesce(Subquery(last), 0) + 1)
    rows = BenefitPlan.objects.filter(initiative=initiative)
    return rows.annotate(consented=ArraySubquery(given.values("person_id"))).first()


def lines_of(initiative: Initiative) -> list[Line]:
    """Every benefit that stands, in order, each with how it is planned."""
    rows = PlannedBenefit.objects.filter(benefit__initiative=initiative).select_related("benefit_owner", "plan")
    planned = {row.benefit_id: row for row in rows}
    return [Line(benefit, planned.get(benefit.pk)) for benefit in benefits_of(initiative)]


def shown_lines(content: Readable) -> list[Line]:
    """The same, of the benefits someone may read."""
    return lines_of(content.initiative) if content.shows("benefits") else []


def could_own(by: Actor, initiative: Initiative) -> QuerySet[Person]:
    """Those who can own a benefit: who works where the initiative is."""
    here = Q(owner_id__in=[initiative.owner_id, initiative.shared_with_id])
    if initiative.shared_with_id:
        here |= Q(shared_with_id=initiative.shared_with_id)
    return visible_to(by).filter(here, active=True).order_by("name")


def latest_approval(initiative: Initiative) -> PlanApproval | None:
    """The plan as it was last approved."""
    return PlanApproval.objects.filter(plan__initiative=initiative).order_by("-number").first()


def owners_of(lines: list[Line]) -> dict[int, Person]:
    """Those who own the benefits, as they are planned: all of them approve the plan (flow.md D.3, 17)."""
    planned = [line.planned.benefit_owner for line in lines if line.planned]
    return {person.pk: person for person in planned if person is not None}


def coming_number(initiative: Initiative) -> int:
    """The number of the version that is to be approved next."""
    last = latest_approval(initiative)
    return (last.number if last else 0) + 1


def consents_to_come(plan: BenefitPlan | None) -> set[int]:
    """Those who have approved the version that is to come, of a plan as `plan_of` reads it."""
    return set(getattr(plan, "consented", []))


@dataclass(frozen=True)
class Coverage:
    """How many benefits an initiative has, and whether its approved plan holds every one of them."""

    benefits: int
    approved: bool


def coverage_of(initiative: Initiative) -> Coverage:
    """The benefits that stand against the plan as it was last approved; a new draft leaves that standing."""
    last, standing = latest_approval(initiative), {benefit.pk for benefit in benefits_of(initiative)}
    held = {row["benefit"] for row in last.content} if last else set()
    return Coverage(len(standing), bool(standing) and held >= standing)


def frozen(lines: list[Line]) -> list[dict[str, Any]]:
    """The lines as plain data: what an approval keeps."""
    return [
        {
            "benefit": line.benefit.pk,
            "title": line.benefit.title,
            "benefit_owner": row.benefit_owner_id,
            "indicator": row.indicator,
            "unit": row.unit,
            "baseline_value": None if row.baseline_value is None else str(row.baseline_value),
            "baseline_how": row.baseline_how,
            "baseline_date": row.baseline_date.isoformat() if row.baseline_date else None,
            "target_value": str(row.target_value),
            "target_date": row.target_date.isoformat() if row.target_date else None,
        }
        for line in lines
        if (row := line.planned) is not None
    ]


def approved_of(initiative: Initiative) -> list[tuple[PlanApproval, list[Line], str]]:
    """Every version that was approved, the newest first, read back as the lines it held, with all who approved it."""
    mine = PlanConsent.objects.filter(plan=OuterRef("plan"), number=OuterRef("number"))
    rows = PlanApproval.objects.filter(plan__initiative=initiative).select_related("approved_by")
    approvals = list(rows.annotate(who=ArraySubquery(mine.values("person__name"))))
    ids = {row["benefit_owner"] for approval in approvals for row in approval.content}
    owners = Person.objects.in_bulk(ids)
    return [
        (one, [_thawed(row, owners) for row in one.content], ", ".join(one.who) or one.approved_by.name)
        for one in approvals
    ]


def _thawed(row: dict[str, Any], owners: dict[int, Person]) -> Line:
    benefit = Benefit(pk=row["benefit"], title=row["title"])
    values = {name: None if row[name] is None else Decimal(row[name]) for name in ("baseline_value", "target_value")}
    days = {name: date.fromisoformat(row[name]) for name in ("baseline_date", "target_date")}
    words = {name: row[name] for name in ("indicator", "unit", "baseline_how")}
    owner = owners.get(row["benefit_owner"])
    state = PlannedBenefit.State.PLANNED
    return Line(benefit, PlannedBenefit(state=state, benefit_owner=owner, **words, **values, **days))
