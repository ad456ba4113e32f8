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
