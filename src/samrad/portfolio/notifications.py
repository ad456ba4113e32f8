"""Who is told what about a project, and why them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from samrad.organisation.actions import Message, notify
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person
from samrad.organisation.queries import holders
from samrad.portfolio.models import (
    ChangeRequest,
    GateCondition,
    Measure,
    MeasureProject,
    Project,
    ReportSeries,
    ReportSnapshot,
    ResourceRequest,
)


def _tell(
    *,
    by: Actor,
    at: datetime,
    project: Project,
    people: Iterable[Person | None],
    code: str,
    subject: Promise,
    body: Promise,
    page: str,
    object_id: int | None = None,
    query: str = "",
    **values: Any,
) -> None:
    need = project.initiative
    message = Message(
        code=code,
        subject=subject,
        body=body,
        values={"title": need.title, "reference": need.reference, "by": by.name, **values},
        path=reverse(f"portfolio:{page}", args=[object_id or project.pk]) + query,
    )
    told = list({person.pk: person for person in people if person is not None and person.active}.values())
    notify(by=by, at=at, house=project, people=told, message=message, initiative_id=need.pk)


def tell_to_report(*, by: Actor, at: datetime, project: Project, due: date) -> None:
    """The project manager hears that the quarter is to be reported."""
    _tell(
        by=by,
        at=at,
        project=project,
        people=[project.project_manager],
        code="portfolio.report_due",
        subject=_("Report status: %(title)s"),
        body=_("Report how %(reference)s goes by %(due)s. What you said last time is filled in."),
        page="report_status",
        due=due.strftime("%d.%m.%Y"),
    )


def tell_late(*, by: Actor, at: datetime, project: Project, due: date) -> None:
    """The project manager is reminded of a report that is late; the project owner hears of it too."""
    _tell(
        by=by,
        at=at,
        project=project,
        people=[project.project_manager, project.project_owner],
        code="portfolio.report_late",
        subject=_("The status report is late: %(title)s"),
        body=_(
            "The status report of %(reference)s was due on %(due)s. Until it comes, the portfolio says «not reported»."
        ),
        page="report_status",
        due=due.strftime("%d.%m.%Y"),
    )


def tell_series_due(*, by: Actor, at: datetime, project: Project, series: ReportSeries, due: date) -> None:
    """The project manager hears that a period of a further series is to be reported."""
    _tell(
        by=by,
        at=at,
        project=project,
        people=[project.project_manager],
        code="portfolio.report_due",
        subject=_("Report status in «%(series)s»: %(title)s"),
        body=_("Report how %(reference)s goes in the series «%(series)s» by %(due)s. What you said last is filled in."),
        page="report_status",
        query=f"?series={series.pk}",
        series=series.name,
        due=due.strftime("%d.%m.%Y"),
    )


def tell_series_late(*, by: Actor, at: datetime, project: Project, series: ReportSeries, due: date) -> None:
    """The project manager is reminded of a report in a series that is late; the project owner hears of it too."""
    _tell(
        by=by,
        at=at,
        project=project,
        people=[project.project_manager, project.project_owner],
        code="portfolio.report_late",
        subject=_("The report in «%(series)s» is late: %(title)s"),
        body=_(
            "The report of %(reference)s in the series «%(series)s» was due on %(due)s. Until then it is not reported."
        ),
        page="report_status",
        query=f"?series={series.pk}",
        series=series.name,
        due=due.strftime("%d.%m.%Y"),
    )


def portfolio_managers(project: Project, *, at: datetime) -> list[Person]:
    """Those who manage the project's portfolio."""
    return list(holders("portfolio_manager", entity_id=project.portfolio.owner_id, on=localdate(at)))


def tell_deviation(*, by: Actor, at: datetime, project: Project, reason: str) -> None:
    """Project owner, project manager and portfolio managers hear that the project is past what is tolerated."""
    _tell(
        by=by,
        at=at,
        project=project,
        people=[project.project_owner, project.project_manager, *portfolio_managers(project, at=at)],
        code="portfolio.deviation",
        subject=_("Past what is tolerated: %(title)s"),
        body=_("%(reference)s: %(reason)s A deviation case is opened. Ask for a change, or say what brings it back."),
        page="project_changes",
        reason=reason,
    )


