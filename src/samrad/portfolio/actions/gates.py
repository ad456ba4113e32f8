"""Filling in a gate's check list, deciding at the gate, sending it to the body, and adopting a new check list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.cases.actions import open_further_case
from samrad.cases.models import Case
from samrad.cases.queries import decided_text
from samrad.core.models import end_before, house_of
from samrad.core.verdict import Lack, Refused, Stale, Verdict
from samrad.eventlog.actions import record
from samrad.governance.policy import can_replace
from samrad.initiatives.actions import set_phase
from samrad.initiatives.queries import still_sees
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity, Person
from samrad.portfolio import events
from samrad.portfolio.actions.conditions import NewGateCondition, set_conditions
from samrad.portfolio.actions.plan import set_baseline
from samrad.portfolio.actions.projects import lock_project
from samrad.portfolio.models import Baseline, GateChecklist, GateReview, Portfolio, Project
from samrad.portfolio.policy import can_answer_gate, can_decide_gate, can_manage, can_send_gate, conditions_lack
from samrad.portfolio.queries import Standing, reviews_of, standing_of
from samrad.portfolio.workflow import BY_CODE


def _standing(project: Project, at: datetime, version: int | None) -> Standing:
    standing = standing_of(project, reviews_of(project), on=localdate(at))
    if standing is None:
        raise Refused(_("The project has passed its last gate."))
    now = standing.review.version if standing.review else 0
    if version is not None and version != now:
        raise Stale(_("Someone has changed the check list since you opened the page. Look at it again."))
    return standing


def _opened(standing: Standing, at: datetime) -> GateReview:
    """The review begins: what is asked now is what is asked in it."""
    return GateReview(
        **house_of(standing.project),
        project=standing.project,
        gate=standing.gate.code,
        questions=standing.checklist.plain(),
        opened_at=at,
        version=0,
    )


@transaction.atomic
def answer_gate(
    *, by: Actor, at: datetime, project_id: int, version: int | None, answers: Mapping[str, Mapping[str, str]]
) -> GateReview:
    """Fill in the check list of the project's next gate. What is asked is kept with the answers."""
    project = lock_project(project_id, None)
    standing = _standing(project, at, version)
    can_answer_gate(by, standing).require()
    review = standing.review or _opened(standing, at)
    codes = {code for code, _text in review.questions}
    review.answers = {
        code: {"answer": row.get("answer", ""), "note": row.get("note", "").strip()}
        for code, row in answers.items()
        if code in codes and (row.get("answer") in GateReview.Answer.values or row.get("note"))
    }
    review.version += 1
    review.save()
    event = events.GateAnswered(
        initiative_id=project.initiative_id,
        project_id=project.pk,
        review_id=review.pk,
        gate=review.gate,
        answered=sum(1 for row in review.answers.values() if row["answer"]),
    )
    record(event, by=by, at=at, house=project)
    return review


def _out_of_sight(project: Project, conditions: Sequence[NewGateCondition], *, on: date) -> tuple[Lack, ...]:
    """The conditions given to one who does not see the project, and so could never meet them."""
    asked = [row.responsible_id for row in conditions if row.responsible_id]
    seeing = {
        person.pk
        for person in Person.objects.filter(pk__in=asked, active=True)
        if still_sees(person, project.initiative, on=on)
    }
    words = _("Choose someone who can see the project.")
    return tuple(
        Lack(words, f"id_c{number}_responsible")
        for number, row in enumerate(conditions)
        if row.responsible_id not in seeing
    )


@transaction.atomic
def decide_gate(
    *,
    by: Actor,
    at: datetime,
    project_id: int,
    version: int | None,
    passes: bool,
    text: str,
    conditions: Sequence[NewGateCondition] = (),
) -> GateReview:
    """Decide at the gate as project owner: the project goes on to the next phase, or not yet. Say why.

    What is set as a condition is handed to the one responsible; the next gate stops until it is met.
    """
    project = lock_project(project_id, None)
    standing = _standing(project, at, version)
    can_decide_gate(by, standing, passes=passes).require()
    if not text.strip():
        raise Refused(_("Say why. It stands in the project's history."))
    told = [(row.text, row.responsible_id, row.due) for row in conditions]
    if lacks := conditions_lack(told, on=localdate(at)):
        raise Refused(Verdict.no(lacks[0].text, lacks))
    if lacks := _out_of_sight(project, conditions, on=localdate(at)):
        raise Refused(Verdict.no(lacks[0].text, lacks))
    review = standing.review or _opened(standing, at)
    _decided(by=by, at=at, review=review, project=project, passes=passes, text=text.strip())
    set_conditions(by=by, at=at, review=review, rows=conditions)
    return review


