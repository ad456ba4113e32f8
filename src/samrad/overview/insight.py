"""How long each step of the line takes, and what has waited longest (S5): counted from the tasks themselves."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Q
from django.db.models.functions import Coalesce

from samrad.cases.models import Case, Task
from samrad.cases.workflow import DECIDED_STATES, TASK_KINDS
from samrad.initiatives.queries import visible_to
from samrad.organisation.actors import Actor

LOOK_BACK = timedelta(days=365)


@dataclass(frozen=True)
class Oldest:
    """What has waited longest at a step."""

    initiative_id: int
    title: str
    reference: str
    days: int


@dataclass(frozen=True)
class Step:
    """One step of the line: how long it usually takes, and what waits there."""

    kind: str
    label: str
    done: int
    median_days: int | None
    waiting: int
    oldest: Oldest | None


@dataclass(frozen=True)
class Insight:
    """All the steps, the slowest first, what has waited longest of all, and how long a case takes."""

    steps: list[Step]
    oldest: Oldest | None
    cases: int
    case_days: int | None


def middle(days: list[int]) -> int | None:
    """The median in whole days; None where there is nothing to count."""
    return round(median(days)) if days else None


def insight(actor: Actor, *, now: datetime) -> Insight:
    """The steps of the initiatives the actor sees: what was done the last year, and what waits now."""
    seen = visible_to(actor).order_by().values("pk")
    # Some tasks name the initiative, some only its case.
    about = Q(initiative_id__in=seen) | Q(initiative__isnull=True, case__initiative_id__in=seen)
    told = {f"of_{n}": Coalesce(f"initiative__{n}", f"case__initiative__{n}") for n in ("pk", "title", "reference")}
    tasks = Task.objects.filter(about).annotate(**told)
    took: dict[str, list[int]] = defaultdict(list)
    done = tasks.filter(closed_at__gte=now - LOOK_BACK).order_by()
    for kind, opened, closed in done.values_list("kind", "opened_at", "closed_at"):
        if closed is not None:
            took[kind].append((closed - opened).days)
    waits: dict[str, list[Oldest]] = defaultdict(list)
    open_ones = tasks.filter(closed_at__isnull=True).order_by("opened_at", "pk")
    names = ("kind", "opened_at", *told)
    for kind, opened, pk, title, reference in open_ones.values_list(*names):
        waits[kind].append(Oldest(pk, title, reference, (now - opened).days))
    steps = [
        Step(
            kind,
            str(TASK_KINDS[kind].label),
            len(took[kind]),
            middle(took[kind]),
            len(waits[kind]),
            next(iter(waits[kind]), None),
        )
        for kind in {*took, *waits}
        if kind in TASK_KINDS
    ]
    steps.sort(key=lambda step: (-(step.median_days or 0), -(step.oldest.days if step.oldest else 0), step.label))
    oldest = max((rows[0] for rows in waits.values() if rows), key=lambda one: one.days, default=None)
    closed_cases = Case.objects.filter(
        initiative_id__in=seen, kind=Case.Kind.SUBMISSION, state__in=DECIDED_STATES, closed_at__gte=now - LOOK_BACK
    ).values_list("opened_at", "closed_at")
    whole = [(closed - opened).days for opened, closed in closed_cases if closed is not None]
    return Insight(steps, oldest, len(whole), middle(whole))
