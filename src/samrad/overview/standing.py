"""Where initiatives stand and with whom they lie, for the list of an earlier room (config/wiring.py connects them)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from samrad.cases.models import Case, Task
from samrad.cases.queries import tasks_of
from samrad.cases.workflow import COLOURS, STATES
from samrad.initiatives.queries import Standing
from samrad.organisation.actors import Actor
from samrad.organisation.roles import SECRETARIAT
from samrad.overview.queries import ball_of


def standings(actor: Actor, initiative_ids: list[int]) -> dict[int, Standing]:
    """The state of each initiative's case and whom it lies with, in two queries. The ids are ones the actor sees."""
    cases: dict[int | None, Case] = {}
    known = Case.objects.select_related("initiative__project__project_manager").filter(
        initiative_id__in=initiative_ids, kind=Case.Kind.SUBMISSION
    )
    for case in known.order_by("pk"):
        held = cases.get(case.initiative_id)
        if held is None or held.closed_at is not None or case.closed_at is None:
            cases[case.initiative_id] = case
    waiting: dict[int | None, list[Task]] = {}
    named = Task.objects.filter(initiative_id__in=initiative_ids, closed_at__isnull=True)
    by_case = Task.objects.filter(
        initiative__isnull=True, case__initiative_id__in=initiative_ids, closed_at__isnull=True
    )
    # Two indexes, one question: an «or» over both would look through every open task.
    open_tasks = Task.objects.filter(
        pk__in=named.order_by().values("pk").union(by_case.order_by().values("pk"), all=True)
    )
    for task in open_tasks.select_related("person", "entity", "case"):
        subject = task.initiative_id or (task.case.initiative_id if task.case else None)
        waiting.setdefault(subject, []).append(task)
    return {
        pk: Standing(
            str(STATES.get(case.state, case.state)),
            COLOURS.get(case.state, "grey"),
            ball_of(case, waiting.get(pk, []), getattr(case.initiative, "project", None)).holder,
        )
        for pk, case in cases.items()
        if pk is not None
    }


def lying_with(actor: Actor, holder: str) -> QuerySet[Any, Any]:
    """The ids of the initiatives that wait for «me» or for whoever holds a role."""
    if holder == "me":
        tasks = tasks_of(actor).order_by()
    else:
        roles = SECRETARIAT if holder in SECRETARIAT else {holder}
        tasks = Task.objects.filter(closed_at__isnull=True, role__in=roles).order_by()
    by_case = tasks.filter(initiative__isnull=True, case__initiative__isnull=False)
    named = tasks.filter(initiative__isnull=False)
    return named.values("initiative_id").union(by_case.values("case__initiative_id"))
