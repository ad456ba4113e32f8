"""What can have happened while a need is anchored and sent in."""

from dataclasses import dataclass

from samrad.eventlog.actions import Happened


@dataclass(frozen=True, kw_only=True)
class SentToAnchoring(Happened):
    """The need was sent to the expert group or the head of sector."""

    content_number: int
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class Asked(Happened):
    """Someone was asked for an answer."""

    request_id: int
    kind_of_request: str
    person_id: int


@dataclass(frozen=True, kw_only=True)
class OpinionGiven(Happened):
    """The expert group gave its statement."""

    request_id: int
    answer: str


@dataclass(frozen=True, kw_only=True)
class EndorsementAnswered(Happened):
    """The owning head of sector answered."""

    request_id: int
    answer: str


@dataclass(frozen=True, kw_only=True)
class Heard(Happened):
    """One who was to be heard answered."""

    request_id: int
    answer: str


@dataclass(frozen=True, kw_only=True)
class Reminded(Happened):
    """Someone who has not answered was reminded before the deadline."""

    request_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class DeadlinePassed(Happened):
    """The deadline passed without an answer, after a reminder."""

    request_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerRecorded(Happened):
    """The secretariat wrote down an answer that was given by mail or telephone."""

    request_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerContested(Happened):
    """Someone contested an answer that was written down on their behalf."""

    request_id: int


@dataclass(frozen=True, kw_only=True)
class Submitted(Happened):
    """The need was sent in."""

    submission_id: int
    content_number: int


@dataclass(frozen=True, kw_only=True)
class Completed(Happened):
    """What the secretariat missed was added, and the case sent back to it."""

    submission_id: int
    content_number: int
