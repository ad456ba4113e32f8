"""What can have happened with measures of a portfolio, and with where projects are shown."""

from dataclasses import dataclass

from samrad.eventlog.actions import Happened


@dataclass(frozen=True, kw_only=True)
class MeasureProposed(Happened):
    """A measure for the portfolio was proposed, or the proposal was changed."""

    portfolio_id: int
    measure_id: int
    measure: str
    projects: int


@dataclass(frozen=True, kw_only=True)
class MeasureDecided(Happened):
    """A measure for the portfolio was decided."""

    portfolio_id: int
    measure_id: int
    measure: str
    projects: int


@dataclass(frozen=True, kw_only=True)
class MeasureTouched(Happened):
    """What a decided measure did with a project: carried out, sent to the body, or told."""

    portfolio_id: int
    project_id: int
    measure_id: int
    measure: str
    state: str


@dataclass(frozen=True, kw_only=True)
class MeasureTold(Happened):
    """One who answers for a project was told what is decided about it."""

    portfolio_id: int
    measure_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class MeasureFollowed(Happened):
    """How a measure goes was written down: under way, done or dropped."""

    portfolio_id: int
    measure_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class MeasureRead(Happened):
    """One who answers for a project has read what was decided about it."""

    portfolio_id: int
    measure_id: int


@dataclass(frozen=True, kw_only=True)
class MeasureReminded(Happened):
    """The one responsible was reminded of a measure, before its deadline or after it."""

    portfolio_id: int
    measure_id: int
    person_id: int
    late: bool


@dataclass(frozen=True, kw_only=True)
class ProjectShown(Happened):
    """A project was shown in a further portfolio, or taken out of it."""

    project_id: int
    portfolio_id: int
    shown: bool


@dataclass(frozen=True, kw_only=True)
class MeasurePassedOn(Happened):
    """A measure waits for the portfolio manager, because the one responsible has left."""

    portfolio_id: int
    measure_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class ProjectBroughtHome(Happened):
    """A project went on in its municipality's own portfolio, because the municipality left the cooperation."""

    project_id: int
    portfolio_id: int
