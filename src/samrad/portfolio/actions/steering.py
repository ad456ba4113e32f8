"""Deviations that open a case by themselves, changes that are asked for and decided, and what is tolerated."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.cases.actions import Hand, close_tasks, hand_out, move_case, open_further_case
from samrad.cases.models import Case
from samrad.cases.queries import decided_text
from samrad.cases.workflow import CLOSED_STATES
from samrad.core.models import end_before, house_of
from samrad.core.verdict import Lack, Refused, Stale, Verdict
from samrad.eventlog.actions import record
from samrad.governance.policy import can_replace
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.portfolio import events
from samrad.portfolio.actions.plan import set_baseline
from samrad.portfolio.actions.projects import lock_project
from samrad.portfolio.lights import Limits
from samrad.portfolio.models import Baseline, ChangeRequest, Deviation, Portfolio, Project, Tolerance
from samrad.portfolio.notifications import tell_change_asked, tell_change_decided, tell_deviation
from samrad.portfolio.policy import can_ask_change, can_decide_change, can_manage, change_lacks
from samrad.portfolio.queries import change_body, limits_for, reckoned, waiting_change

KINDS = {"economy": Deviation.Kind.COST, "progress": Deviation.Kind.TIME}


@transaction.atomic
def check_tolerances(*, by: Actor, at: datetime, project_id: int) -> list[Deviation]:
    """Open a deviation, with its case, for each tolerance the project has gone past. Twice is once.

    What follows from what was reported or written down, so it asks for no permission of its own.
    """
    project, on = lock_project(project_id, None), localdate(at)
    limits, opened = limits_for(project.portfolio.owner_id, on=on), []
    for name, row in reckoned(project, on=on).items():
        kind = KINDS.get(name)
        if kind is None or row.light != "red" or project.deviations.filter(kind=kind, closed_at=None).exists():
            continue
        limit = limits.cost_red_percent if kind == Deviation.Kind.COST else limits.time_red_months
        case = open_further_case(by=by, at=at, initiative=project.initiative, kind=Case.Kind.DEVIATION)
        made = Deviation.objects.create(
            **house_of(project), project=project, kind=kind, measured=row.number, limit=limit, case=case, opened_at=at
        )
        event = events.DeviationOpened(
            initiative_id=project.initiative_id,
            project_id=project.pk,
            deviation_id=made.pk,
            deviation=kind,
            case_id=case.pk,
        )
        record(event, by=by, at=at, house=project)
        tell_deviation(by=by, at=at, project=project, reason=row.reason)
        opened.append(made)
    return opened


@transaction.atomic
def ask_change(
    *,
    by: Actor,
    at: datetime,
    project_id: int,
    version: int | None,
    reason: str,
    frame_kr: Decimal | None = None,
    contingency_kr: Decimal | None = None,
    start_date: date | None = None,
    end_date: date | None = None,
) -> ChangeRequest:
    """Ask for another frame, contingency, start or end than what is approved. Goes to the project owner, or to the body."""
    project = lock_project(project_id, version)
    can_ask_change(by, project, waiting_change(project)).require()
    return file_change(
        by=by,
        at=at,
        project=project,
        reason=reason,
        frame_kr=frame_kr,
        contingency_kr=contingency_kr,
        start_date=start_date,
        end_date=end_date,
    )


@transaction.atomic
def file_change(
    *,
    by: Actor,
    at: datetime,
    project: Project,
    reason: str,
    frame_kr: Decimal | None = None,
    contingency_kr: Decimal | None = None,
    start_date: date | None = None,
    end_date: date | None = None,
) -> ChangeRequest:
    """Put a change before the project owner or the body. Permission is the caller's."""
    lacks = change_lacks(reason, frame_kr, contingency_kr, start_date, end_date, project)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    body = change_body(project, on=localdate(at))
    change = ChangeRequest.objects.create(
        **house_of(project),
        project=project,
        number=project.changes.count() + 1,
        reason=reason.strip(),
        frame_kr=frame_kr,
        contingency_kr=contingency_kr,
        start_date=start_date,
        end_date=end_date,
        asked_at=at,
        asked_by_id=by.person,
    )
    event = events.ChangeAsked(initiative_id=project.initiative_id, project_id=project.pk, change_id=change.pk)
    if body is not None:
        kind = Case.Kind.CHANGE
        change.case = open_further_case(by=by, at=at, initiative=project.initiative, kind=kind, body_id=body.pk)
        change.state = ChangeRequest.State.WITH_BODY
        change.save()
        record(event, by=by, at=at, house=project)
    else:
        hand = Hand(kind="decide_change", person_id=project.project_owner_id, object_id=project.pk)
        if hand.person_id is None:
            raise Refused(_("The project has no owner who can decide the change."))
        hand_out(by=by, at=at, house=project, hand=hand, event=event, initiative=project.initiative)
        tell_change_asked(by=by, at=at, project=project)
    return change


