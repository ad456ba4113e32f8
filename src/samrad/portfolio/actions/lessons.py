"""Writing down what a project has learnt, taking a lesson away, and putting it back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Refused, Stale, Verdict
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.portfolio import events
from samrad.portfolio.models import Lesson, Project
from samrad.portfolio.policy import can_keep_lessons, lesson_lacks


@dataclass(frozen=True, kw_only=True)
class LessonRow:
    """A lesson as it is typed. `reach` says who may read it; never more than may read about the project."""

    title: str
    happened: str
    learnt: str
    kind: str
    theme: str
    phase: str
    advice: str = ""
    reach: str = Lesson.Reach.TEAM


def _lesson(project: Project, lesson_id: int | None, version: int | None) -> Lesson | None:
    """The lesson, locked, where it is as it was when the page was made."""
    row = Lesson.objects.select_for_update(of=("self",)).filter(project=project, pk=lesson_id or 0).first()
    if version is not None and version != (row.version if row else 0):
        raise Stale(_("Someone has changed this since you opened the page. Look at it again before you go on."))
    return row


def _told(lesson: Lesson, *, by: Actor, at: datetime) -> None:
    event = events.LessonKept(
        initiative_id=lesson.project.initiative_id,
        project_id=lesson.project_id,
        lesson_id=lesson.pk,
        reach=lesson.reach,
        gone=lesson.removed_at is not None,
    )
    record(event, by=by, at=at, house=lesson)


@transaction.atomic
def keep_lesson(
    *, by: Actor, at: datetime, project: Project, lesson_id: int | None, version: int | None, row: LessonRow
) -> Lesson:
    """Write down what the project has learnt, or change it."""
    can_keep_lessons(by, project).require()
    if lacks := lesson_lacks(row.title, row.happened, row.learnt):
        raise Refused(Verdict.no(lacks[0].text, lacks))
    lesson = _lesson(project, lesson_id, version)
    if lesson is None:
        lesson = Lesson(**house_of(project), project=project, written_by_id=by.person, written_at=at, version=0)
    for name, value in asdict(row).items():
        setattr(lesson, name, value.strip())
    lesson.changed_at = at
    lesson.version += 1
    lesson.save()
    _told(lesson, by=by, at=at)
    return lesson


@transaction.atomic
def remove_lesson(
    *, by: Actor, at: datetime, project: Project, lesson_id: int, version: int | None, back: bool = False
) -> Lesson:
    """Take a lesson away from the log, or put it back."""
    can_keep_lessons(by, project).require()
    lesson = _lesson(project, lesson_id, version)
    if lesson is None:
        raise Refused(_("The lesson is not there."))
    lesson.removed_at = None if back else at
    lesson.changed_at = at
    lesson.version += 1
    lesson.save()
    _told(lesson, by=by, at=at)
    return lesson
