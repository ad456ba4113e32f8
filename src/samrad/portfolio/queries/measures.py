"""Reads about measures: the list with the late ones first, one with what it touches, and those of a project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from samrad.cases.models import Case, Task, Turn
from samrad.governance.models import Body
from samrad.initiatives.queries import masked_groups
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person
from samrad.portfolio.models import ChangeRequest, Measure, MeasureProject, Portfolio, Project
from samrad.portfolio.queries.lines import Line, visible_to
from samrad.portfolio.queries.portfolios import board_of, portfolios_of
from samrad.portfolio.queries.steering import WAITING, change_bodies
from samrad.systems.queries import months_on

State = MeasureProject.State
REMIND_DAYS = 7
NAMED = ("responsible", "proposed_by", "decided_by", "into__initiative", "to_portfolio", "portfolio__owner")


@dataclass
class SeenMeasure:
    """A measure as one reader may see it: the projects of it that are open to the reader, and whether its words are."""

    measure: Measure
    late: bool
    touched: list[MeasureProject] = field(default_factory=list)
    named: str = ""  # the projects it is about, of those the reader sees
    hidden: bool = False  # it touches what is exempt for the reader, so its words are not shown

    @property
    def colour(self) -> str:
        """The colour of its state's tag: yellow waits for someone, green done, grey dropped."""
        return {"proposed": "yellow", "done": "green", "dropped": "grey"}.get(self.measure.state, "blue")


def measures_in(portfolios: Collection[Portfolio]) -> QuerySet[Measure]:
    """Every measure of some portfolios, with those named in it."""
    return Measure.objects.filter(portfolio__in=portfolios).select_related(*NAMED)


def measures_seen_by(actor: Actor) -> QuerySet[Measure]:
    """The measures of the portfolios one reads."""
    return Measure.objects.filter(portfolio__in=portfolios_of(actor)).select_related(*NAMED)


def seen_measures(actor: Actor, measures: Iterable[Measure], *, on: date) -> list[SeenMeasure]:
    """The same as the reader may see them, in three queries whatever their number: late first, then by deadline, then over."""
    found = [SeenMeasure(m, m.late_on(on)) for m in measures]
    touched: dict[int, list[MeasureProject]] = defaultdict(list)
    if found:
        for row in _rows([s.measure.pk for s in found]):
            touched[row.measure_id].append(row)
    every = [row for group in touched.values() for row in group]
    into = [s.measure.into for s in found if s.measure.into]
    projects = {p.pk: p for p in [*(row.project for row in every), *into]}
    open_ones = set(visible_to(actor).filter(pk__in=projects).values_list("pk", flat=True)) if projects else set()
    masked = masked_groups(actor, [projects[pk].initiative for pk in open_ones], on=on) if open_ones else {}
    for seen in found:
        mine = touched.get(seen.measure.pk, [])
        about = [row.project for row in mine] + ([seen.measure.into] if seen.measure.into else [])
        seen.touched = [row for row in mine if row.project_id in open_ones]
        seen.hidden = any(p.pk not in open_ones or masked.get(p.initiative_id) for p in about)
    return _late_first(found)


def _rows(measure_ids: list[int]) -> QuerySet[MeasureProject]:
    """What the measures touch, each with why its case was closed, or why the project was opened anew and from which case."""
    about, need = Turn.objects.order_by("-pk"), OuterRef("project__initiative")
    told = JSONObject(kind="kind", reason="reason", at="made_at", who="made_by__name")
    own = about.filter(Q(case=OuterRef("case")) | Q(case=OuterRef("change__case"))).values(told=told)[:1]
    anew = about.filter(kind=Turn.Kind.REOPENED, case__initiative=need).values(told=told)[:1]
    closed = Case.objects.filter(initiative=need, kind=Case.Kind.SUBMISSION, closed_at__isnull=False).order_by("-pk")
    rows = MeasureProject.objects.filter(measure__in=measure_ids).annotate(
        closing=Subquery(own), anew=Subquery(anew), closed_case=Subquery(closed.values("pk")[:1])
    )
    return rows.select_related("project__initiative", "change", "case").order_by("pk")


def turn_of(row: MeasureProject) -> Turn | None:
    """Why a case was closed without an answer, or a project opened anew, of a row as `seen_measures` reads it."""
    told = {State.BACK: "closing", State.REOPENED: "anew"}.get(State(row.state))
    found = getattr(row, told, None) if told else None
    if found is None:
        return None
    by, at = Person(name=found["who"]), datetime.fromisoformat(found["at"])
    return Turn(kind=found["kind"], reason=found["reason"], made_at=at, made_by=by)


def _read(row: dict[str, Any], *, hidden: bool, on: date) -> SeenMeasure:
    """A measure as it was read with its portfolio or its project."""
    names = ("kind", "state", "title", "closed_at")
    given = {name: row[name] for name in names if name in row}
    due, person = date.fromisoformat(row["due_date"]), Person(name=row["responsible"])
    measure = Measure(pk=row["id"], due_date=due, responsible=person, **given)
    return SeenMeasure(measure, measure.late_on(on), hidden=hidden)


def _late_first(found: list[SeenMeasure]) -> list[SeenMeasure]:
    return sorted(found, key=lambda s: (not s.measure.open, not s.late, s.measure.due_date, s.measure.pk))


