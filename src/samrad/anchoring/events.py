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


@dataclass(frozen=True, kw_only=True)
class AffectedChosen(Happened):
    """Which sectors are affected was chosen."""

    unit_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class HearingEnded(Happened):
    """One who was to be heard is no longer: not affected, or no longer in the cooperation."""

    request_id: int


@dataclass(frozen=True, kw_only=True)
class PassedOn(Happened):
    """A question went on to whoever has the role now."""

    request_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class Escalated(Happened):
    """A question nobody answered, or a no, was taken to the chief executive."""

    request_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class ConsentedBySilence(Happened):
    """The mandate takes silence for a yes, and the days it gives have passed."""

    request_id: int
    mandate_id: int


@dataclass(frozen=True, kw_only=True)
class InvolvementNoted(Happened):
    """Representatives of the employees or users were informed or involved, and it was written down."""

    involvement_id: int


@dataclass(frozen=True, kw_only=True)
class InvolvementStruck(Happened):
    """What was written down about representatives or users was struck out."""

    involvement_id: int
