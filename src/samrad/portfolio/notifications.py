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
from samrad.portfolio.models import ChangeRequest, GateCondition, Project, ReportSnapshot, ResourceRequest


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
    **values: Any,
) -> None:
    need = project.initiative
    message = Message(
        code=code,
        subject=subject,
        body=body,
        values={"title": need.title, "reference": need.reference, "by": by.name, **values},
        path=reverse(f"portfolio:{page}", args=[object_id or project.pk]),
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
        body=_("Gate %(gate)s of %(reference)s: %(text)s Deadline: %(due)s. The next gate stops until it is met."),
        page="gate_condition_meet",
        object_id=condition.pk,
        gate=condition.review.gate,
        text=condition.text,
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
