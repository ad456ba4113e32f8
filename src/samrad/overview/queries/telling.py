"""The whole story of an initiative, the ball and the steering line. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Value
from django.db.models.functions import JSONObject, StrIndex
from django.utils import timezone
from django.utils.translation import gettext as _

from samrad.anchoring.models import Involvement, Request
from samrad.anchoring.policy import WRITERS, can_escalate
from samrad.anchoring.queries import said_of
from samrad.archive.models import Filing
from samrad.benefits.policy import can_read_plan
from samrad.cases.models import Case, Condition, Decision, Recommendation, Task
from samrad.cases.queries import waits_for
from samrad.cases.workflow import CLOSED_STATES, COLOURS, LINE, NOBODYS_TURN, STATES, TASK_KINDS
from samrad.documents.models import File
from samrad.initiatives.models import (
    LINK,
    Following,
    GoalLink,
    Idea,
    Initiative,
    Responsibility,
    ReuseMark,
)
from samrad.initiatives.policy import house_id
from samrad.initiatives.queries import (
    Readable,
    Related,
    Sight,
    get_visible,
    opens,
    readable,
    related_columns,
    related_of,
    visible_to,
)
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person
from samrad.organisation.roles import ROLES
from samrad.overview.documents import (
    Paper,
    papers_in,
    papers_told,
)
from samrad.overview.queries.waiting import WRITERS_TASKS, task_url
from samrad.overview.steered import Steered, steered_of, steered_told
from samrad.overview.timeline import Timeline, timeline_of
from samrad.portfolio.models import Project
from samrad.secretariat.policy import can_read_across

MANY_PLACES = 2  # more places than these are counted, not listed


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


def place_in_line(state: str) -> int:
    """The step of the steering line that a state belongs to."""
    return next((i for i, (_code, _label, states) in enumerate(LINE) if state in states), len(LINE) - 1)


def holder_of(tasks: Iterable[Task]) -> str:
    """The people and roles that something waits for, in words."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for task in tasks:
        if task.kind in NOBODYS_TURN:
            continue
        who = task.person.name if task.person is not None else str(ROLES.get(task.role, task.role))
        found[who].update({task.entity.name: None} if task.person is None and task.entity else {})
    return ", ".join(_held(who, list(places)) for who, places in found.items())


def _held(who: str, places: list[str]) -> str:
    if len(places) > MANY_PLACES:
        return _("%(role)s in %(number)s municipalities") % {"role": who, "number": len(places)}
    return f"{who} ({', '.join(places)})" if places else who


def ball_of(case: Case | None, tasks: list[Task], project: Project | None = None) -> Ball:
    """Whose turn it is in a case; when it is decided, the project's manager has it."""
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
class Advice:
    """What a body recommended, in the words it goes on with."""

    outcome: str
    text: str
    reason: str
    body: str
    made_at: datetime


@dataclass(frozen=True)
class Term:
    """A condition of a decision."""

    decision_id: int
    text: str
    due_date: date | None


DISSENT = frozenset({Request.Answer.NOT_RECOMMENDED, Request.Answer.RETURNED})


@dataclass(frozen=True)
class Story:
    """The whole story of an initiative, as one actor may read it."""

    content: Readable
    case: Case | None
    state: str
    colour: str
    ball: Ball
    steps: list[Step]
    answers: list[Request]
    involvements: list[Involvement]
    may_escalate: bool
    to_record: list[Request]  # what the secretariat may write an answer down for
    recommendations: list[Advice]
    decisions: list[Decision]
    conditions: list[Term]
    files: list[File]
    papers: list[Paper]
    has_filings: bool
    project: Project | None
    reusable: bool
    steered: Steered
    links: list[dict[str, Any]]  # the goals and points it supports, as far as the reader sees them
    followed: bool
    began: list[dict[str, Any]]  # the ideas it began as: pk, title, reference
    contact: dict[str, str] | None  # whom to ask about it: name, email, title
    related: Related | None
    happenings: Timeline
    my_task_url: str
    my_task_label: str
    my_task_holder: str  # whose task it is, where it is one that anybody who writes the need may do

    @property
    def writes(self) -> bool:
        """Is the reader one of those who write the need?"""
        return bool(self.content.kinds & WRITERS)

    @property
    def reads_across(self) -> bool:
        """May the reader see what the secretariat and those who write the need ask each other?"""
        return self.case is not None and bool(can_read_across(self.case, sight=self.content.sight))

    @property
    def has_benefit_plan(self) -> bool:
        """Is there a page of the plan for its benefits to go to?"""
        return bool(can_read_plan(self.content))

    @property
    def said(self) -> dict[int, str]:
        """What each answer says, in the words that fit who was asked."""
        return {a.pk: said_of(a) for a in self.answers}

    @property
    def dissent(self) -> list[Request]:
        """The answers that are no yes, and stand: disagreement follows the case."""
        return [a for a in self.answers if a.answer in DISSENT and a.contested_at is None]


