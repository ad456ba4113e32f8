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
class SectionWritten(Happened):
    """A section of the case paper was written in."""

    paper_id: int
    section: str
    version: int


@dataclass(frozen=True, kw_only=True)
class SectionSetAside(Happened):
    """A text came after another's in the same section, and was kept beside it."""

    paper_id: int
    section: str
    aside_id: int


@dataclass(frozen=True, kw_only=True)
class SectionRebuilt(Happened):
    """A section of the case paper was fetched anew from the record."""

    paper_id: int
    section: str
    version: int


@dataclass(frozen=True, kw_only=True)
class AsideDropped(Happened):
    """A text that stood beside a section was put away."""

    paper_id: int
    section: str
    aside_id: int


@dataclass(frozen=True, kw_only=True)
class NoteAdded(Happened):
    """The secretariat added an internal note."""

    note_id: int


@dataclass(frozen=True, kw_only=True)
class SentToLine(Happened):
    """The case was sent to the head of the owning sector to be decided."""

    rule: str


@dataclass(frozen=True, kw_only=True)
class ReviewAsked(Happened):
    """Someone was asked for an assessment, by a day."""

    review_id: int
    kind_of_assessment: str
    person_id: int


@dataclass(frozen=True, kw_only=True)
class ReviewReminded(Happened):
    """Someone who has not given the assessment was reminded before the deadline."""

    review_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class ReviewOverdue(Happened):
    """The deadline for an assessment passed without an answer, and the one asked was reminded again."""

    review_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class ReviewEnded(Happened):
    """An assessment is no longer waited for."""

    review_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class OfficerAssigned(Happened):
    """Someone was made case officer."""

    person_id: int
    before_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class WordGiven(Happened):
    """The secretariat and those who write the need wrote to each other, without a formal return."""

    exchange_id: int
    asks: bool
    from_secretariat: bool


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(Happened):
    """A question between the secretariat and those who write the need got its answer, or is no longer asked."""

    exchange_id: int


@dataclass(frozen=True, kw_only=True)
class CompetenceKept(Happened):
    """Who can help with what was entered or changed in the register."""

    competence_id: int


@dataclass(frozen=True, kw_only=True)
class CompetenceRemoved(Happened):
    """A line was taken out of the register of who can help with what."""

    competence_id: int


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


@dataclass(frozen=True, kw_only=True)
class RoundOpened(Happened):
    """A prioritisation round was opened."""

    round_id: int
    purpose: str
    first_year: int


@dataclass(frozen=True, kw_only=True)
class RoundListed(Happened):
    """The list of a round was made from what had come in and was ready."""

    round_id: int
    rows: int


@dataclass(frozen=True, kw_only=True)
class TakenIntoRound(Happened):
    """A case came on the list of a round, at the place it was counted to."""

    round_id: int
    place: int


@dataclass(frozen=True, kw_only=True)
class RowProposed(Happened):
    """The secretariat changed what it proposes for a line of a round."""

    round_id: int
    row_id: int
    outcome: str


@dataclass(frozen=True, kw_only=True)
class RoundReady(Happened):
    """The list of a round is ready for a meeting."""

    round_id: int


@dataclass(frozen=True, kw_only=True)
class RoundCancelled(Happened):
    """A round was cancelled before it came on an agenda."""

    round_id: int


@dataclass(frozen=True, kw_only=True)
class RoundClosed(Happened):
    """A round is done: every line has gone on."""

    round_id: int


@dataclass(frozen=True, kw_only=True)
class FlagsChanged(Happened):
    """What stands outside a score was changed after the scoring had begun."""

    scoring_id: int
    change_id: int
    fields: tuple[str, ...]
