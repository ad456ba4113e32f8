"""Reads across the rooms: what waits for me, the whole story of an initiative, the steering line. Reads only."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.anchoring.models import Request
from samrad.anchoring.policy import WRITERS
from samrad.archive.models import Filing
from samrad.cases.models import Case, Condition, Decision, Recommendation, Task
from samrad.cases.queries import tasks_of
from samrad.cases.workflow import CLOSED_STATES, COLOURS, LINE, STATES, TASK_KINDS
from samrad.documents.models import File
from samrad.eventlog.models import Event
from samrad.governance.models import Body, PlannedMeeting, Seat
from samrad.initiatives.models import Initiative
from samrad.initiatives.policy import house_id
from samrad.initiatives.queries import Readable, Sight, get_visible, kinds_of, opens, readable, responsibles, visible_to
from samrad.organisation.actors import Actor
from samrad.organisation.models import Notification, Person, RoleAssignment
from samrad.organisation.queries import exempt_groups, notifications_of
from samrad.organisation.roles import ROLES
from samrad.overview.sentences import sentence
from samrad.portfolio.models import Project


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: what to do, about what, by when, and where."""

    label: str
    title: str
    reference: str
    due: date | None
    overdue: bool
    url: str


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


def _waiting(task: Task, today: date) -> Waiting:
    kind = TASK_KINDS.get(task.kind)
    return Waiting(
        label=str(kind.label) if kind else task.kind,
        title=task.initiative.title if task.initiative else "",
        reference=task.initiative.reference if task.initiative else "",
        due=task.due_date,
        overdue=bool(task.due_date and task.due_date < today),
        url=task_url(task),
    )


@dataclass(frozen=True)
class MyPage:
    """What «Min side» shows."""

    first: list[Waiting]
    rest: list[Waiting]
    mine: list[tuple[Initiative, str, str]]
    notifications: list[Notification]
    meetings: list[PlannedMeeting]


def my_page(actor: Actor, *, now: datetime) -> MyPage:
    """What waits for the actor, what is the actor's own, what was told and which meetings come."""
    today = timezone.localdate(now)
    waiting = [_waiting(t, today) for t in tasks_of(actor).select_related("initiative")[:50]]
    mine = list(
        visible_to(actor)
        .filter(responsibilities__person_id=actor.person_or_none)
        .distinct()
        .order_by("-updated_at")[:20]
    )
    states = dict(Case.objects.filter(initiative__in=mine).order_by("opened_at").values_list("initiative_id", "state"))
    bodies = Seat.objects.filter(person_id=actor.person_or_none).values("body_id")
    meetings = PlannedMeeting.objects.filter(body_id__in=bodies, starts_at__gte=now, cancelled=False)
    return MyPage(
        first=waiting[:3],
        rest=waiting[3:],
        mine=[(i, str(STATES.get(s, "")), COLOURS.get(s, "grey")) for i in mine for s in [states.get(i.pk, "")]],
        notifications=list(notifications_of(actor)[:5]),
        meetings=list(meetings.select_related("body")[:5]),
    )


@dataclass(frozen=True)
class Ball:
    """With whom a case lies, since when, who comes next, and the deadline."""

    holder: str
    since: datetime | None
    next: str
    due: date | None


@dataclass(frozen=True)
class Step:
    """One step of the steering line."""

    label: str
    who: str
    when: str
    state: str


@dataclass(frozen=True)
class Happening:
    """One line of the timeline."""

    at: datetime
    who: str
    text: str


def place_in_line(state: str) -> int:
    """The step of the steering line that a state belongs to."""
    return next((i for i, (_code, _label, states) in enumerate(LINE) if state in states), len(LINE) - 1)


def holder_of(tasks: Iterable[Task]) -> str:
    """The people and roles that something waits for, in words."""
    names = []
    for task in tasks:
        if task.person is not None:
            names.append(task.person.name)
        else:
            role = str(ROLES.get(task.role, task.role))
            names.append(f"{role} ({task.entity.name})" if task.entity else role)
    return ", ".join(dict.fromkeys(names))


