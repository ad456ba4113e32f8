"""Who manages, reports and freezes."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from samrad.cases.models import Condition
from samrad.cases.queries import Start
from samrad.core.verdict import Lack, Verdict
from samrad.governance.policy import can_plan_cycle
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person
from samrad.organisation.policy import can_administer
from samrad.organisation.roles import INSIDERS
from samrad.portfolio.models import Portfolio, Project, ReportTreatment
from samrad.portfolio.workflow import STAFFED_PHASES


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


def houses_to_create_for(by: Actor) -> list[int]:
    """The ids of the entities that this person may set up a portfolio for."""
    return [pk for pk in by.entities if by.is_person and can_create(by, Portfolio(owner_id=pk))]


def can_create_any(by: Actor) -> Verdict:
    """May this person set up a portfolio for anyone?"""
    if houses_to_create_for(by):
        return Verdict.yes()
    return Verdict.no(_("Only the portfolio manager and the administrator set up portfolios."))


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


def can_export(by: Actor, portfolio: Portfolio) -> Verdict:
    """May this person take everything out of the portfolio? Those who manage it, and those who make its reports."""
    if can_manage(by, portfolio) or can_take_report(by, portfolio):
        return Verdict.yes()
    return Verdict.no(_("Only the portfolio manager and the head of the secretariat can take everything out."))


def can_send_report(
    by: Actor, portfolio: Portfolio, standing: ReportTreatment | None, board: Sequence[Person]
) -> Verdict:
    """May this person send a frozen report to the portfolio board?"""
    if standing is not None:
        return Verdict.no(_("The report is already sent to the portfolio board."))
    if not board:
        return Verdict.no(_("Nobody sits in the portfolio board. Give someone the role of chief executive first."))
    return can_take_report(by, portfolio)


def can_treat_report(
    by: Actor, portfolio: Portfolio, standing: ReportTreatment | None, board: Sequence[Person]
) -> Verdict:
    """May this person write down what the board said of a report? Those who sit there, and those who sent it."""
    if by.person_id not in {person.pk for person in board} and not can_take_report(by, portfolio):
        return Verdict.no(
            _("Only the portfolio board, the portfolio manager and the head of the secretariat can write this down.")
        )
    if standing is None:
        return Verdict.no(_("Send the report to the portfolio board first."))
    return Verdict.yes()


def sees_exempt(by: Actor, portfolio: Portfolio) -> bool:
    """Does this person get the report with exempt fields, or the public one?"""
    return bool(by.roles_in([portfolio.owner_id]) & INSIDERS)


ROLES = ("project_owner", "project_manager", "benefit_responsible")


def role_lacks(project: Project, *roles: str) -> tuple[Lack, ...]:
    """Which of those who answer for the project are not named, or have left (S7)."""
    asked = {
        "project_owner": _("Name a project owner."),
        "project_manager": _("Name a project manager."),
        "benefit_responsible": _("Name someone responsible for the benefits."),
    }
    page = reverse("portfolio:project_detail", args=[project.pk])
    found = []
    for role in roles or ROLES:
        person = getattr(project, role)
        if person is None or not person.active:
            found.append(Lack(asked[role], f"{page}#id_{role}"))
    return tuple(found)


def staffing_lacks(project: Project) -> tuple[Lack, ...]:
    """What a project must have before it starts (flow.md D.3 row 16)."""
    found = role_lacks(project)
    if project.start_date is None or project.end_date is None:
        page = reverse("portfolio:project_detail", args=[project.pk])
        found += (Lack(_("Say when it starts and ends."), f"{page}#id_start_date"),)
    return found


def can_staff(by: Actor, project: Project, people: Mapping[str, int | None]) -> Verdict:
    """May the project have these people? While it is carried out, all three must be named (S7)."""
    may = can_manage(by, project.portfolio)
    if may and project.initiative.phase in STAFFED_PHASES and not all(people.get(role) for role in ROLES):
        return Verdict.no(
            _(
                "While the project is carried out, it must have a project owner, a project manager and someone responsible for the benefits."
            )
        )
    return may


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