@transaction.atomic
def decide_change(
    *, by: Actor, at: datetime, change_id: int, version: int | None, approved: bool, text: str
) -> ChangeRequest:
    """Decide the change as project owner. An approved change is what the project is measured against from now on."""
    found = ChangeRequest.objects.select_related("project").get(pk=change_id)
    project = lock_project(found.project_id, None)
    change = ChangeRequest.objects.select_for_update(of=("self",)).select_related("project").get(pk=change_id)
    if version is not None and version != change.version:
        raise Stale(_("Someone has decided the change since you opened the page. Look at it again."))
    can_decide_change(by, change, change_body(project, on=localdate(at))).require()
    if not text.strip():
        lack = Lack(_("Say why. Those who asked will read it."), "id_text")
        raise Refused(Verdict.no(lack.text, (lack,)))
    _decided(by=by, at=at, change=change, project=project, approved=approved, text=text.strip())
    return change


def _decided(*, by: Actor, at: datetime, change: ChangeRequest, project: Project, approved: bool, text: str) -> None:
    change.state = ChangeRequest.State.APPROVED if approved else ChangeRequest.State.REJECTED
    change.text, change.decided_at, change.decided_by_id = text, at, by.person_id
    change.version += 1
    change.save()
    if approved:
        project.start_date = change.start_date or project.start_date
        project.end_date = change.end_date or project.end_date
        project.version += 1
        project.save()
        set_baseline(
            by=by,
            at=at,
            project=project,
            why=Baseline.Why.CHANGE,
            frame_kr=change.frame_kr,
            contingency_kr=change.contingency_kr,
        )
        project.deviations.filter(closed_at__isnull=True).update(closed_at=at)
    event = events.ChangeDecided(
        initiative_id=project.initiative_id, project_id=project.pk, change_id=change.pk, approved=approved
    )
    close_tasks(by=by, at=at, house=project, event=event, kind="decide_change", object_id=project.pk)
    tell_change_decided(by=by, at=at, project=project, change=change)


def _take_back(*, by: Actor, at: datetime, change: ChangeRequest, project: Project, text: str) -> None:
    """A change nobody asks for any more: it is decided with a no, and its case, where it has one, is stopped."""
    if change.case is not None and change.case.state not in CLOSED_STATES:
        asked = events.ChangeDecided(
            initiative_id=project.initiative_id, project_id=project.pk, change_id=change.pk, approved=False
        )
        move_case(by=by, at=at, case=change.case, to="stopped", event=asked)
    _decided(by=by, at=at, change=change, project=project, approved=False, text=text)


@transaction.atomic
def settle_steering(*, by: Actor, at: datetime, case: Case, approved: bool) -> bool:
    """Let what was decided in a case about a change or a deviation hold. What follows; asks no permission."""
    Deviation.objects.filter(case=case, closed_at__isnull=True).update(closed_at=at)
    change = ChangeRequest.objects.filter(case=case, decided_at__isnull=True).first()
    if change is None:
        event = events.DeviationTreated(initiative_id=case.initiative_id, case_id=case.pk, approved=approved)
        record(event, by=by, at=at, house=case)
        return False
    project = lock_project(change.project_id, None)
    _decided(by=by, at=at, change=change, project=project, approved=approved, text=decided_text(case))
    return True


@transaction.atomic
def adopt_tolerance(
    *,
    by: Actor,
    at: datetime,
    portfolio: Portfolio,
    limits: Limits,
    valid_from: date,
    after: int | None = None,
) -> Tolerance:
    """Adopt what is tolerated from a day on. Reports that are published keep the lights they had."""
    can_manage(by, portfolio).require()
    if limits.risk_amber >= limits.risk_red:
        lack = Lack(_("Yellow must begin below red."), "id_risk_amber")
        raise Refused(Verdict.no(lack.text, (lack,)))
    owner = Entity.objects.select_for_update(of=("self",)).get(pk=portfolio.owner_id)
    last = Tolerance.objects.filter(owner=owner).order_by("-version").first()
    if after is not None and after != (last.version if last else 0):
        raise Stale(_("Someone has adopted a newer version since you opened the page. Look at it first."))
    can_replace(last, valid_from).require()
    end_before(last, valid_from)
    made = Tolerance.objects.create(
        **house_of(portfolio),
        version=(last.version if last else 0) + 1,
        cost_red_percent=limits.cost_red_percent,
        time_red_months=limits.time_red_months,
        risk_red=limits.risk_red,
        risk_amber=limits.risk_amber,
        source=limits.source,
        valid_from=valid_from,
        adopted_by_id=by.person_id,
    )
    event = events.ToleranceAdopted(portfolio_id=portfolio.pk, tolerance_id=made.pk, number=made.version)
    record(event, by=by, at=at, house=made)
    return made