def ball_of(case: Case | None, tasks: list[Task], project: Project | None = None) -> Ball:
    """Whose turn it is in a case; when it is decided, the project's manager has it. Filing is nobody's turn."""
    tasks = [t for t in tasks if t.kind != "file_by_hand"]
    if case is None or case.state in CLOSED_STATES:
        manager = project.project_manager if project else None
        holder = holder_of(tasks) or (manager.name if manager else "")
        return Ball(holder, case.state_since if case else None, "", None)
    here = place_in_line(case.state)
    after = str(LINE[here + 1][1]) if here + 1 < len(LINE) else ""
    return Ball(holder_of(tasks) or str(LINE[here][1]), case.state_since, after, case.due_date)


def steps_of(case: Case | None) -> list[Step]:
    """The steering line of one case: what is done, where it is now, what is to come."""
    here = place_in_line(case.state) if case else 0
    closed = case is not None and case.state in CLOSED_STATES
    return [
        Step(
            str(label),
            "",
            str(STATES[case.state]) if case and i == here else "",
            "done" if i < here or (closed and i == here) else "now" if i == here else "next",
        )
        for i, (_code, label, _states) in enumerate(LINE)
    ]


@dataclass(frozen=True)
class Story:
    """The whole story of an initiative, as one actor may read it."""

    content: Readable
    case: Case | None
    state: str
    colour: str
    ball: Ball
    steps: list[Step]
    people: dict[str, Any]
    answers: list[Request]
    to_record: list[Request]  # what the secretariat may write an answer down for
    recommendations: list[Recommendation]
    decisions: list[Decision]
    conditions: list[Condition]
    files: list[File]
    exempt: dict[str, str]
    filings: list[Filing]
    project: Project | None
    happenings: list[Happening]
    my_task_url: str
    my_task_label: str
    my_task_holder: str  # whose task it is, where it is one that anybody who writes the need may do


# What anybody who writes the need may do, whoever has it as a task (flow.md D.6: authors and the need owner write).
WRITERS_TASKS = frozenset({"finish_draft", "clarify", "submit", "complete_returned"})


def _happenings(initiative: Initiative) -> list[Happening]:
    rows = list(Event.objects.filter(initiative_id=initiative.pk).order_by("-at", "-id")[:300])
    ids = {r.by_person_id for r in rows} | {r.on_behalf_of_id for r in rows} | {r.data.get("person_id") for r in rows}
    names = dict(Person.objects.filter(pk__in=[i for i in ids if i]).values_list("pk", "name"))
    found = []
    for row in rows:
        text = sentence(row.kind, row.data, names)
        if text:
            found.append(Happening(row.at, names.get(row.by_person_id or 0, "Samråd"), text))
    return found


