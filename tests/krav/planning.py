"""A plan for the benefits of one of the region's initiatives, made and approved by those whose it is."""

from datetime import date
from decimal import Decimal

from samrad.benefits.actions import PlanLine, approve_plan, plan_benefit
from samrad.benefits.queries import coverage_of, lines_of
from tests.krav.region import Region

WHOLE = {"indicator": "Kjøretid per vakt", "unit": "timer", "baseline_how": "Kjørebøkene for to uker i mars."}


def approved_plan(region: Region, title: str, *, planner: str, approver: str) -> None:
    """Plan each benefit that is not planned, and approve; nothing where the plan is approved already."""
    need = region.need(title)
    if region.find(lambda: coverage_of(need).approved):
        return
    days = {"baseline_date": date(2027, 3, 1), "target_date": date(2028, 3, 1)}
    line = PlanLine(benefit_owner_id=region.person(approver).pk, target_value=Decimal(1), **WHOLE, **days)
    for row in region.find(lambda: lines_of(need)):
        said = {"benefit_id": row.benefit.pk, "version": None, "line": line, "planned": True}
        region.do(planner, plan_benefit, initiative_id=need.pk, **said)
    region.do(approver, approve_plan, initiative_id=need.pk, version=None)
