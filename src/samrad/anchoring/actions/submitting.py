"""Sending in: only the version that was endorsed, and completing what the secretariat returned."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from samrad.anchoring.events import Completed, Submitted
from samrad.anchoring.models import Submission
from samrad.anchoring.notifications import tell_submitted
from samrad.anchoring.policy import can_complete, can_submit
from samrad.anchoring.queries import standing_of
from samrad.cases.actions import Hand, move_case
from samrad.cases.models import Case
from samrad.cases.queries import current_case, lock_case
from samrad.core.models import house_of
from samrad.documents.actions import lock_files
from samrad.governance.queries import requirements_on, rules_of_the_day
from samrad.initiatives.actions import keep_version, lock_initiative, reach_stage
from samrad.initiatives.content import FIELDS
from samrad.initiatives.models import ContentVersion, Initiative
from samrad.initiatives.policy import house_id
from samrad.initiatives.queries import kinds_of, plan_for
from samrad.organisation.actors import Actor


def _requirements(initiative: Initiative, at: datetime) -> list[dict[str, str]]:
    """The minimum requirements in force that day: the form's own, and those the house has set."""
    day = localdate(at)
    own = [
        {"code": r.code, "source": r.source, "from": r.valid_from.isoformat(), "question": r.question}
        for r in requirements_on(house_id(initiative), initiative.size, day)
    ]
    plan = plan_for(initiative, on=day)
    form = [{"code": f.code, "source": "form", "from": ""} for f in FIELDS if f.minimum and plan.asks(f)]
    return [*form, {"code": "benefits", "source": "form", "from": ""}, *own]


def _case_of(initiative: Initiative) -> Case | None:
    standing = current_case(initiative)
    return lock_case(standing.pk) if standing else None


def _keep(*, by: Actor, at: datetime, case: Case, initiative: Initiative, content: ContentVersion) -> Submission:
    submission = Submission.objects.filter(case=case).first() or Submission(
        **house_of(case), case=case, initiative=initiative
    )
    submission.content = content
    submission.submitted_at, submission.submitted_by_id = at, by.person
    submission.requirements = _requirements(initiative, at)
    submission.rules = rules_of_the_day(house_id(initiative), localdate(at))
    submission.save()
    return submission


def _to_secretariat(initiative: Initiative) -> list[Hand]:
    return [Hand(kind="check_completeness", role="secretariat_lead", entity_id=house_id(initiative))]


@transaction.atomic
def submit(*, by: Actor, at: datetime, initiative_id: int, version: int | None = None) -> Submission:
    """Send in the need. Only the version that the head of sector recommended."""
    initiative = lock_initiative(initiative_id, version)
    case = _case_of(initiative)
    standing = standing_of(initiative, case, on=localdate(at))
    can_submit(by, initiative, standing, kinds=kinds_of(by, initiative)).require()
    if case is None:
        raise ValueError("submitting is only allowed where there is a case")
    content = keep_version(by=by, at=at, initiative=initiative, reason="submitted")
    lock_files(by=by, at=at, house=initiative, initiative_id=initiative.pk)
    submission = _keep(by=by, at=at, case=case, initiative=initiative, content=content)
    event = Submitted(
        initiative_id=initiative.pk,
        case_id=case.pk,
        submission_id=submission.pk,
        content_number=content.number,
    )
    reach_stage(by=by, at=at, initiative=initiative, stage=Initiative.Stage.SUBMITTED)
    move_case(by=by, at=at, case=case, to="submitted", event=event, hands=_to_secretariat(initiative))
    tell_submitted(by=by, at=at, initiative=initiative, on=localdate(at), again=False)
    return submission


@transaction.atomic
def complete(*, by: Actor, at: datetime, initiative_id: int, version: int | None = None) -> Submission:
    """Send a returned case back to the secretariat, with what was missing added."""
    initiative = lock_initiative(initiative_id, version)
    case = _case_of(initiative)
    standing = standing_of(initiative, case, on=localdate(at))
    can_complete(by, initiative, standing, kinds=kinds_of(by, initiative)).require()
    if case is None:
        raise ValueError("completing is only allowed where there is a case")
    content = keep_version(by=by, at=at, initiative=initiative, reason="completed")
    lock_files(by=by, at=at, house=initiative, initiative_id=initiative.pk)
    submission = _keep(by=by, at=at, case=case, initiative=initiative, content=content)
    event = Completed(
        initiative_id=initiative.pk,
        case_id=case.pk,
        submission_id=submission.pk,
        content_number=content.number,
    )
    move_case(by=by, at=at, case=case, to="submitted", event=event, hands=_to_secretariat(initiative))
    tell_submitted(by=by, at=at, initiative=initiative, on=localdate(at), again=True)
    return submission
