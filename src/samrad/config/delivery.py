"""What follows for projects: decisions that make and move them, and people who leave."""

from decimal import Decimal
from typing import Any

from samrad.cases.events import CaseSettled, Recommended, Turned, Withdrawn
from samrad.cases.models import Case, Decision, Turn
from samrad.cases.workflow import CLOSED_STATES, DECIDED_STATES
from samrad.config.intake import system_of
from samrad.eventlog.models import Event
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import responsibles
from samrad.organisation.events import PersonEnded
from samrad.portfolio.actions import (
    ask_for_people,
    check_tolerances,
    enter_portfolio,
    note_reopened,
    pass_on_measure,
    set_baseline,
    settle_gate,
    settle_measure,
    settle_steering,
    turn_back,
)
from samrad.portfolio.events import MoneyKept, PlanKept, StatusReported
from samrad.portfolio.queries import answered_for_by
from samrad.portfolio.queries.measures import left_behind
from samrad.secretariat.events import Redirected

APPROVED = ("approved", "approved_with_conditions", "partly_approved", "decided_in_line", "decided_by_secretariat")


def into_portfolio(event: CaseSettled, logged: Event) -> None:
    """What is approved becomes a project in its house's portfolio."""
    case = Case.objects.get(pk=event.case_id or 0)
    if event.state not in APPROVED or case.kind != Case.Kind.SUBMISSION:
        return
    initiative = Initiative.objects.get(pk=event.initiative_id or 0)
    granted = Decision.objects.filter(case=case, outcome__in=["approved", "approved_with_conditions"])
    amounts = [d.amount_kr for d in granted if d.amount_kr is not None]
    people = {kind: row.person_id for kind, row in responsibles(initiative).items()}
    project = enter_portfolio(
        by=system_of(logged),
        at=logged.at,
        initiative=initiative,
        people=people,
        budget_kr=sum(amounts, Decimal(0)) if amounts else initiative.one_off_kr,
    )
    if project is not None and not project.baselines.exists():
        set_baseline(by=system_of(logged), at=logged.at, project=project, why="decision")


def case_holds_for_project(event: CaseSettled, logged: Event) -> None:
    """What is decided about a project in a case of its own holds for the project."""
    case = Case.objects.get(pk=event.case_id or 0)
    if event.state not in (*APPROVED, "rejected"):
        return
    given: dict[str, Any] = {"by": system_of(logged), "at": logged.at, "case": case}
    if case.kind == Case.Kind.GATE:
        settle_gate(**given, approved=event.state in APPROVED)
    if case.kind in (Case.Kind.CHANGE, Case.Kind.DEVIATION):
        # A measure of the portfolio asks the body in a case of the same kind as a change.
        of_measure = settle_measure(**given, approved=event.state in APPROVED)
        if not of_measure:
            settle_steering(**given, approved=event.state in APPROVED)


def case_ends_without_answer(event: Turned | Withdrawn | Redirected | Recommended, logged: Event) -> None:
    """A case about a project that is stopped, withdrawn or sent elsewhere leaves nothing waiting for it."""
    case = Case.objects.get(pk=event.case_id or 0)
    about_project = case.kind in (Case.Kind.GATE, Case.Kind.CHANGE, Case.Kind.DEVIATION)
    if about_project and case.state in CLOSED_STATES - DECIDED_STATES:
        turn_back(by=system_of(logged), at=logged.at, case=case)


def opened_anew(event: Turned, logged: Event) -> None:
    """What a measure stopped, and is opened anew, stands so on the measure."""
    if event.turn == Turn.Kind.REOPENED:
        note_reopened(by=system_of(logged), at=logged.at, initiative_id=event.initiative_id or 0)


def past_tolerance(event: StatusReported | MoneyKept | PlanKept, logged: Event) -> None:
    """What is reported or written down past what is tolerated opens a deviation case by itself."""
    check_tolerances(by=system_of(logged), at=logged.at, project_id=event.project_id)


def project_lacks_people(event: PersonEnded, logged: Event) -> None:
    """When one who answers for a project leaves, the portfolio manager is asked to name someone else."""
    for project_id in answered_for_by(event.person_id).values_list("pk", flat=True):
        ask_for_people(by=system_of(logged), at=logged.at, project_id=project_id)
    for measure_id in left_behind(event.person_id):
        pass_on_measure(by=system_of(logged), at=logged.at, measure_id=measure_id)