def tell_change_asked(*, by: Actor, at: datetime, project: Project) -> None:
    """The project owner hears that a change waits for an answer."""
    _tell(
        by=by,
        at=at,
        project=project,
        people=[project.project_owner],
        code="portfolio.change_asked",
        subject=_("A change waits for you: %(title)s"),
        body=_("%(by)s asks for a change of what is approved for %(reference)s."),
        page="project_changes",
    )


def tell_change_decided(*, by: Actor, at: datetime, project: Project, change: ChangeRequest) -> None:
    """Those who asked for a change, and the project manager, hear the answer."""
    _tell(
        by=by,
        at=at,
        project=project,
        people=[change.asked_by, project.project_manager],
        code="portfolio.change_decided",
        subject=_("The change is decided: %(title)s"),
        body=_("The change of %(reference)s: %(outcome)s. %(text)s"),
        page="project_changes",
        outcome=ChangeRequest.State(change.state).label,
        text=change.text,
    )


def tell_people_asked(*, by: Actor, at: datetime, asked: ResourceRequest) -> None:
    """The leader of the unit hears that a project asks for people."""
    unit = asked.resource.unit
    _tell(
        by=by,
        at=at,
        project=asked.project,
        people=holders("sector_head", entity_id=unit.owner_id, unit_id=unit.pk, on=localdate(at)),
        code="portfolio.people_asked",
        subject=_("A project asks for people: %(title)s"),
        body=_("%(by)s asks for %(days)s days of %(who)s for %(reference)s. Answer within 14 days."),
        page="request_answer",
        object_id=asked.pk,
        days=asked.asked_days,
        who=asked.resource.title,
    )


def tell_people_answered(*, by: Actor, at: datetime, asked: ResourceRequest) -> None:
    """Whoever asked for people, and the project manager, hear the answer."""
    _tell(
        by=by,
        at=at,
        project=asked.project,
        people=[asked.asked_by, asked.project.project_manager],
        code="portfolio.people_answered",
        subject=_("Answer about people: %(title)s"),
        body=_("%(who)s to %(reference)s: %(days)s of %(asked)s days. %(reason)s"),
        page="project_people",
        days=asked.given_days,
        asked=asked.asked_days,
        who=asked.resource.title,
        reason=asked.reason,
    )


def tell_gate_condition(*, by: Actor, at: datetime, condition: GateCondition, late: bool | None = None) -> None:
    """The one responsible hears of a condition from a gate; again when it is soon due, and when it is late."""
    project = condition.review.project
    subjects = {
        None: _("You are responsible for a condition: %(title)s"),
        False: _("A condition is soon due: %(title)s"),
        True: _("A condition is late: %(title)s"),
    }
    _tell(
        by=by,
        at=at,
        project=project,
        people=[condition.responsible, project.project_owner] if late else [condition.responsible],
        code="portfolio.gate_condition" if late is None else "portfolio.gate_condition_due",
        subject=subjects[late],
        body=_("It was set at gate %(gate)s of %(reference)s. Deadline: %(due)s. The next gate stops until it is met."),
        page="gate_condition_meet",
        object_id=condition.pk,
        gate=condition.review.gate,
        due=condition.due_date.strftime("%d.%m.%Y"),
    )


def tell_report_sent(*, by: Actor, at: datetime, snapshot: ReportSnapshot, board: Iterable[Person]) -> None:
    """Those who sit in the portfolio board hear that a report waits for them."""
    message = Message(
        code="portfolio.report_sent",
        subject=_("Portfolio report: %(name)s"),
        body=_("%(by)s has sent you the portfolio report of %(day)s. Read it, and write down what the board says."),
        values={
            "name": snapshot.portfolio.name,
            "by": by.name,
            "day": localdate(snapshot.taken_at).strftime("%d.%m.%Y"),
        },
        path=reverse("portfolio:report_detail", args=[snapshot.pk]),
    )
    notify(by=by, at=at, house=snapshot, people=[p for p in board if p.active], message=message)


