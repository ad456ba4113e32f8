"""What a decided measure does with each project it touches: at once, by a change that is asked for, or as a case."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.cases.actions import Hand, hand_out, move_case, open_further_case
from samrad.cases.models import Case, Task
from samrad.cases.workflow import CLOSED_STATES
from samrad.eventlog.actions import record
from samrad.initiatives.actions import set_phase
from samrad.organisation.actors import Actor
from samrad.portfolio.actions.projects import _move_home, lock_project
from samrad.portfolio.actions.steering import _take_back, file_change
from samrad.portfolio.events import measures as events
from samrad.portfolio.models import ChangeRequest, Deviation, GateReview, Measure, MeasureProject, Project
from samrad.portfolio.notifications import tell_measure_decided, tell_measure_settled
from samrad.portfolio.policy.measures import ENDS, is_under_way
from samrad.portfolio.queries import change_body
from samrad.portfolio.queries.measures import answering_for, moved_dates
from samrad.portfolio.queries.steering import WAITING

Kind, State = Measure.Kind, MeasureProject.State
FURTHER = (Case.Kind.GATE, Case.Kind.CHANGE, Case.Kind.DEVIATION)
OVER = (
    "report_status",
    "report_series",
    "staff_project",
    "decide_change",
    "give_people",
    "meet_gate_condition",
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
    elif measure.kind == Kind.MOVE and any(moved_dates(measure, project)):
        start, end = moved_dates(measure, project)
        # Where the measure touches several, its words may tell of what is exempt in another.
        why = measure.reason if measure.projects.count() == 1 else _("It follows from a measure of the portfolio.")
        row.change = file_change(by=by, at=at, project=project, reason=why, start_date=start, end_date=end)
        row.state = State.ASKED
    elif measure.kind == Kind.REHOME and measure.to_portfolio is not None:
        _move_home(project, measure.to_portfolio, at=at)
        row.state = State.DONE
    else:
        row.state = State.TOLD
    row.save()
    record(_event(measure, project, row.state, row.case), by=by, at=at, house=project)
    asked = Task.objects.filter(kind="heed_measure", object_id=measure.pk, closed_at=None)
    waiting = set(asked.filter(initiative_id=project.initiative_id).values_list("person_id", flat=True))
    for person in people:
        if person.pk == by.person_id or person.pk in waiting:
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
    said = {"state": ChangeRequest.State.REJECTED, "text": _("The project has ended."), "decided_at": at}
    project.changes.filter(state__in=WAITING).update(**said, decided_by=by.person_or_none)
    project.deviations.filter(closed_at__isnull=True).update(closed_at=at)
    project.gates.filter(state=GateReview.State.WITH_BODY).update(state=GateReview.State.OPEN)
    project.measures.filter(state=State.WITH_BODY).exclude(measure=measure).update(state=State.WITHDRAWN)
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
    found = MeasureProject.objects.select_for_update(of=("self",)).filter(case=case, state=State.WITH_BODY)
    row = found.select_related("measure__into__initiative", "measure__responsible", "project").first()
    if row is None:
        return False
    project, into = lock_project(row.project_id, None), row.measure.into
    stands = is_under_way(project.initiative) and (into is None or is_under_way(into.initiative))
    row.state = (State.DONE if stands else State.WITHDRAWN) if approved else State.REFUSED
    row.save()
    if row.state == State.DONE:
        _end(by=by, at=at, measure=row.measure, project=project)
    record(_event(row.measure, project, row.state, case), by=by, at=at, house=project)
    people = [*answering_for(project), row.measure.responsible]
    tell_measure_settled(by=by, at=at, measure=row.measure, row=row, people=people)
    return True


@transaction.atomic
def withdraw_measure(*, by: Actor, at: datetime, measure: Measure) -> int:
    """Take back what a measure has asked bodies and project owners for, because it is dropped. Permission is the caller's."""
    rows = measure.projects.select_related("case", "change", "project__initiative")
    waiting = [row for row in rows if row.state == State.WITH_BODY or (row.change and row.change.state in WAITING)]
    for row in waiting:
        if row.change is not None:
            text = _("The measure that asked for it is dropped.")
            _take_back(by=by, at=at, change=row.change, project=row.project, text=text)
        row.state = State.WITHDRAWN
        row.save()
        event, case = _event(measure, row.project, row.state, row.case), row.case
        if case is not None and case.state not in CLOSED_STATES:
            move_case(by=by, at=at, case=case, to="stopped", event=event)
        else:
            record(event, by=by, at=at, house=row.project)
    return len(waiting)


@transaction.atomic
def turn_back(*, by: Actor, at: datetime, case: Case) -> int:
    """Let go of what waited for a case about a project, because it was closed without an answer: how many waited.

    What follows from the case, so it asks for no permission of its own. The project goes on, and may be asked about anew.
    """
    changes = list(ChangeRequest.objects.select_for_update(of=("self",)).filter(case=case, decided_at__isnull=True))
    found = MeasureProject.objects.select_for_update(of=("self",)).filter(Q(case=case) | Q(change__in=changes))
    rows = list(found.filter(state__in=[State.WITH_BODY, State.ASKED]).select_related("measure", "project", "change"))
    for row in rows:
        project = lock_project(row.project_id, None)
        row.state = State.BACK
        row.save()
        record(_event(row.measure, project, row.state, case), by=by, at=at, house=project)
        people = [*answering_for(project), row.measure.responsible]
        tell_measure_settled(by=by, at=at, measure=row.measure, row=row, people=people)
    for change in changes:
        project, text = lock_project(change.project_id, None), _("The case was closed without a decision.")
        _take_back(by=by, at=at, change=change, project=project, text=text)
    gates = GateReview.objects.filter(case=case, state=GateReview.State.WITH_BODY)
    waited = gates.update(state=GateReview.State.OPEN, case=None, version=F("version") + 1)
    waited += Deviation.objects.filter(case=case, closed_at__isnull=True).update(closed_at=at)
    return len(rows) + len(changes) + waited


@transaction.atomic
def note_reopened(*, by: Actor, at: datetime, initiative_id: int) -> int:
    """Say on the measure that stopped or merged a project that it has been opened anew, and tell the one responsible.

    What follows from that it is opened anew, so it asks for no permission of its own.
    """
    rows = MeasureProject.objects.filter(project__initiative_id=initiative_id, measure__kind__in=ENDS, state=State.DONE)
    found = list(rows.select_related("measure__responsible", "project__initiative"))
    for row in found:
        row.state = State.REOPENED
        row.save()
        record(_event(row.measure, row.project, row.state), by=by, at=at, house=row.project)
        people = [*answering_for(row.project), row.measure.responsible]
        tell_measure_settled(by=by, at=at, measure=row.measure, row=row, people=people)
    return len(found)
