"""Who manages, reports and freezes."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from samrad.cases.models import Condition
from samrad.cases.queries import Start
from samrad.core.verdict import Lack, Verdict
from samrad.governance.policy import can_plan_cycle
from samrad.organisation.actors import Actor
from samrad.organisation.policy import can_administer
from samrad.organisation.roles import INSIDERS
from samrad.portfolio.models import Portfolio, Project


def can_manage(by: Actor, portfolio: Portfolio) -> Verdict:
    """May this person manage the portfolio: its projects' people, dates and imports?"""
    if not by.is_person and by.entity_id is not None:
        return Verdict.yes()
    if by.may("portfolio.manage", portfolio.owner_id):
        return Verdict.yes()
    return Verdict.no(_("Only the portfolio manager can do this."))


def can_create(by: Actor, portfolio: Portfolio) -> Verdict:
    """May this person set up a portfolio? Whoever manages it, and the administrator who sets up the house."""
    return Verdict.yes() if can_administer(by, portfolio.owner_id) else can_manage(by, portfolio)


def can_tie_date(by: Actor, portfolio: Portfolio) -> Verdict:
    """May this person say which dates of the annual cycle are about the portfolio? Who manages it, and who lays out the year."""
    if can_manage(by, portfolio) or can_plan_cycle(by, portfolio.owner_id):
        return Verdict.yes()
    return Verdict.no(_("Only the portfolio manager and the secretariat choose the portfolio's dates."))


def can_import(by: Actor, portfolio: Portfolio) -> Verdict:
    """May this person bring projects into the portfolio from a spreadsheet?"""
    if by.may("portfolio.import_projects", portfolio.owner_id):
        return Verdict.yes()
    return Verdict.no(_("Only the portfolio manager can bring in projects from a spreadsheet."))


def can_report(by: Actor, project: Project) -> Verdict:
    """May this person report status? The project manager, and the portfolio manager."""
    if by.is_person and by.person_id in (
        project.project_manager_id,
        project.project_owner_id,
    ):
        return Verdict.yes()
    if by.may("portfolio.manage", project.portfolio.owner_id):
        return Verdict.yes()
    return Verdict.no(_("Only the project manager, the project owner and the portfolio manager can report status."))


def can_take_report(by: Actor, portfolio: Portfolio) -> Verdict:
    """May this person freeze a portfolio report?"""
    if by.may("portfolio.take_report", portfolio.owner_id):
        return Verdict.yes()
    return Verdict.no(_("Only the portfolio manager and the head of the secretariat can make a portfolio report."))


def sees_exempt(by: Actor, portfolio: Portfolio) -> bool:
    """Does this person get the report with exempt fields, or the public one?"""
    return bool(by.roles_in([portfolio.owner_id]) & INSIDERS)


def staffing_lacks(project: Project) -> tuple[Lack, ...]:
    """What a project must have before it starts (flow.md D.3 row 16)."""
    found = []
    if project.project_owner_id is None:
        found.append(Lack(_("Name a project owner."), "id_project_owner"))
    if project.project_manager_id is None:
        found.append(Lack(_("Name a project manager."), "id_project_manager"))
    if project.benefit_responsible_id is None:
        found.append(
            Lack(
                _("Name someone responsible for the benefits."),
                "id_benefit_responsible",
            )
        )
    if project.start_date is None or project.end_date is None:
        found.append(Lack(_("Say when it starts and ends."), "id_start_date"))
    return tuple(found)


def can_pass_gate(conditions: Sequence[Condition], start: Start | None) -> Verdict:
    """May the project pass its next gate? Not while a condition of its decisions is open, or its start is waited for."""
    lacks = [Lack(_("Open condition: %(text)s") % {"text": c.text}, f"condition-{c.pk}") for c in conditions]
    if start is not None and not start.met:
        lacks.append(
            Lack(_("Too few municipalities, or too little money, have been approved for it to start."), "start")
        )
    if lacks:
        return Verdict.no(_("The project cannot pass its next gate yet."), tuple(lacks))
    return Verdict.yes()