_MEASURE_NEXT: dict[str, Promise] = {
    MeasureProject.State.WITH_BODY: _("The body decides it, as a case. Until then the project goes on."),
    MeasureProject.State.ASKED: _("A change of the dates is asked for, and goes to the one who decides it."),
    MeasureProject.State.DONE: _("It holds from now."),
    MeasureProject.State.TOLD: _("Talk with the one responsible about what it means for the project."),
}


def _about_measure(
    by: Actor, at: datetime, measure: Measure, row: MeasureProject, people: Iterable[Person]
) -> dict[str, Any]:
    # Where it touches several projects, its words may tell of what is exempt in another: they stand on the page.
    alone = measure.projects.count() == 1 and measure.into_id is None
    what = measure.title if alone else measure.get_kind_display()
    about = {
        "page": "measure_detail",
        "object_id": measure.pk,
        "what": what,
        "reason": measure.reason if alone else "–",
    }
    return {"by": by, "at": at, "project": row.project, "people": people, **about}


def tell_measure_decided(
    *, by: Actor, at: datetime, measure: Measure, row: MeasureProject, people: Iterable[Person]
) -> None:
    """Those who answer for a project hear what is decided about it, why, and what happens now."""
    _tell(
        **_about_measure(by, at, measure, row, people),
        code="portfolio.measure_decided",
        subject=_("Decided for the portfolio: %(title)s"),
        body=_("%(by)s has decided a measure about %(reference)s: %(what)s. Reason: %(reason)s %(next)s"),
        next=_MEASURE_NEXT[row.state],
    )


def tell_measure_settled(
    *, by: Actor, at: datetime, measure: Measure, row: MeasureProject, people: Iterable[Person]
) -> None:
    """Those who answer for a project, and the one responsible, hear what the body said of a measure."""
    _tell(
        **_about_measure(by, at, measure, row, people),
        code="portfolio.measure_settled",
        subject=_("The measure is settled: %(title)s"),
        body=_("The measure about %(reference)s: %(what)s. %(outcome)s."),
        outcome=row.get_state_display(),
    )


def _tell_measure(*, by: Actor, at: datetime, measure: Measure, code: str, subject: Promise, body: Promise) -> None:
    # Whoever is responsible need not be let into what is exempt in a project: the words stand on the page.
    values = {"what": measure.get_kind_display(), "by": by.name, "portfolio": measure.portfolio.name}
    message = Message(
        code=code,
        subject=subject,
        body=body,
        values={**values, "due": measure.due_date.strftime("%d.%m.%Y")},
        path=reverse("portfolio:measure_detail", args=[measure.pk]),
    )
    manager = holders("portfolio_manager", entity_id=measure.portfolio.owner_id, on=localdate(at))
    people = [measure.responsible] if measure.responsible.active else list(manager)
    notify(by=by, at=at, house=measure, people=people, message=message)


def tell_measure_given(*, by: Actor, at: datetime, measure: Measure) -> None:
    """The one responsible hears that a measure is theirs to carry out."""
    _tell_measure(
        by=by,
        at=at,
        measure=measure,
        code="portfolio.measure_given",
        subject=_("You are responsible for a measure: %(what)s"),
        body=_("%(by)s has made you responsible for a measure in %(portfolio)s. Deadline: %(due)s."),
    )


def tell_measure_due(*, by: Actor, at: datetime, measure: Measure, late: bool) -> None:
    """The one responsible is reminded of a measure."""
    _tell_measure(
        by=by,
        at=at,
        measure=measure,
        code="portfolio.measure_due",
        subject=_("The measure is late: %(what)s") if late else _("A measure is due soon: %(what)s"),
        body=_("The deadline is %(due)s. Write down how it goes, or that it is done."),
    )
