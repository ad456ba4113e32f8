"""What can have happened to strategies, action plans and the input of the elected."""

from dataclasses import dataclass

from samrad.eventlog.actions import Happened


@dataclass(frozen=True, kw_only=True)
class StrategyDrafted(Happened):
    """A strategy was begun, or a new version of one."""

    strategy_id: int
    number: int
    replaces_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class StrategyChanged(Happened):
    """A draft of a strategy was changed: which part."""

    strategy_id: int
    part: str
    to_version: int


@dataclass(frozen=True, kw_only=True)
class StrategyAdopted(Happened):
    """A strategy was adopted, and the version before it ends."""

    strategy_id: int
    replaces_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class IndicatorMeasured(Happened):
    """A value of an indicator was recorded."""

    indicator_id: int
    measurement_id: int


@dataclass(frozen=True, kw_only=True)
class PlanMade(Happened):
    """An action plan was made for a year, perhaps with unfinished points from another."""

    plan_id: int
    year: int
    carried_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlanAdopted(Happened):
    """An action plan was adopted."""

    plan_id: int


@dataclass(frozen=True, kw_only=True)
class PointSaved(Happened):
    """A point of an action plan was added or changed."""

    plan_id: int
    point_id: int


@dataclass(frozen=True, kw_only=True)
class PointMoved(Happened):
    """A point of an action plan got another status."""

    point_id: int
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class RoundOpened(Happened):
    """The elected were asked for their input this year."""

    round_id: int
    year: int


@dataclass(frozen=True, kw_only=True)
class InputGiven(Happened):
    """An elected representative gave input, or another wrote it down."""

    round_id: int
    input_id: int
    on_behalf: bool


@dataclass(frozen=True, kw_only=True)
class InputAnswered(Happened):
    """An input was answered."""

    input_id: int
    outcome: str


@dataclass(frozen=True, kw_only=True)
class ExpiryTold(Happened):
    """Those responsible were told that a strategy runs out."""

    strategy_id: int
    warning: str
