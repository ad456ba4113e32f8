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


@dataclass(frozen=True, kw_only=True)
class GroupFormed(Happened):
    """An expert group was formed for a professional field."""

    body_id: int
    field_id: int


@dataclass(frozen=True, kw_only=True)
class GroupMemberChanged(Happened):
    """Someone came into an expert group, or left it."""

    body_id: int
    person_id: int
    came: bool


@dataclass(frozen=True, kw_only=True)
class BacklogChanged(Happened):
    """A need was put in an expert group's list, taken up as an initiative, or taken out."""

    body_id: int
    item_id: int
    change: str


@dataclass(frozen=True, kw_only=True)
class Ranked(Happened):
    """An expert group ranked its own needs."""

    body_id: int
    ranking_id: int


@dataclass(frozen=True, kw_only=True)
class GroupMet(Happened):
    """An expert group was called to a meeting, or what came of it was written down."""

    body_id: int
    meeting_id: int


@dataclass(frozen=True, kw_only=True)
class StakeholderAdded(Happened):
    """Someone outside was put in the register of stakeholders."""

    stakeholder_id: int


@dataclass(frozen=True, kw_only=True)
class StakeholderRemoved(Happened):
    """Someone outside was taken out of the register, and every link they had was ended."""

    stakeholder_id: int


@dataclass(frozen=True, kw_only=True)
class SharedWithGuest(Happened):
    """Parts of an initiative were shared with someone outside, by a link that ends."""

    guest_pass_id: int
    parts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class GuestLinkEnded(Happened):
    """A guest's link was ended before its day."""

    guest_pass_id: int


@dataclass(frozen=True, kw_only=True)
class GuestLooked(Happened):
    """A guest opened what was shared."""

    guest_pass_id: int


@dataclass(frozen=True, kw_only=True)
class GuestCommented(Happened):
    """A guest wrote a comment."""

    guest_pass_id: int
    comment_id: int
