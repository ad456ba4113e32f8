"""Reads about what steers a project on its way: deviations, changes and baselines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from samrad.governance.models import Body
from samrad.portfolio.models import Baseline, ChangeRequest, Deviation, Project, Tolerance
from samrad.portfolio.queries.gates import body_of, checklist_for

WAITING = (ChangeRequest.State.ASKED, ChangeRequest.State.WITH_BODY)


def waiting_change(project: Project) -> ChangeRequest | None:
    """The change that waits for an answer."""
    return project.changes.filter(state__in=WAITING).select_related("asked_by", "case", "project").first()


def decided_changes(project: Project) -> list[ChangeRequest]:
    """The changes that are decided, the newest first."""
    return list(project.changes.exclude(state__in=WAITING).select_related("asked_by", "decided_by", "case"))


def open_deviations(project: Project) -> list[Deviation]:
    """The deviations that wait for a decision."""
    return list(project.deviations.filter(closed_at__isnull=True).select_related("case"))


def baselines_of(project: Project) -> list[Baseline]:
    """Everything the project has been measured against, the newest first."""
    return list(project.baselines.select_related("made_by"))


def change_body(project: Project, *, on: date) -> Body | None:
    """The body that decides changes of the project: where it decides at the start of execution. None: the owner."""
    house = project.shared_with_id or project.owner_id
    large = project.initiative.size in checklist_for(house, "BP3", on=on).body_sizes
    return body_of(project) if large else None


def change_bodies(projects: Iterable[Project], *, on: date) -> dict[int, Body | None]:
    """The same for many projects, asked for once for each house and size."""
    known: dict[tuple[int, str], Body | None] = {}
    found = {}
    for project in projects:
        key = (project.shared_with_id or project.owner_id, project.initiative.size)
        if key not in known:
            known[key] = change_body(project, on=on)
        found[project.pk] = known[key]
    return found


def latest_tolerance(owner_id: int) -> int:
    """The newest version of the tolerances that a house has adopted; 0 where there is none."""
    row = Tolerance.objects.filter(owner_id=owner_id).order_by("-version").first()
    return row.version if row else 0
