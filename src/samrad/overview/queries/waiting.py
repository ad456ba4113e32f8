"""What waits for someone, and what is one's own: «Min side» and the number beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Case as Choose
from django.db.models import QuerySet, When
from django.db.models.functions import Coalesce
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from samrad.anchoring.policy import WRITERS
from samrad.cases.models import Case, Task
from samrad.cases.queries import waits_for
from samrad.cases.workflow import COLOURS, STATES, TASK_KINDS
from samrad.governance.models import PlannedMeeting, Seat
from samrad.initiatives.models import Idea, Initiative, Responsibility
from samrad.initiatives.queries import visible_to
from samrad.organisation.actors import Actor
from samrad.organisation.models import Notification
from samrad.organisation.queries import notifications_of


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: what to do, about what, by when, and where."""

    label: str
    title: str
    reference: str
    due: date | None
    overdue: bool
    url: str
    kind: str = ""
    # Where one page does several things at once: what else it is about.
    others: tuple[str, ...] = ()


def task_url(task: Task) -> str:
    """Where a task is done; the initiative's page where its room has no page for it."""
    kind = TASK_KINDS.get(task.kind)
    argument = {"case": task.case_id, "initiative": task.initiative_id, "object": task.object_id}
    if kind is not None and argument[kind.argument]:
        try:
            return reverse(kind.url_name, args=[argument[kind.argument]])
        except NoReverseMatch:
            pass
    return reverse("overview:initiative_story", args=[task.initiative_id]) if task.initiative_id else "/"


MOST_WAITING = 20  # of what waits, on My page; the rest has a page of its own


def _waiting(task: Task, today: date, ideas: dict[int, Idea]) -> Waiting:
    kind = TASK_KINDS.get(task.kind)
    about = ideas.get(task.object_id or 0) if task.kind == "answer_idea" else task.initiative
    return Waiting(
        label=str(kind.label) if kind else task.kind,
        title=about.title if about else "",
        reference=about.reference if about else "",
        due=task.due_date,
        overdue=bool(task.due_date and task.due_date < today),
        url=task_url(task),
        kind=task.kind,
    )


# What anybody who writes the need may do, whoever has it as a task (flow.md D.6: authors and the need owner write).
WRITERS_TASKS = frozenset({"finish_draft", "clarify", "submit", "complete_returned", "answer_secretariat"})


def waiting_for(actor: Actor) -> QuerySet[Task]:
    """The tasks that wait for the actor: by name, by a role held, and those that anybody who writes a need may do."""
    if not actor.is_person:
        return Task.objects.none()
    written = Responsibility.objects.filter(person_id=actor.person, kind__in=WRITERS).values("initiative_id")
    waits = Task.objects.filter(closed_at__isnull=True).order_by()
    own = waits.filter(waits_for(actor))
    shared = waits.filter(kind__in=WRITERS_TASKS, initiative_id__in=written)
    # A union, for each half has its index: «or» between the two reads every open task.
    found = own.values("pk").union(shared.values("pk"))
    return Task.objects.filter(pk__in=found).order_by("due_date", "opened_at", "id")


def count_waiting(actor: Actor) -> int:
    """How many things wait, counted as «Min side» shows them: what is done on one page is one thing."""
    tasks = waiting_for(actor).order_by().annotate(where=Coalesce(_WHERE, "initiative_id"))
    return tasks.values("kind", "where").distinct().count()


def _kinds_done_at(argument: str) -> list[str]:
    return [code for code, kind in TASK_KINDS.items() if kind.argument == argument]


# What the page of a task is about, as `task_url` finds it: two tasks of a kind about the same are done in one place.
_WHERE = Choose(
    When(kind__in=_kinds_done_at("case"), then="case_id"),
    When(kind__in=_kinds_done_at("object"), then="object_id"),
)


# What a kind of task is called where one page does several of them at once.
SEVERAL = {"hold_meeting": gettext_lazy("Treat the cases in the meeting")}


def _together(found: Iterable[Waiting]) -> list[Waiting]:
    """What is done on one and the same page is one thing to do: the cases of a meeting, not a card for each."""
    groups: dict[tuple[str, str], list[Waiting]] = defaultdict(list)
    for one in found:
        groups[one.label, one.url].append(one)
    return [
        replace(first, label=str(SEVERAL.get(first.kind, first.label)), others=tuple(o.title for o in others))
        if others
        else first
        for first, *others in groups.values()
    ]


def waiting_in(tasks: Iterable[Task], *, today: date) -> list[Waiting]:
    """Some of what waits for the actor, a line for each."""
    some = list(tasks)
    ideas = _ideas_of(some)
    return [_waiting(task, today, ideas) for task in some]


def _ideas_of(tasks: list[Task]) -> dict[int, Idea]:
    asked = [t.object_id for t in tasks if t.kind == "answer_idea" and t.object_id]
    return Idea.objects.in_bulk(asked) if asked else {}


@dataclass(frozen=True)
class MyPage:
    """What «Min side» shows."""

    first: list[Waiting]
    rest: list[Waiting]
    more: bool
    mine: list[tuple[Initiative, str, str]]
    notifications: list[Notification]
    meetings: list[PlannedMeeting]


def my_page(actor: Actor, *, now: datetime) -> MyPage:
    """What waits for the actor, what is the actor's own, what was told and which meetings come."""
    today = timezone.localdate(now)
    tasks = list(waiting_for(actor).select_related("initiative")[: MOST_WAITING + 1])
    waiting = _together(waiting_in(tasks[:MOST_WAITING], today=today))
    mine = list(
        visible_to(actor)
        .filter(responsibilities__person_id=actor.person_or_none)
        .distinct()
        .order_by("-updated_at")[:20]
    )
    states = dict(
        Case.objects.filter(initiative__in=mine, kind=Case.Kind.SUBMISSION)
        .order_by("opened_at")
        .values_list("initiative_id", "state")
    )
    bodies = Seat.objects.filter(person_id=actor.person_or_none).values("body_id")
    meetings = PlannedMeeting.objects.filter(body_id__in=bodies, starts_at__gte=now, cancelled=False)
    return MyPage(
        first=waiting[:3],
        rest=waiting[3:],
        more=len(tasks) > MOST_WAITING,
        mine=[(i, str(STATES.get(s, "")), COLOURS.get(s, "grey")) for i in mine for s in [states.get(i.pk, "")]],
        notifications=list(notifications_of(actor)[:5]),
        meetings=list(meetings.select_related("body")[:5]),
    )