def _newest_case(actor: Actor, initiative_id: int) -> tuple[Initiative, Case | None]:
    """The initiative with its newest case, its project and what was recommended, in one query. What is decided about
    the project at gates and on its way is told with the project."""
    advice = Recommendation.objects.filter(
        case__initiative_id=OuterRef("initiative_id"), case__kind=Case.Kind.SUBMISSION
    )
    advice = advice.order_by("pk")
    involved = Involvement.objects.filter(initiative_id=OuterRef("initiative_id"))
    lines = JSONObject(**{name: name for name in NOTED}, recorder="recorded_by__name")
    told = JSONObject(outcome="outcome", text="text", reason="reason", body="body__name", made_at="made_at")
    case = (
        Case.objects.filter(initiative__in=visible_to(actor).filter(pk=initiative_id), kind=Case.Kind.SUBMISSION)
        .select_related(
            "initiative__field",
            "initiative__owning_sector",
            "initiative__owner",
            "initiative__shared_with",
            "initiative__project__project_manager",
        )
        .annotate(
            advice=ArraySubquery(advice.values(told=told)),
            involved=ArraySubquery(involved.values(told=lines)),
            has_filings=Exists(Filing.objects.filter(initiative_id=OuterRef("initiative_id"))),
            links=ArraySubquery(
                GoalLink.objects.filter(initiative_id=OuterRef("initiative_id"))
                .order_by("pk")
                .values(told=JSONObject(**LINK))
            ),
            followed=Exists(
                Following.objects.filter(initiative_id=OuterRef("initiative_id"), person_id=actor.person_or_none)
            ),
            began=ArraySubquery(
                Idea.objects.filter(became_id=OuterRef("initiative_id"))
                .order_by("pk")
                .values(told=JSONObject(pk="pk", title="title", reference="reference"))
            ),
            contact=ArraySubquery(
                # The one responsible, else the need owner, else who wrote it; never one who has left.
                Responsibility.objects.filter(initiative_id=OuterRef("initiative_id"), person__active=True)
                .filter(kind__in=["lead", "need_owner", "author"])
                .order_by(StrIndex(Value("lead need_owner author"), "kind"), "pk")
                .values(told=JSONObject(name="person__name", email="person__email", title="person__title"))[:1]
            ),
            **related_columns("initiative_id"),
            reusable=Exists(ReuseMark.objects.filter(initiative_id=OuterRef("initiative_id"), undone_at__isnull=True)),
            **papers_told(),
            **steered_told(),
        )
        .order_by("-opened_at", "-id")
        .first()
    )
    if case is None or case.initiative is None:
        return get_visible(actor, initiative_id), None
    return case.initiative, case


def _advice(case: Any) -> list[Advice]:
    return [
        Advice(
            str(Recommendation.Outcome(told["outcome"]).label),
            told["text"],
            told["reason"],
            told["body"],
            datetime.fromisoformat(told["made_at"]),
        )
        for told in case.advice
    ]


NOTED = ("kind", "held_date", "who", "how", "remark", "source", "recorded_at", "struck_at")


def _involvements(case: Any) -> list[Involvement]:
    """Who was informed or involved, as it came with the case."""
    found = []
    for told in case.involved:
        row = Involvement(**{name: told[name] for name in ("kind", "who", "how", "remark", "source")})
        row.held_date = date.fromisoformat(told["held_date"])
        row.recorded_at = datetime.fromisoformat(told["recorded_at"])
        row.struck_at = datetime.fromisoformat(told["struck_at"]) if told["struck_at"] else None
        row.recorded_by = Person(name=told["recorder"])
        found.append(row)
    return found


