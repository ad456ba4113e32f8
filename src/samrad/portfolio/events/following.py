"""What can have happened with ICT effort, lessons and the conditions set at a gate."""

from dataclasses import dataclass

from samrad.eventlog.actions import Happened


@dataclass(frozen=True, kw_only=True)
class EffortKept(Happened):
    """What ICT spends its time on was written down, or brought in from a spreadsheet."""

    unit_id: int
    year: int
    months: int
    imported: bool


@dataclass(frozen=True, kw_only=True)
class LessonKept(Happened):
    """A lesson of a project was written down, changed, taken away or put back."""

    project_id: int
    lesson_id: int
    reach: str
    gone: bool


@dataclass(frozen=True, kw_only=True)
class GateConditionSet(Happened):
    """The project owner set a condition at a gate."""

    project_id: int
    condition_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class GateConditionReminded(Happened):
    """The one responsible for a condition from a gate was reminded of it."""

    project_id: int
    condition_id: int
    person_id: int
    late: bool


@dataclass(frozen=True, kw_only=True)
class GateConditionMet(Happened):
    """A condition the project owner had set was met."""

    project_id: int
    condition_id: int