def open_measures(portfolio: Portfolio, lines: Iterable[Line], *, on: date) -> list[SeenMeasure]:
    """The measures that are not over, the late ones first, read with the portfolio itself and told by its lines."""
    seen = {line.project.pk: line for line in lines}
    found = []
    for row in getattr(portfolio, "going_measures", []):
        about = [*row["touches"], *([row["into_id"]] if row["into_id"] else [])]
        hidden = any(pk not in seen or bool(seen[pk].masked) for pk in about)
        one = _read(row, hidden=hidden, on=on)
        one.named = ", ".join(seen[pk].project.initiative.title for pk in row["touches"] if pk in seen)
        found.append(one)
    return _late_first(found)


def measures_of_project(project: Project, *, masked: bool, on: date) -> list[SeenMeasure]:
    """What is proposed and decided about a project, read with it; the words of those that are about it alone."""
    rows = getattr(project, "measures_about", [])
    found = [_read(row, hidden=masked or row["others"] or row["into_id"] is not None, on=on) for row in rows]
    return _late_first(found)


def to_touch(actor: Actor, portfolio: Portfolio) -> QuerySet[Project]:
    """The projects a measure may touch: those under way that the portfolio steers."""
    rows = visible_to(actor).filter(portfolio=portfolio, initiative__status__in=["active", "paused"])
    rows = rows.exclude(initiative__phase="done").select_related("initiative", "portfolio")
    return rows.order_by("initiative__title_sort", "pk")


def homes_for(actor: Actor, portfolio: Portfolio) -> QuerySet[Portfolio]:
    """The other portfolios a project may be moved to."""
    return portfolios_of(actor).exclude(pk=portfolio.pk).order_by("name", "pk")


def touched_by(measure: Measure) -> list[MeasureProject]:
    """The projects of a measure, whole."""
    people = ("project_owner", "project_manager", "benefit_responsible", "portfolio", "initiative")
    rows = MeasureProject.objects.filter(measure=measure)
    return list(rows.select_related("measure", *(f"project__{name}" for name in people)).order_by("pk"))


@dataclass(frozen=True)
class Ahead:
    """What lies ahead of a measure if it is decided now: which body is asked about each project, and what stands in the way."""

    bodies: dict[int, Body | None]
    changing: set[int]  # a change of the project waits for an answer
    asked: set[int]  # the body is asked about it by another measure
    taken: set[str]  # ids at the source that the receiving portfolio has already
    board: set[int]  # of the receiving portfolio
    on: date


def ahead_of(measure: Measure, projects: list[Project], *, on: date) -> Ahead:
    """What deciding the measure meets, for its kind."""
    by_body = measure.kind in (Measure.Kind.STOP, Measure.Kind.MERGE, Measure.Kind.MOVE)
    changing = ChangeRequest.objects.filter(project__in=projects, state__in=WAITING)
    asked = MeasureProject.objects.filter(project__in=projects, state=State.WITH_BODY, case__closed_at=None)
    home, taken = measure.to_portfolio, set()
    if home is not None:
        ids = [p.source_id for p in projects if p.source_id]
        taken = set(Project.objects.filter(portfolio=home, source_id__in=ids).values_list("source_id", flat=True))
    return Ahead(
        change_bodies(projects, on=on) if by_body else {},
        set(changing.values_list("project_id", flat=True)) if measure.kind == Measure.Kind.MOVE else set(),
        set(asked.exclude(measure=measure).values_list("project_id", flat=True)) if by_body else set(),
        taken,
        {person.pk for person in board_of(home, on=on)} if home else set(),
        on,
    )


def moved_dates(measure: Measure, project: Project) -> tuple[date | None, date | None]:
    """The start and the end a measure moves the project to; None where it leaves them."""
    moves = ((project.start_date, measure.start_months), (project.end_date, measure.months))
    start, end = (months_on(day, months) if day and months else None for day, months in moves)
    return start, end


def answering_for(project: Project) -> list[Person]:
    """The three who answer for a project and still work here, each once."""
    named = (project.project_owner, project.project_manager, project.benefit_responsible)
    return list({p.pk: p for p in named if p is not None and p.active}.values())


def waits_for_answer(measure: Measure) -> bool:
    """Does a body or a project owner still have something to decide about one of its projects?"""
    asked = Q(state=State.WITH_BODY) | Q(change__state__in=WAITING)
    return measure.projects.filter(asked).exists()


def measures_due(owner_id: int, *, on: date) -> list[int]:
    """The decided measures of a house that are due within a week, or late."""
    rows = Measure.objects.filter(
        portfolio__owner_id=owner_id,
        state__in=[Measure.State.DECIDED, Measure.State.UNDER_WAY],
        due_date__lte=on + timedelta(days=REMIND_DAYS),
    )
    return list(rows.values_list("pk", flat=True))


def left_behind(person_id: int) -> list[int]:
    """The measures that wait for a person."""
    waiting = Task.objects.filter(kind="follow_measure", person_id=person_id, closed_at__isnull=True)
    return [pk for pk in waiting.values_list("object_id", flat=True) if pk]


def waits_for(actor: Actor, measure: Measure) -> bool:
    """Is the reader asked to read what the measure says of a project?"""
    mine = Task.objects.filter(kind="heed_measure", object_id=measure.pk, closed_at__isnull=True)
    return actor.is_person and mine.filter(person_id=actor.person_or_none).exists()
