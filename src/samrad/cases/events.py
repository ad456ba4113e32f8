"""What can have happened to a case, its recommendations and its decisions."""

from dataclasses import dataclass

from samrad.eventlog.actions import Happened


@dataclass(frozen=True, kw_only=True)
class CaseOpened(Happened):
    """A case was opened for an initiative."""


@dataclass(frozen=True, kw_only=True)
class Withdrawn(Happened):
    """The need was withdrawn before it was decided."""


@dataclass(frozen=True, kw_only=True)
class Recommended(Happened):
    """A body gave its recommendation."""

    recommendation_id: int
    body_id: int
    outcome: str


@dataclass(frozen=True, kw_only=True)
class DecisionsAsked(Happened):
    """Each participating municipality was asked to decide."""

    municipality_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Decided(Happened):
    """A municipality decided for itself."""

    decision_id: int
    municipality_id: int
    outcome: str


@dataclass(frozen=True, kw_only=True)
class SentOn(Happened):
    """A chief executive let another organ of the municipality decide."""

    decision_id: int
    municipality_id: int
    organ: str


@dataclass(frozen=True, kw_only=True)
class AtPoliticalLevel(Happened):
    """Only political bodies have still to decide."""


@dataclass(frozen=True, kw_only=True)
class PassedOnAtHome(Happened):
    """A member of the council told the municipality at home what was decided."""

    decision_id: int
    municipality_id: int


@dataclass(frozen=True, kw_only=True)
class CostsPlanned(Happened):
    """It was said how those who take part share the cost, and when it may start."""

    plan_id: int
    key: str


@dataclass(frozen=True, kw_only=True)
class AssignmentGiven(Happened):
    """A need owner was given an assignment."""

    assignment_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class AssignmentAccepted(Happened):
    """A need owner took on an assignment."""

    assignment_id: int


@dataclass(frozen=True, kw_only=True)
class AssignmentAnswered(Happened):
    """A need owner answered an assignment."""

    assignment_id: int


@dataclass(frozen=True, kw_only=True)
class Turned(Happened):
    """A case was stopped, paused, taken up again, merged or opened anew."""

    turn_id: int
    turn: str


@dataclass(frozen=True, kw_only=True)
class CaseSettled(Happened):
    """Every municipality asked has answered, and the case has its outcome."""

    state: str


@dataclass(frozen=True, kw_only=True)
class ConditionSet(Happened):
    """Someone was made responsible for a condition."""

    condition_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class ConditionMet(Happened):
    """A condition was met, and ticked off."""

    condition_id: int


@dataclass(frozen=True, kw_only=True)
class TaskGiven(Happened):
    """Someone was asked to do one more thing."""

    task: str


@dataclass(frozen=True, kw_only=True)
class TaskDone(Happened):
    """What waited for someone was done."""

    task: str


@dataclass(frozen=True, kw_only=True)
class IdeaAnswerAsked(Happened):
    """Whoever owes an idea its answer got it to do."""

    idea_id: int


@dataclass(frozen=True, kw_only=True)
class IdeaAnswerDone(Happened):
    """An idea no longer waits for an answer."""

    idea_id: int
