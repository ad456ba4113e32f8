"""When a benefit is planned, who plans it, and who approves the plan."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from samrad.benefits.models import BenefitPlan, PlannedBenefit
from samrad.benefits.queries import Line, owners_of
from samrad.core.verdict import Lack, Verdict
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import Readable, Sight, house_id
from samrad.organisation.actors import Actor

PLANNERS = frozenset({"need_owner", "lead", "project_owner", "benefit_responsible"})


def can_read_plan(content: Readable) -> Verdict:
    """Is there a plan to read? Once the need is sent in: until then those who are asked read an older version of it."""
    if content.sight < Sight.OPEN or content.initiative.stage < Initiative.Stage.SUBMITTED:
        return Verdict.no(
            _("The benefits are planned when the need is sent in. Until then you write them in the form.")
        )
    return Verdict.yes()


def _open_to(content: Readable) -> Verdict:
    """Nobody writes or approves what they may not read, or in what is over."""
    if not content.shows("benefits"):
        return Verdict.no(_("The benefits are exempt from public access."))
    if content.initiative.status not in (Initiative.Status.ACTIVE, Initiative.Status.PAUSED):
        return Verdict.no(_("The initiative is over, so its plan stands as it is."))
    return Verdict.yes()


def can_plan(by: Actor, content: Readable) -> Verdict:
    """May this person write in the plan? Those who answer for the need and its benefits, once it is sent in."""
    initiative, kinds = content.initiative, content.kinds
    if not kinds & PLANNERS and "project_owner" not in by.roles_in([initiative.owner_id, house_id(initiative)]):
        return Verdict.no(
            _("Only the need owner, the initiative responsible, the project owner and the benefit responsible plan.")
        )
    readable = can_read_plan(content)
    return _open_to(content) if readable else readable


def can_call_planned(row: PlannedBenefit) -> Verdict:
    """May the benefit be called planned (S15)? Not before it has owner, indicator, baseline plan, target and date."""
    wanted = (
        (row.benefit_owner_id, _("Choose who owns the benefit."), "benefit_owner"),
        (row.indicator, _("Write what is measured."), "indicator"),
        (row.unit, _("Write what it is counted in, like hours or per cent."), "unit"),
        (row.baseline_how, _("Write how the baseline is measured."), "baseline_how"),
        (row.baseline_date, _("Write when the baseline is measured."), "baseline_date"),
        (row.target_value is not None, _("Write the target."), "target_value"),
        (row.target_date, _("Write when the target is to be reached."), "target_date"),
    )
    lacks = [Lack(text, f"id_{name}") for there, text, name in wanted if not there]
    if row.baseline_date and row.target_date and row.target_date <= row.baseline_date:
        lacks.append(Lack(_("The target must be reached after the baseline is measured."), "id_target_date"))
    if lacks:
        return Verdict.no(_("The benefit cannot be called planned yet."), tuple(lacks))
    return Verdict.yes()


def stands_approved(plan: BenefitPlan | None, lines: Sequence[Line]) -> bool:
    """Is the plan approved as it stands now, so that there is nothing to approve?"""
    return plan is not None and plan.state == BenefitPlan.State.APPROVED and all(line.is_planned for line in lines)


def can_approve(
    by: Actor, content: Readable, plan: BenefitPlan | None, lines: Sequence[Line], given: Collection[int]
) -> Verdict:
    """May this person approve the plan? Each who owns a benefit in it, once, when every benefit is planned."""
    initiative = content.initiative
    allowed = _open_to(content)
    if not allowed:
        return allowed
    if stands_approved(plan, lines):
        return Verdict.no(_("The plan is approved as it stands."))
    if not lines:
        return Verdict.no(_("The initiative has no benefit to plan."))
    lacks = tuple(
        Lack(
            text % {"benefit": line.benefit.title},
            reverse("benefits:benefit_plan", args=[initiative.pk, line.benefit.pk]),
        )
        for line in lines
        if (text := _line_lacks(line))
    )
    if lacks:
        return Verdict.no(_("The plan cannot be approved yet."), lacks)
    owners = owners_of(list(lines))
    if not by.is_person or by.person_id not in owners:
        return Verdict.no(_("Only those who own the benefits approve the plan."))
    if by.person_id in given:
        left = ", ".join(person.name for pk, person in owners.items() if pk not in given)
        return Verdict.no(_("You have approved the plan. It waits for %(names)s.") % {"names": left})
    return Verdict.yes()


def _line_lacks(line: Line) -> str:
    if not line.is_planned:
        return _("«%(benefit)s» is not planned.")
    owner = line.planned.benefit_owner if line.planned else None
    return "" if owner is None or owner.active else _("The owner of «%(benefit)s» has left. Choose another.")
