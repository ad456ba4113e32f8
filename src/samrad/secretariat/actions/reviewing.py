"""Assessments by named people: asked for, reminded of, answered, and no longer waited for."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.anchoring.queries import REMIND_BEFORE, last_day
from samrad.cases.actions import Hand, close_tasks, hand_out
from samrad.cases.models import Case
from samrad.cases.queries import participants_of
from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Stale, Verdict
from samrad.eventlog.actions import record
from samrad.initiatives.actions import involve, lock_initiative
from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor
from samrad.secretariat import events
from samrad.secretariat.actions.preparing import _locked
from samrad.secretariat.models import Assessment, Review
from samrad.secretariat.notifications import (
    tell_review_answered,
    tell_review_asked,
    tell_review_ended,
    tell_review_overdue,
    tell_review_reminded,
)
from samrad.secretariat.policy import about_lacks, can_answer_review, can_assess, can_write
from samrad.secretariat.queries.reviewing import Kind, coordinator_ids, people_to_ask

TASK = "assess"


def _lock_review(review_id: int) -> tuple[Review, Initiative]:
    """The review, locked after its initiative, as everywhere."""
    initiative_id = Review.objects.values_list("case__initiative_id", flat=True).get(pk=review_id)
    initiative = lock_initiative(initiative_id or 0, None)
    rows = Review.objects.select_for_update(of=("self",))
    return rows.select_related("person", "asked_by", "municipality", "case__case_officer").get(pk=review_id), initiative


def _ask_lacks(case: Case, kind: str, person_id: int, due: date, today: date) -> tuple[Lack, ...]:
    found = []
    if not people_to_ask(case, on=today).filter(pk=person_id).exists():
        found.append(Lack(_("Choose who is asked."), "id_person"))
    elif kind == Kind.COORDINATOR and person_id not in coordinator_ids(case, on=today):
        found.append(Lack(_("Choose a coordinator in the register."), "id_person"))
    if due < today:
        found.append(Lack(_("The deadline cannot have passed already."), "id_due"))
    return tuple(found)


@transaction.atomic
def ask_review(
    *,
    by: Actor,
    at: datetime,
    case_id: int,
    version: int | None = None,
    kind: str,
    person_id: int,
    due: date,
    title: str = "",
    municipality_id: int | None = None,
    question: str = "",
) -> Review:
    """Ask a named person for an assessment by a day."""
    case, initiative = _locked(case_id, version)
    can_assess(by, case).require()
    lacks = about_lacks(participants_of(initiative), kind, title, municipality_id)
    lacks += _ask_lacks(case, kind, person_id, due, localdate(at))
    same = case.reviews.filter(kind=kind, municipality_id=municipality_id)
    if same.filter(answered_at__isnull=True, withdrawn_at__isnull=True).exists():
        lacks += (Lack(_("Someone is asked already. Take the question back first."), "id_kind"),)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    review = Review.objects.create(
        **house_of(case),
        case=case,
        kind=kind,
        title=title,
        municipality_id=municipality_id,
        person_id=person_id,
        question=question.strip(),
        asked_at=at,
        asked_by_id=by.person,
        due_date=due,
    )
    involve(by=by, at=at, initiative=initiative, person=review.person, kind="asked")
    event = events.ReviewAsked(
        initiative_id=initiative.pk,
        case_id=case.pk,
        review_id=review.pk,
        kind_of_assessment=kind,
        person_id=person_id,
    )
    # On the initiative and not on the case: the case moves on without taking the question away.
    hand = Hand(kind=TASK, person_id=person_id, object_id=review.pk, due=due)
    hand_out(by=by, at=at, house=case, hand=hand, event=event, initiative=initiative)
    tell_review_asked(by=by, at=at, review=review, initiative=initiative)
    return review


@transaction.atomic
def write_assessment(
    *,
    by: Actor,
    at: datetime,
    case_id: int,
    version: int | None = None,
    kind: str = Kind.SECRETARIAT,
    title: str = "",
    municipality_id: int | None = None,
    text: str = "",
    not_assessed_reason: str = "",
) -> Assessment:
    """Write the secretariat's assessment, or one of the professional ones, or why it is not assessed."""
    case, initiative = _locked(case_id, version)
    known = coordinator_ids(case, on=localdate(at)) if kind == Kind.COORDINATOR else frozenset()
    can_write(by, case, kind, coordinators=known).require()
    if kind == Kind.FINANCE and municipality_id is None:
        towns = participants_of(initiative)
        municipality_id = towns[0] if len(towns) == 1 else None
    lacks = about_lacks(participants_of(initiative), kind, title, municipality_id)
    if not text.strip() and not not_assessed_reason.strip():
        lacks += (Lack(_("Write the assessment, or why it is not assessed."), "id_text"),)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    written = _kept(case, kind, municipality_id)
    written.title, written.text, written.not_assessed_reason = title, text.strip(), not_assessed_reason.strip()
    written.conclusion, written.written_at, written.written_by_id = "", at, by.person
    written.version += 1
    written.save()
    case.version += 1
    case.save(update_fields=["version"])
    event = events.Assessed(
        initiative_id=case.initiative_id,
        case_id=case.pk,
        assessment_id=written.pk,
        kind_of_assessment=str(kind),
    )
    record(event, by=by, at=at, house=written)
    waiting = case.reviews.filter(kind=kind, municipality_id=municipality_id)
    for review in waiting.filter(answered_at__isnull=True, withdrawn_at__isnull=True).select_related("person"):
        end_review(by=by, at=at, review=review, initiative=initiative)
    return written


