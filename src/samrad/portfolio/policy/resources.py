"""Who keeps the people of a unit, who asks for them, and who gives."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samrad.core.verdict import Lack, Verdict
from samrad.organisation.actors import Actor
from samrad.organisation.models import Unit
from samrad.portfolio.models import Project, ResourceRequest
from samrad.portfolio.policy.projects import can_report
from samrad.portfolio.queries.resources import LEADER, Load


def can_keep_people(by: Actor, unit: Unit) -> Verdict:
    """May this person say what the people of a unit can give? The unit's leader."""
    if by.holds(LEADER, unit_id=unit.pk):
        return Verdict.yes()
    return Verdict.no(_("Only the leader of the unit says what its people can give."))


def can_ask_people(by: Actor, project: Project) -> Verdict:
    """May this person ask for people? Those who report for the project."""
    if can_report(by, project):
        return Verdict.yes()
    return Verdict.no(_("Only the project manager, the project owner and the portfolio manager ask for people."))


def can_answer_request(by: Actor, asked: ResourceRequest) -> Verdict:
    """May this person give or refuse? The leader of the unit the people belong to."""
    return can_keep_people(by, asked.resource.unit)


def over_lacks(load: Load, more: int, *, known: bool) -> tuple[Lack, ...]:
    """Above 100 per cent in a quarter is said before it is saved; whoever knows it may go on (S63)."""
    percent = load.percent(more)
    if known or percent is None or percent <= 100:
        return ()
    text = _("%(name)s will be %(percent)s per cent booked in %(quarter)s. Give fewer days, or say that you know it.")
    values = {"name": load.resource.title, "percent": percent, "quarter": load.name}
    return (Lack(text % values, "id_known"),)
