"""Reads about gates: what is asked, where a project stands before its next one, and what has been decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from samrad.benefits.queries import Coverage, coverage_of
from samrad.cases.models import Condition
from samrad.cases.queries import Start, open_conditions, starts_of
from samrad.governance.models import Body
from samrad.governance.queries import in_force
from samrad.initiatives.content import SCREEN
from samrad.portfolio.checklists import BODY_SIZES, DEFAULT, SOURCE, Question
from samrad.portfolio.models import GateChecklist, GateCondition, GateReview, Project
from samrad.portfolio.queries.handover import HandOver, handovers_of
from samrad.portfolio.queries.lessons import number_of_lessons
from samrad.portfolio.workflow import BY_CODE, Gate, gate_from


@dataclass(frozen=True)
class Checklist:
    """What a gate asks in a house on a day, and for which size classes the body decides."""

    gate: Gate
    questions: tuple[Question, ...]
    body_sizes: list[str]
    source: str
    version: int = 0  # 0: the program's own
    valid_from: date | None = None

    def plain(self) -> list[list[str]]:
        """The questions as they are kept with a review."""
        return [[q.code, str(q.text)] for q in self.questions]


def checklist_for(owner_id: int, gate: str, *, on: date) -> Checklist:
    """What the gate asks in a house that day: its own version, otherwise Prosjektveiviseren's."""
    row = in_force(GateChecklist.objects.filter(owner_id=owner_id, gate=gate), on).order_by("-version").first()
    if row is None:
        return Checklist(BY_CODE[gate], DEFAULT[gate], BODY_SIZES[gate], SOURCE)
    questions = tuple(Question(code, text) for code, text in row.questions)
    return Checklist(BY_CODE[gate], questions, list(row.body_sizes), row.source, row.version, row.valid_from)


def body_of(project: Project) -> Body | None:
    """The body that decides the large ones: the council of the house, where it has one."""
    house = project.shared_with_id or project.owner_id
    return Body.objects.filter(owner_id=house, kind=Body.Kind.COUNCIL).order_by("pk").first()


@dataclass(frozen=True)
class Standing:
    """A project before its next gate: what is asked and answered, who decides, and what may stop it."""

    project: Project
    checklist: Checklist
    review: GateReview | None
    body: Body | None  # None: the project owner decides
    conditions: list[Condition]
    start: Start | None
    personal_data: bool
    benefits: Coverage
    handovers: list[HandOver]  # asked only where the project closes
    set_conditions: list[GateCondition]  # what the project owner has set before, met or not
    lessons: int  # how many the project has written down; asked only where it closes

    @property
    def gate(self) -> Gate:
        return self.checklist.gate

    @property
    def own_conditions(self) -> list[GateCondition]:
        """What the project owner has set before, and is not met."""
        return [row for row in self.set_conditions if row.met_at is None]

    @property
    def questions(self) -> list[tuple[str, str]]:
        """As they were asked where the review has begun, else as they are now."""
        kept = self.review.questions if self.review else self.checklist.plain()
        own = {q.code: str(q.text) for q in self.checklist.questions} if not self.checklist.version else {}
        return [(code, own.get(code, text)) for code, text in kept]


def reviews_of(project: Project) -> list[GateReview]:
    """Every time the project has stood before a gate, the newest decision first."""
    return list(project.gates.select_related("decided_by", "case").order_by("-decided_at", "pk"))


def standing_of(project: Project, reviews: list[GateReview], *, on: date) -> Standing | None:
    """Where the project stands before its next gate, with its `reviews_of`; None where it has none left."""
    gate = gate_from(project.initiative.phase)
    if gate is None:
        return None
    house = project.shared_with_id or project.owner_id
    checklist = checklist_for(house, gate.code, on=on)
    open_ones = (row for row in reviews if row.gate == gate.code and row.state in ("open", "with_body"))
    need = project.initiative
    return Standing(
        project,
        checklist,
        next(open_ones, None),
        body_of(project) if need.size in checklist.body_sizes else None,
        open_conditions([need.pk]).get(need.pk, []),
        starts_of([need.pk]).get(need.pk),
        need.answers.get(f"{SCREEN}personal_data") == "yes",
        coverage_of(need),
        handovers_of(project) if gate.target == "realise" else [],
        gate_conditions_of(project, reviews),
        number_of_lessons(project) if gate.target == "realise" else 0,
    )


def gate_conditions_of(project: Project, reviews: list[GateReview]) -> list[GateCondition]:
    """Every condition the project owner has set at a gate, the first due first: none before one is decided."""
    if all(row.decided_at is None for row in reviews):
        return []
    rows = GateCondition.objects.filter(review__project=project)
    return list(rows.select_related("review", "responsible", "met_by"))


def gate_conditions_due(owner_id: int, *, within: date) -> QuerySet[GateCondition]:
    """The open conditions of an entity's projects that are due by a day."""
    return GateCondition.objects.filter(owner_id=owner_id, met_at__isnull=True, due_date__lte=within)


def decided_gates(reviews: list[GateReview]) -> list[tuple[Gate, GateReview]]:
    """The gates the project has been before, of its `reviews_of`, the newest first."""
    return [(BY_CODE[row.gate], row) for row in reviews if row.decided_at]


def checklists_of(owner_id: int, *, on: date) -> list[Checklist]:
    """What every gate asks in a house that day."""
    return [checklist_for(owner_id, code, on=on) for code in BY_CODE]


def latest_checklist(owner_id: int, gate: str) -> int:
    """The newest version of a gate's check list that the house has adopted; 0 where there is none."""
    rows = GateChecklist.objects.filter(owner_id=owner_id, gate=gate)
    return int(rows.order_by("-version").values_list("version", flat=True).first() or 0)
