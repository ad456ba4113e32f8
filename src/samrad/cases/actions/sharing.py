"""How those who take part share what a case costs, who is host, and when it may start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.cases.events import CostsPlanned
from samrad.cases.models import CostPlan
from samrad.cases.policy import can_plan_costs, plan_lacks
from samrad.cases.queries import lock_case, sharers
from samrad.core.models import house_of
from samrad.core.verdict import Refused, Stale, Verdict
from samrad.eventlog.actions import record
from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is said about a common cost: the key, per cent equal, use by municipality, host, and when it may start."""

    key: str
    equal_percent: int | None = None
    use: Mapping[int, int | None]
    host_id: int | None = None
    start_count: int | None = None
    start_kr: Decimal | None = None


@transaction.atomic
def plan_costs(*, by: Actor, at: datetime, case_id: int, version: int | None, plan: Plan) -> CostPlan:
    """Say how those who take part share the cost, who is host, and when it may start."""
    case = lock_case(case_id)
    can_plan_costs(by, case, case.decisions.all()).require()
    row = CostPlan.objects.filter(case=case).first() or CostPlan(**house_of(case), case=case, version=0)
    if version is not None and version != row.version:
        raise Stale(_("Someone has changed how the cost is shared since you opened the page. Look at it again."))
    places = sharers(Initiative.objects.get(pk=case.initiative_id or 0), at)
    row.key, row.equal_percent, row.host_id = plan.key, plan.equal_percent, plan.host_id
    row.use = {str(pk): number for pk, number in plan.use.items() if number}
    row.start_count, row.start_kr = plan.start_count, plan.start_kr
    names = {p.pk: p.name for p in places}
    lacks = plan_lacks(row, names, {p.pk: p.inhabitants for p in places}, names)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    row.set_at, row.set_by_id = at, by.person
    row.version += 1
    row.save()
    event = CostsPlanned(initiative_id=case.initiative_id, case_id=case.pk, plan_id=row.pk, key=row.key)
    record(event, by=by, at=at, house=row)
    return row
