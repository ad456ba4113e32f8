"""What can have happened while the secretariat prepares a case."""

from dataclasses import dataclass

from samrad.eventlog.actions import Happened


@dataclass(frozen=True, kw_only=True)
class CheckedComplete(Happened):
    """The case was found complete, and its preparation began."""

    check_id: int


@dataclass(frozen=True, kw_only=True)
class Returned(Happened):
    """The case was returned with what is missing."""

    check_id: int
    codes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Redirected(Happened):
    """The case was sent elsewhere: it is not for the council."""


@dataclass(frozen=True, kw_only=True)
class Assessed(Happened):
    """An assessment was written or changed."""

    assessment_id: int
    kind_of_assessment: str


@dataclass(frozen=True, kw_only=True)
class PaperMade(Happened):
    """The case paper was made, with a proposed outcome."""

    paper_id: int
    outcome: str
    rule: str


@dataclass(frozen=True, kw_only=True)
class PaperFrozen(Happened):
    """The case paper was kept as the council was sent it."""

    version_id: int
    number: int


@dataclass(frozen=True, kw_only=True)
class NoteAdded(Happened):
    """The secretariat added an internal note."""

    note_id: int


@dataclass(frozen=True, kw_only=True)
class SentToLine(Happened):
    """The case was sent to the head of the owning sector to be decided."""

    rule: str


@dataclass(frozen=True, kw_only=True)
class ScoringStarted(Happened):
    """A case is to be scored, by the criteria of a version (0 is the standard)."""

    scoring_id: int
    criteria_version: int


@dataclass(frozen=True, kw_only=True)
class AssessorNamed(Happened):
    """One more was asked to score."""

    scoring_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class AssessorWithdrew(Happened):
    """One who was asked to score has a conflict of interest; `closed` where the others had all scored."""

    scoring_id: int
    card_id: int
    closed: bool


@dataclass(frozen=True, kw_only=True)
class Scored(Happened):
    """One scored; `closed` where it was the last one."""

    scoring_id: int
    card_id: int
    closed: bool


@dataclass(frozen=True, kw_only=True)
class PlacedInOrder(Happened):
    """The body put a case elsewhere in the order than it was counted to."""

    placing_id: int
    place: int


@dataclass(frozen=True, kw_only=True)
class PlacingEnded(Happened):
    """A case is back where it was counted to."""

    placing_id: int


@dataclass(frozen=True, kw_only=True)
class AttemptRefused(Happened):
    """One of the IT staff tried to set a priority or start something without a decision. Nothing was changed."""

    attempt: str


@dataclass(frozen=True, kw_only=True)
class RouteChosen(Happened):
    """The head of the secretariat confirmed where the case goes, or sent it to the council instead."""

    choice_id: int
    proposed: str
    chosen: str
    rule: str
    failing: str
