"""Keeping a project's plan, what it needs, and the baseline it is measured against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Verdict
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.portfolio import events
from samrad.portfolio.actions.projects import lock_project
from samrad.portfolio.models import Baseline, Dependency, Milestone, Portfolio, Project
from samrad.portfolio.policy import can_plan, dates_lack, no_loop
from samrad.portfolio.queries import decided_frame, edges, latest_baseline, titles_of, to_need


@dataclass(frozen=True, kw_only=True)
class PlannedStep:
    """A milestone as it is typed; `id` where it stands already."""

    name: str
    due_date: date
    kind: str = Milestone.Kind.MILESTONE
    reached_date: date | None = None
    id: int | None = None


@transaction.atomic
def keep_plan(
    *,
    by: Actor,
    at: datetime,
    project_id: int,
    version: int | None,
    start_date: date | None,
    end_date: date | None,
    steps: Sequence[PlannedStep],
) -> Project:
    """Write down when the project starts and ends and what its milestones are, all as they are now."""
    project = lock_project(project_id, version)
    can_plan(by, project).require()
    lacks = dates_lack(start_date, end_date)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    standing = {m.pk: m for m in project.milestones.all()}
    kept = set()
    for step in steps:
        row = standing.get(step.id or 0) or Milestone(**house_of(project), project=project)
        row.name, row.kind, row.due_date, row.reached_date = step.name, step.kind, step.due_date, step.reached_date
        row.save()
        kept.add(row.pk)
    Milestone.objects.filter(project=project).exclude(pk__in=kept).delete()
    project.start_date, project.end_date = start_date, end_date
    project.version += 1
    project.updated_at = at
    project.save()
    event = events.PlanKept(initiative_id=project.initiative_id, project_id=project.pk, milestones=len(kept))
    record(event, by=by, at=at, house=project)
    return project


@transaction.atomic
def set_baseline(
    *,
    by: Actor,
    at: datetime,
    project: Project,
    why: str,
    frame_kr: Decimal | None = None,
    contingency_kr: Decimal | None = None,
) -> Baseline:
    """Keep the plan as it now stands as what the project is measured against. Permission is the caller's."""
    last = latest_baseline(project)
    if frame_kr is None:
        frame_kr = last.frame_kr if last else decided_frame(project)
    if contingency_kr is None and last:
        contingency_kr = last.contingency_kr
    made = Baseline.objects.create(
        **house_of(project),
        project=project,
        number=(last.number if last else 0) + 1,
        why=why,
        frame_kr=frame_kr,
        contingency_kr=contingency_kr,
        start_date=project.start_date,
        end_date=project.end_date,
        plan=[{"id": m.pk, "name": m.name, "date": m.due_date.isoformat()} for m in project.milestones.all()],
        made_at=at,
        made_by_id=by.person_id,
    )
    event = events.BaselineSet(
        initiative_id=project.initiative_id, project_id=project.pk, baseline_id=made.pk, number=made.number, why=why
    )
    record(event, by=by, at=at, house=project)
    return made


@transaction.atomic
def link_project(*, by: Actor, at: datetime, project_id: int, needs_id: int, note: str = "") -> Dependency:
    """Say that the project needs another one. Refused where they would wait for each other in a loop."""
    # One at a time in a portfolio: two halves of a loop said at once would else both hold. Before the project, as where
    # a spreadsheet comes in.
    Portfolio.objects.select_for_update(of=("self",)).get(projects=project_id)
    project = lock_project(project_id, None)
    can_plan(by, project).require()
    if not to_need(by, project).filter(pk=needs_id).exists():
        lack = Lack(_("Choose a project."), "id_needs")
        raise Refused(Verdict.no(lack.text, (lack,)))
    known = edges()
    titles = titles_of(by, sorted({project.pk, needs_id, *known, *(pk for row in known.values() for pk in row)}))
    no_loop(known, project.pk, needs_id, titles).require()
    made, _new = Dependency.objects.update_or_create(
        project=project,
        needs_id=needs_id,
        defaults={"note": note.strip()},
        create_defaults={**house_of(project), "note": note.strip()},
    )
    event = events.ProjectsLinked(
        initiative_id=project.initiative_id, project_id=project.pk, needs_id=needs_id, linked=True
    )
    record(event, by=by, at=at, house=project)
    return made


@transaction.atomic
def unlink_project(*, by: Actor, at: datetime, project_id: int, needs_id: int) -> bool:
    """Take away that the project needs another one. Twice is once."""
    project = lock_project(project_id, None)
    can_plan(by, project).require()
    gone, _rows = Dependency.objects.filter(project=project, needs_id=needs_id).delete()
    if not gone:
        return False
    event = events.ProjectsLinked(
        initiative_id=project.initiative_id, project_id=project.pk, needs_id=needs_id, linked=False
    )
    record(event, by=by, at=at, house=project)
    return True
