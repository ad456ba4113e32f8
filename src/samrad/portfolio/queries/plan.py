"""Reads about plans: milestones against what was approved, dependencies, programmes, and the roadmap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from samrad.core.roadmap import Moment, Stretch
from samrad.initiatives.queries import masked_groups
from samrad.organisation.actors import Actor
from samrad.portfolio.models import Baseline, Dependency, LineActivity, Milestone, Portfolio, Programme, Project
from samrad.portfolio.queries.lines import visible_to
from samrad.portfolio.queries.money import frames_of, latest_baseline
from samrad.portfolio.queries.portfolios import portfolios_of
from samrad.portfolio.queries.showing import within

ON_ROADMAP = (
    *("start_date", "end_date", "initiative__title", "programme__name"),
    *(
        f"initiative__{name}" for name in ("stage", "owner", "shared_with", "participant_ids")
    ),  # what is exempt hangs on these
)


@dataclass(frozen=True)
class Step:
    """A milestone beside the day it was approved for."""

    milestone: Milestone
    approved: date | None

    @property
    def days_late(self) -> int | None:
        """How many days later it is, or is planned, than approved; below 0 is earlier."""
        if self.approved is None:
            return None
        return ((self.milestone.reached_date or self.milestone.due_date) - self.approved).days


@dataclass(frozen=True)
class Plan:
    """A project's plan against its baseline."""

    project: Project
    steps: list[Step]
    baseline: Baseline | None

    @property
    def days_late(self) -> int | None:
        """How many days later than approved the project ends."""
        if self.baseline is None or self.baseline.end_date is None or self.project.end_date is None:
            return None
        return (self.project.end_date - self.baseline.end_date).days

    def stretch(self, *, named: bool = True) -> Stretch:
        """The project as a row of a roadmap; its milestones without their names where those are exempt."""
        moments = [
            Moment(
                s.milestone.reached_date or s.milestone.due_date,
                s.milestone.name if named else s.milestone.get_kind_display(),
                s.milestone.reached_date is not None,
            )
            for s in self.steps
        ]
        was = self.baseline.end_date if self.baseline else None
        return stretch_of(self.project, was, moments)


def stretch_of(project: Project, was_last: date | None, moments: list[Moment]) -> Stretch:
    """A project as a row of a roadmap, leading to its plan."""
    return Stretch(
        project.initiative.title,
        project.start_date,
        project.end_date,
        reverse("portfolio:project_plan", args=[project.pk]),
        was_last,
        moments,
        project.programme.name if project.programme else "",
    )


def approved_days(baseline: Baseline | None) -> dict[int, date]:
    """The day each milestone was approved for."""
    return {row["id"]: date.fromisoformat(row["date"]) for row in baseline.plan} if baseline else {}


def project_plan_of(project: Project) -> Plan:
    """The project's milestones beside what was approved."""
    baseline = latest_baseline(project)
    approved = approved_days(baseline)
    return Plan(project, [Step(m, approved.get(m.pk)) for m in project.milestones.all()], baseline)


def needs_of(actor: Actor, project: Project) -> list[Dependency]:
    """What the project needs, of what the actor sees."""
    rows = project.needs.filter(needs__in=visible_to(actor)).select_related("needs__initiative")
    return list(rows)


def needed_by(actor: Actor, project: Project) -> list[Dependency]:
    """The projects that need this one, of what the actor sees."""
    rows = project.needed_by.filter(project__in=visible_to(actor)).select_related("project__initiative")
    return list(rows)


def edges() -> dict[int, list[int]]:
    """What every project needs, as far as row security shows it."""
    found: dict[int, list[int]] = defaultdict(list)
    for project_id, needs_id in Dependency.objects.order_by("pk").values_list("project_id", "needs_id"):
        found[project_id].append(needs_id)
    return found


def titles_of(actor: Actor, ids: list[int]) -> dict[int, str]:
    """What the projects are called, of those the actor sees."""
    return dict(visible_to(actor).filter(pk__in=ids).values_list("pk", "initiative__title"))


def to_need(actor: Actor, project: Project) -> QuerySet[Project]:
    """The projects that this one could need: the others of its portfolio that the actor sees."""
    rows = visible_to(actor).filter(portfolio_id=project.portfolio_id).exclude(pk=project.pk)
    return rows.select_related("initiative").order_by("initiative__title_sort")


def programmes_of(actor: Actor, portfolio: Portfolio) -> QuerySet[Programme]:
    """The programmes of a portfolio, with those who manage them."""
    found = Programme.objects.filter(portfolio=portfolio, portfolio__in=portfolios_of(actor))
    return found.select_related("manager").prefetch_related("projects__initiative")


def activities_of(actor: Actor, portfolio: Portfolio) -> QuerySet[LineActivity]:
    """What the line develops beside the projects."""
    found = LineActivity.objects.filter(portfolio=portfolio, portfolio__in=portfolios_of(actor))
    return found.select_related("responsible")


def roadmap_of(actor: Actor, portfolio: Portfolio) -> list[Project | LineActivity]:
    """What stands on the roadmap: every project the actor sees, programme by programme, and every activity of the line."""
    projects = visible_to(actor).filter(within(portfolio)).select_related("initiative", "programme").only(*ON_ROADMAP)
    in_order = projects.order_by("programme__name", "start_date", "initiative__title_sort")
    return [*in_order, *activities_of(actor, portfolio)]


def roadmap_rows(actor: Actor, shown: Sequence[Project | LineActivity], *, on: date) -> list[Stretch]:
    """So many of them as are drawn, each with its milestones and the end it was approved with, in three queries."""
    ids = [one.pk for one in shown if isinstance(one, Project)]
    kinds = {code: str(word) for code, word in Milestone.Kind.choices}
    hidden = masked_groups(actor, [one.initiative for one in shown if isinstance(one, Project)], on=on)
    masked = {one.pk for one in shown if isinstance(one, Project) and hidden[one.initiative_id]}
    moments: dict[int, list[Moment]] = defaultdict(list)
    for row in Milestone.objects.filter(project_id__in=ids):
        name = kinds[row.kind] if row.project_id in masked else row.name
        moments[row.project_id].append(Moment(row.reached_date or row.due_date, name, row.reached_date is not None))
    frames = frames_of(ids)
    return [
        stretch_of(one, frames[one.pk].end_date if one.pk in frames else None, moments[one.pk])
        if isinstance(one, Project)
        else Stretch(
            one.title,
            one.start_date,
            one.end_date,
            reverse("portfolio:activity_list", args=[one.portfolio_id]),
            kind="activity",
        )
        for one in shown
    ]