def _decided(*, by: Actor, at: datetime, review: GateReview, project: Project, passes: bool, text: str) -> None:
    review.state = GateReview.State.PASSED if passes else GateReview.State.NOT_YET
    review.text, review.decided_at, review.decided_by_id = text, at, by.person_id
    review.version += 1
    review.save()
    if passes:
        set_phase(by=by, at=at, initiative=project.initiative, phase=BY_CODE[review.gate].target)
        if BY_CODE[review.gate].target == "execute":  # the plan is approved: from now on it is measured against
            set_baseline(by=by, at=at, project=project, why=Baseline.Why.GATE)
    event = events.GateDecided(
        initiative_id=project.initiative_id,
        project_id=project.pk,
        review_id=review.pk,
        gate=review.gate,
        passed=passes,
    )
    record(event, by=by, at=at, house=project)


@transaction.atomic
def send_gate(*, by: Actor, at: datetime, project_id: int, version: int | None) -> Case:
    """Send the gate to the body that decides it, as a case that is ready for its agenda."""
    project = lock_project(project_id, None)
    standing = _standing(project, at, version)
    can_send_gate(by, standing).require()
    review = standing.review
    if review is None or standing.body is None:
        raise Refused(_("Fill in the check list first."))
    case = open_further_case(
        by=by, at=at, initiative=project.initiative, kind=Case.Kind.GATE, gates=review.gate, body_id=standing.body.pk
    )
    review.case, review.state = case, GateReview.State.WITH_BODY
    review.version += 1
    review.save()
    event = events.GateSent(
        initiative_id=project.initiative_id,
        project_id=project.pk,
        review_id=review.pk,
        gate=review.gate,
        case_id=case.pk,
    )
    record(event, by=by, at=at, house=project)
    return case


@transaction.atomic
def settle_gate(*, by: Actor, at: datetime, case: Case, approved: bool) -> GateReview | None:
    """Let what was decided in a gate's case hold for the project. What follows from the decision; asks no permission."""
    review = GateReview.objects.select_for_update(of=("self",)).filter(case=case, decided_at__isnull=True).first()
    if review is None:
        return None
    project = lock_project(review.project_id, None)
    _decided(by=by, at=at, review=review, project=project, passes=approved, text=decided_text(case))
    return review


@transaction.atomic
def adopt_checklist(
    *,
    by: Actor,
    at: datetime,
    portfolio: Portfolio,
    gate: str,
    questions: Sequence[tuple[str, str]],
    body_sizes: Sequence[str],
    valid_from: date,
    source: str = "",
    after: int | None = None,
) -> GateChecklist:
    """Adopt what a gate asks from a day on. Reviews that have begun keep what they were asked."""
    can_manage(by, portfolio).require()
    asked = [[code, text.strip()] for code, text in questions if text.strip()]
    if not asked:
        raise Refused(_("Keep at least one question."))
    owner = Entity.objects.select_for_update(of=("self",)).get(pk=portfolio.owner_id)
    last = GateChecklist.objects.filter(owner=owner, gate=gate).order_by("-version").first()
    if after is not None and after != (last.version if last else 0):
        raise Stale(_("Someone has adopted a newer version since you opened the page. Look at it first."))
    can_replace(last, valid_from).require()
    end_before(last, valid_from)
    made = GateChecklist.objects.create(
        **house_of(portfolio),
        gate=gate,
        version=(last.version if last else 0) + 1,
        questions=asked,
        body_sizes=sorted(body_sizes),
        valid_from=valid_from,
        source=source.strip(),
        adopted_by_id=by.person_id,
    )
    event = events.ChecklistAdopted(portfolio_id=portfolio.pk, checklist_id=made.pk, gate=gate, number=made.version)
    record(event, by=by, at=at, house=made)
    return made