def _kept(case: Case, kind: str, municipality_id: int | None) -> Assessment:
    """The assessment as it is kept, or a new one."""
    found = Assessment.objects.filter(case=case, kind=kind, municipality_id=municipality_id).first()
    return found or Assessment(**house_of(case), case=case, kind=kind, municipality_id=municipality_id, version=0)


@transaction.atomic
def answer_review(
    *, by: Actor, at: datetime, review_id: int, version: int | None = None, text: str, conclusion: str
) -> Assessment:
    """Give the assessment one is asked for, with a conclusion."""
    review, initiative = _lock_review(review_id)
    if version is not None and version != review.version:
        raise Stale(_("Someone has changed this since you opened the page. Load it again."))
    can_answer_review(by, review, review.case).require()
    lacks = []
    if not text.strip():
        lacks.append(Lack(_("Write the assessment."), "id_text"))
    if conclusion not in Assessment.Conclusion.values:
        lacks.append(Lack(_("Choose a conclusion."), "id_conclusion"))
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, tuple(lacks)))
    written = _kept(review.case, review.kind, review.municipality_id)
    written.title, written.text, written.conclusion = review.title, text.strip(), conclusion
    written.not_assessed_reason, written.written_at, written.written_by_id = "", at, by.person
    written.version += 1
    written.save()
    review.answered_at = at
    review.version += 1
    review.save(update_fields=["answered_at", "version"])
    event = events.Assessed(
        initiative_id=initiative.pk,
        case_id=review.case_id,
        assessment_id=written.pk,
        kind_of_assessment=review.kind,
    )
    close_tasks(by=by, at=at, house=written, event=event, kind=TASK, object_id=review.pk)
    tell_review_answered(by=by, at=at, review=review, initiative=initiative, written=written)
    return written


@transaction.atomic
def end_review(*, by: Actor, at: datetime, review: Review, initiative: Initiative) -> None:
    """Wait for an assessment no longer. Permission is the caller's, who has locked the case."""
    review.withdrawn_at = at
    review.version += 1
    review.save(update_fields=["withdrawn_at", "version"])
    event = events.ReviewEnded(
        initiative_id=initiative.pk, case_id=review.case_id, review_id=review.pk, person_id=review.person_id
    )
    close_tasks(by=by, at=at, house=review, event=event, kind=TASK, object_id=review.pk)
    tell_review_ended(by=by, at=at, review=review, initiative=initiative)


@transaction.atomic
def withdraw_review(*, by: Actor, at: datetime, case_id: int, review_id: int) -> Review:
    """Take a question for an assessment back."""
    review, initiative = _lock_review(review_id)
    can_assess(by, review.case).require()
    if review.case_id != case_id or not review.waits:
        raise Refused(_("The answer is no longer waited for."))
    end_review(by=by, at=at, review=review, initiative=initiative)
    return review


@transaction.atomic
def end_reviews(*, by: Actor, at: datetime, case_id: int) -> int:
    """When a case is closed, nobody is waited for any longer. How many that were asked."""
    waiting = Review.objects.filter(case_id=case_id, answered_at__isnull=True, withdrawn_at__isnull=True)
    rows = list(waiting.select_related("person", "municipality", "case__initiative").order_by("pk"))
    for review in rows:
        if review.case.initiative is not None:
            end_review(by=by, at=at, review=review, initiative=review.case.initiative)
    return len(rows)


@transaction.atomic
def remind_review(*, by: Actor, at: datetime, review_id: int) -> Review:
    """Remind the one who has not given the assessment, once, before the deadline."""
    review, initiative = _lock_review(review_id)
    if not review.waits or review.case.closed_at or review.reminded_at:
        return review
    if review.due_date > localdate(at) + REMIND_BEFORE:
        return review
    review.reminded_at = at
    review.save(update_fields=["reminded_at"])
    event = events.ReviewReminded(
        initiative_id=initiative.pk, case_id=review.case_id, review_id=review.pk, person_id=review.person_id
    )
    record(event, by=by, at=at, house=review)
    tell_review_reminded(by=by, at=at, review=review, initiative=initiative)
    return review


@transaction.atomic
def pass_review_deadline(*, by: Actor, at: datetime, review_id: int) -> Review:
    """Note that the deadline has passed after a reminder, and remind once more; those who prepare the case hear it."""
    review, initiative = _lock_review(review_id)
    if not review.waits or review.case.closed_at or review.passed_at or review.reminded_at is None:
        return review
    # A reminder that came late, because the machine stood still, gives time to answer too.
    if localdate(at) <= last_day(review.due_date, localdate(review.reminded_at)):
        return review
    review.passed_at = at
    review.save(update_fields=["passed_at"])
    event = events.ReviewOverdue(
        initiative_id=initiative.pk, case_id=review.case_id, review_id=review.pk, person_id=review.person_id
    )
    record(event, by=by, at=at, house=review)
    tell_review_overdue(by=by, at=at, review=review, initiative=initiative)
    return review
