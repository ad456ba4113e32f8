"""What a decided measure does with each project it touches: at once, by a change that is asked for, or as a case."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from samrad.cases.actions import Hand, hand_out, move_case, open_further_case
from samrad.cases.models import Case, Task
from samrad.cases.workflow import CLOSED_STATES
from samrad.eventlog.actions import record
from samrad.initiatives.actions import set_phase
from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor
from samrad.portfolio.actions.projects import lock_project
from samrad.portfolio.actions.steering import file_change
from samrad.portfolio.events import measures as events
from samrad.portfolio.models import Measure, MeasureProject, Project, Risk
from samrad.portfolio.notifications import tell_measure_decided, tell_measure_settled
from samrad.portfolio.queries import change_body
from samrad.portfolio.queries.measures import answering_for
from samrad.systems.queries import months_on

Kind, State = Measure.Kind, MeasureProject.State
ENDS = {Kind.STOP: Initiative.Status.STOPPED, Kind.MERGE: Initiative.Status.MERGED}
FURTHER = (Case.Kind.GATE, Case.Kind.CHANGE, Case.Kind.DEVIATION)
OVER = (
    "report_status",
    "report_series",
    "staff_project",
    "decide_change",
)  # nobody waits for these when the project has ended


@transaction.atomic
def carry_out(*, by: Actor, at: datetime, measure: Measure, row: MeasureProject) -> MeasureProject:
    """Do with one project what is decided, and tell those who answer for it. Permission is the caller's."""
    project = lock_project(row.project_id, None)
    people = answering_for(row.project)
    if measure.kind in ENDS:
        body = change_body(project, on=localdate(at))
        if body is not None:
            need, kind = project.initiative, Case.Kind.CHANGE
            row.case = open_further_case(by=by, at=at, initiative=need, kind=kind, body_id=body.pk)
            row.state = State.WITH_BODY
        else:
            _end(by=by, at=at, measure=measure, project=project)
            row.state = State.DONE
    elif measure.kind == Kind.MOVE and project.end_date is not None:
        end = months_on(project.end_date, measure.months or 0)
        row.change = file_change(by=by, at=at, project=project, reason=measure.reason, end_date=end)
        row.state = State.ASKED
    elif measure.kind == Kind.REHOME and measure.to_portfolio is not None:
        project.portfolio, project.programme = measure.to_portfolio, None
        project.version += 1
        project.updated_at = at
        project.save()
        Risk.objects.filter(project=project).update(portfolio=measure.to_portfolio)
        row.state = State.DONE
    else:
        row.state = State.TOLD
    row.save()
    record(_event(measure, project, row.state, row.case), by=by, at=at, house=project)
    for person in people:
        if person.pk == by.person_id:
            continue
        hand = Hand(kind="heed_measure", person_id=person.pk, object_id=measure.pk, due=measure.due_date)
        told = events.MeasureTold(portfolio_id=measure.portfolio_id, measure_id=measure.pk, person_id=person.pk)
        hand_out(by=by, at=at, house=project, hand=hand, event=told, initiative=project.initiative)
    tell_measure_decided(by=by, at=at, measure=measure, row=row, people=people)
    return row


def _end(*, by: Actor, at: datetime, measure: Measure, project: Project) -> None:
    """The project stops, or goes on as part of another: what waits in it is closed, and nobody is asked for more."""
    need = project.initiative
    for case in Case.objects.filter(initiative=need, kind__in=FURTHER).exclude(state__in=CLOSED_STATES):
        event = _event(measure, project, State.DONE, case)
        move_case(by=by, at=at, case=case, to="stopped", event=event)
    waiting = Task.objects.filter(initiative=need, kind__in=OVER, closed_at__isnull=True)
    waiting.update(closed_at=at, closed_by_id=by.person_id)
    set_phase(by=by, at=at, initiative=need, status=str(ENDS[Kind(measure.kind)]))


def _event(measure: Measure, project: Project, state: str, case: Case | None = None) -> events.MeasureTouched:
    return events.MeasureTouched(
        initiative_id=project.initiative_id,
        case_id=case.pk if case else None,
        portfolio_id=measure.portfolio_id,
        project_id=project.pk,
        measure_id=measure.pk,
        measure=measure.kind,
        state=str(state),
    )


@transaction.atomic
def settle_measure(*, by: Actor, at: datetime, case: Case, approved: bool) -> bool:
    """Let what the body decided about a measure hold for the project. False where the case is about no measure."""
    found = MeasureProject.objects.filter(case=case, state=State.WITH_BODY).select_related("measure", "project")
    row = found.first()
    if row is None:
        return False
    project = lock_project(row.project_id, None)
    row.state = State.DONE if approved else State.REFUSED
    row.save()
    if approved:
        _end(by=by, at=at, measure=row.measure, project=project)
    record(_event(row.measure, project, row.state, case), by=by, at=at, house=project)
    people = [*answering_for(project), row.measure.responsible]
    tell_measure_settled(by=by, at=at, measure=row.measure, row=row, people=people)
    return True


@transaction.atomic
def withdraw_cases(*, by: Actor, at: datetime, measure: Measure) -> int:
    """Take back the cases a measure has sent to a body, because it is dropped. Permission is the caller's."""
    rows = measure.projects.filter(state=State.WITH_BODY).select_related("case", "project")
    for row in rows:
        row.state = State.REFUSED
        row.save()
        event = _event(measure, row.project, State.REFUSED, row.case)
        if row.case is not None and row.case.state not in CLOSED_STATES:
            move_case(by=by, at=at, case=row.case, to="stopped", event=event)
        else:
            record(event, by=by, at=at, house=row.project)
    return len(rows)