def story(actor: Actor, initiative_id: int, *, now: datetime) -> Story:
    """Everything about one initiative; Initiative.DoesNotExist where the actor sees nothing of it."""
    initiative = get_visible(actor, initiative_id)
    content = readable(actor, initiative, on=timezone.localdate(now))
    case = Case.objects.filter(initiative=initiative).select_related("body").order_by("-opened_at", "-id").first()
    tasks = list(Task.objects.filter(initiative=initiative, closed_at__isnull=True).select_related("person", "entity"))
    mine = next((t for t in tasks_of(actor).filter(initiative=initiative)), None)
    wide = content.sight >= Sight.OPEN
    decisions = (
        list(Decision.objects.filter(case__initiative=initiative).select_related("municipality", "decided_by"))
        if wide
        else []
    )
    conditions = Condition.objects.filter(decision__in=decisions, decision__decided_at__isnull=False)
    recommendations = Recommendation.objects.filter(case__initiative=initiative).select_related("body")
    answers = Request.objects.filter(initiative=initiative, withdrawn_at__isnull=True)
    waits = answers.filter(answered_at__isnull=True, case__closed_at__isnull=True)
    records = actor.may("anchoring.record_on_behalf", house_id(initiative))
    files = File.objects.filter(initiative_id=initiative.pk, removed_at__isnull=True).exclude(kind=File.Kind.SOURCE)
    shown = [f for f in files if opens(content, f)]
    writes = kinds_of(actor, initiative) & WRITERS
    shared = next((t for t in tasks if t.kind in WRITERS_TASKS), None) if writes and mine is None else None
    todo = mine or shared
    kind = TASK_KINDS.get(todo.kind) if todo else None
    project = Project.objects.filter(initiative=initiative).select_related("project_manager").first() if wide else None
    return Story(
        content=content,
        case=case,
        state=str(STATES.get(case.state, "")) if case else "",
        colour=COLOURS.get(case.state, "grey") if case else "grey",
        ball=ball_of(case, tasks, project),
        steps=steps_of(case),
        people=responsibles(initiative) if wide else {},
        answers=list(answers.select_related("asked_person", "answered_by", "unit")) if wide else [],
        to_record=list(waits.select_related("asked_person")) if records else [],
        recommendations=list(recommendations) if wide else [],
        decisions=decisions,
        conditions=list(conditions.select_related("responsible")) if wide else [],
        files=shown,
        exempt=exempt_groups([initiative.pk], on=timezone.localdate(now)).get(initiative.pk, {}) if shown else {},
        filings=list(Filing.objects.filter(initiative=initiative)) if wide else [],
        project=project,
        happenings=_happenings(initiative) if wide else [],
        my_task_url=task_url(todo) if todo else "",
        my_task_label=str(kind.label) if kind else "",
        my_task_holder=holder_of([shared]) if shared else "",
    )


@dataclass(frozen=True)
class Node:
    """One node of the drawing of how we govern: who sits there and how much waits."""

    label: str
    people: list[str]
    waiting: int
    note: str


_ROLES_OF_NODE = {
    "expert_group": ["expert_group_lead"],
    "sector_head": ["sector_head"],
    "secretariat": ["secretariat_lead", "secretariat_member", "coordinator"],
    "council": ["council_chair", "council_deputy", "council_member"],
    "chief_executive": ["chief_executive"],
    "portfolio": ["portfolio_manager"],
}


def steering_map(actor: Actor, *, now: datetime) -> list[Node]:
    """The steering line drawn from the live set-up: every body, who sits there today and what waits there."""
    today = timezone.localdate(now)
    if not actor.is_person:
        return []
    # One's own houses, and the chief executives of every municipality one shares with.
    held = RoleAssignment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today),
        Q(entity_id__in=actor.entities) | Q(role="chief_executive"),
        valid_from__lte=today,
    ).select_related("person", "entity", "unit")
    people: dict[str, list[str]] = defaultdict(list)
    for row in held:
        place = row.unit.name if row.unit else row.entity.name
        people[row.role].append(f"{row.person.name} ({ROLES.get(row.role, row.role)}, {place})")
    rows = Case.objects.filter(initiative__in=visible_to(actor)).values("state").annotate(number=Count("id"))
    counts: Counter[str] = Counter({r["state"]: r["number"] for r in rows})
    meeting = (
        PlannedMeeting.objects.filter(submission_deadline__gte=today, cancelled=False, body__kind=Body.Kind.COUNCIL)
        .select_related("body")
        .first()
    )
    nodes = []
    for code, label, states in LINE:
        note = ""
        if code == "council" and meeting:
            # The first one that a need can still be sent in for.
            note = _("Next meeting %(date)s. Send in by %(deadline)s.") % {
                "date": timezone.localtime(meeting.starts_at).strftime("%d.%m.%Y"),
                "deadline": meeting.submission_deadline.strftime("%d.%m.%Y"),
            }
        names = sorted({n for role in _ROLES_OF_NODE.get(code, []) for n in people[role]})
        nodes.append(Node(str(label), names, sum(counts[s] for s in states), note))
    return nodes