def _decisions(initiative: Initiative) -> tuple[list[Decision], list[Term]]:
    """What each municipality has decided, with the conditions, in one query."""
    terms = Condition.objects.filter(decision=OuterRef("pk"), decision__decided_at__isnull=False).order_by("pk")
    decisions: list[Any] = list(
        Decision.objects.filter(case__initiative=initiative, case__kind=Case.Kind.SUBMISSION)
        .select_related("municipality", "decided_by")
        .annotate(terms=ArraySubquery(terms.values(told=JSONObject(text="text", due_date="due_date"))))
    )
    return decisions, [
        Term(made.pk, told["text"], date.fromisoformat(told["due_date"]) if told["due_date"] else None)
        for made in decisions
        for told in made.terms
    ]


def _asked(initiative: Initiative) -> list[Request]:
    """Who has been asked and what they said, with what can still be answered."""
    found = Request.objects.filter(initiative=initiative, withdrawn_at__isnull=True)
    rows = found.select_related(
        "answered_by", "stood_in_for", "unit", "municipality", "content", "case", "mandate", "escalates"
    )
    return list(rows.order_by("asked_at", "pk"))


def _may_escalate(actor: Actor, initiative: Initiative, answers: list[Request], kinds: frozenset[str]) -> bool:
    """Is there a no from the head of sector that the reader can take to the chief executive?"""
    kind = Request.Kind.ENDORSEMENT
    said = [a for a in answers if a.answered_at and kind in (a.kind, a.escalates.kind if a.escalates else "")]
    last = max(said, key=lambda a: (a.answered_at, a.pk), default=None)
    return can_escalate(actor, initiative, last, kinds=kinds).allowed


def story(actor: Actor, initiative_id: int, *, now: datetime) -> Story:
    """Everything about one initiative; Initiative.DoesNotExist where the actor sees nothing of it."""
    initiative, case = _newest_case(actor, initiative_id)
    content = readable(actor, initiative, on=timezone.localdate(now))
    wide = content.sight >= Sight.OPEN
    open_tasks = Task.objects.filter(initiative=initiative, closed_at__isnull=True).select_related("person", "entity")
    tasks: list[Any] = list(open_tasks.annotate(mine=ExpressionWrapper(waits_for(actor), BooleanField())))
    mine = next((t for t in tasks if t.mine), None)
    decisions, conditions = _decisions(initiative) if wide else ([], [])
    records = actor.may("anchoring.record_on_behalf", house_id(initiative))
    answers = _asked(initiative) if wide or records else []
    names = {pk: name for asked in answers for pk, name in asked.names.items() if name}
    files = File.objects.filter(initiative_id=initiative.pk, removed_at__isnull=True).exclude(kind=File.Kind.SOURCE)
    writes = wide and content.kinds & WRITERS
    shared = next((t for t in tasks if t.kind in WRITERS_TASKS), None) if writes and mine is None else None
    todo = mine or shared
    kind = TASK_KINDS.get(todo.kind) if todo else None
    project: Project | None = getattr(initiative, "project", None) if wide else None
    return Story(
        content=content,
        case=case,
        state=str(STATES.get(case.state, "")) if case else "",
        colour=COLOURS.get(case.state, "grey") if case else "grey",
        ball=ball_of(case, tasks, project),
        steps=steps_of(case),
        answers=answers if wide else [],
        involvements=_involvements(case) if wide and case and content.shows("need") else [],
        may_escalate=bool(wide and _may_escalate(actor, initiative, answers, content.kinds)),
        to_record=[a for a in answers if a.answered_at is None and a.case.closed_at is None] if records else [],
        recommendations=_advice(case) if wide and case else [],
        decisions=decisions,
        conditions=conditions,
        files=[f for f in files if opens(content, f)],
        papers=papers_in(actor, case, content),
        has_filings=bool(wide and getattr(case, "has_filings", False)),
        project=project,
        reusable=bool(wide and getattr(case, "reusable", False)),
        steered=steered_of(case if wide else None, decisions, costs=content.shows("costs")),
        links=getattr(case, "links", []) if content.shows("need") else [],
        followed=bool(getattr(case, "followed", False)),
        began=getattr(case, "began", []) if wide else [],
        contact=next(iter(getattr(case, "contact", [])), None) if wide else None,
        related=related_of(case) if wide and hasattr(case, "linked") else None,
        happenings=timeline_of(initiative.pk, names=names) if wide else Timeline([]),
        my_task_url=task_url(todo) if todo else "",
        my_task_label=str(kind.label) if kind else "",
        my_task_holder=holder_of([shared]) if shared else "",
    )
