"""What can have happened to a meeting."""

from dataclasses import dataclass

from samrad.eventlog.actions import Happened


@dataclass(frozen=True, kw_only=True)
class MeetingConvened(Happened):
    """A meeting was set up."""

    meeting_id: int


@dataclass(frozen=True, kw_only=True)
class PutOnAgenda(Happened):
    """A case was put on an agenda."""

    meeting_id: int
    number: int


@dataclass(frozen=True, kw_only=True)
class TakenOffAgenda(Happened):
    """A case was taken off an agenda."""

    meeting_id: int


@dataclass(frozen=True, kw_only=True)
class NoticeSent(Happened):
    """The notice of meeting was sent."""

    meeting_id: int
    sequence: int


@dataclass(frozen=True, kw_only=True)
class AttendanceRecorded(Happened):
    """Who was present was written down."""

    meeting_id: int
    present: int


@dataclass(frozen=True, kw_only=True)
class ImpartialityDecided(Happened):
    """The impartiality of a member in an item was decided."""

    item_id: int
    person_id: int
    disqualified: bool


@dataclass(frozen=True, kw_only=True)
class ItemTreated(Happened):
    """An item was treated in the meeting."""

    item_id: int
    outcome: str
    unanimous: bool = False


@dataclass(frozen=True, kw_only=True)
class MeetingClosed(Happened):
    """A meeting was closed: what happened in it stands, its minutes are being written."""

    meeting_id: int


@dataclass(frozen=True, kw_only=True)
class MinutesApproved(Happened):
    """The minutes were approved and locked: once for the meeting, and once for each case in them."""

    meeting_id: int
    item_id: int = 0


@dataclass(frozen=True, kw_only=True)
class AgendaOrdered(Happened):
    """The order of an agenda was changed."""

    meeting_id: int


@dataclass(frozen=True, kw_only=True)
class Referred(Happened):
    """What was decided below the council was put on its agenda as a referral item."""

    meeting_id: int
    number: int


@dataclass(frozen=True, kw_only=True)
class MeetingMoved(Happened):
    """A meeting was moved. `told`: those who sit in the body had been called, and were told."""

    meeting_id: int
    sequence: int
    told: bool


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(Happened):
    """A meeting was cancelled. `told`: those who sit in the body had been called, and were told."""

    meeting_id: int
    sequence: int
    told: bool


@dataclass(frozen=True, kw_only=True)
class Voted(Happened):
    """The vote over an item was written down."""

    item_id: int
    votes_for: int | None
    votes_against: int | None
    votes_blank: int | None
    casting_vote: str


@dataclass(frozen=True, kw_only=True)
class StatementRecorded(Happened):
    """A member's statement for the record, or dissent, was written down or taken out."""

    item_id: int
    person_id: int
    statement: str
    removed: bool


@dataclass(frozen=True, kw_only=True)
class UrgentCaseTaken(Happened):
    """The chair took in an urgent case."""

    meeting_id: int
    item_id: int


@dataclass(frozen=True, kw_only=True)
class UrgentCaseReported(Happened):
    """The body's next meeting is to hear of an urgent case."""

    meeting_id: int
    item_id: int


@dataclass(frozen=True, kw_only=True)
class InformationAdded(Happened):
    """Something to be told was put on the agenda."""

    meeting_id: int
    item_id: int


@dataclass(frozen=True, kw_only=True)
class ItemPlanned(Happened):
    """How long an item takes, and whether the doors are closed for it, was changed."""

    meeting_id: int
    item_id: int
    minutes: int
    closed: bool


@dataclass(frozen=True, kw_only=True)
class AwayRecorded(Happened):
    """Who was out of the room in an item was written down. `away`: how many. `onward`: in the items after it too."""

    item_id: int
    away: int
    onward: bool


@dataclass(frozen=True, kw_only=True)
class SubstituteCalled(Happened):
    """A substitute was called to the meeting."""

    meeting_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class TextSaved(Happened):
    """What is being written about an item was kept, without the item being treated by it."""

    item_id: int
    version: int


@dataclass(frozen=True, kw_only=True)
class ApprovalChosen(Happened):
    """How the minutes of a meeting are to be approved was chosen."""

    meeting_id: int
    approval: str


@dataclass(frozen=True, kw_only=True)
class MinutesCorrected(Happened):
    """A correction was noted to approved minutes."""

    meeting_id: int
    item_id: int
    correction_id: int


@dataclass(frozen=True, kw_only=True)
class ActionPointGiven(Happened):
    """Somebody was given something to do after a meeting."""

    meeting_id: int
    point_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class ActionPointDone(Happened):
    """What somebody was to do after a meeting is done."""

    meeting_id: int
    point_id: int


@dataclass(frozen=True, kw_only=True)
class HeldElsewhere(Happened):
    """It was said that the meeting is held in another system, or here after all. `elsewhere`: in another."""

    meeting_id: int
    elsewhere: bool


@dataclass(frozen=True, kw_only=True)
class MinutesAttached(Happened):
    """The minutes of a meeting that was held in another system were attached."""

    meeting_id: int
    file_id: int


@dataclass(frozen=True, kw_only=True)
class DocumentsPublished(Happened):
    """Documents of a meeting were made open to somebody."""

    meeting_id: int
    audience: str
    publication_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DocumentWithdrawn(Happened):
    """A published document was withdrawn."""

    meeting_id: int
    publication_id: int
    document: str


@dataclass(frozen=True, kw_only=True)
class WiderAccessConsidered(Happened):
    """It was considered whether what is exempt in a document can be shown all the same (offentleglova § 11)."""

    meeting_id: int
    item_id: int
    document: str
    field_group: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class MinutesOnAgenda(Happened):
    """The minutes of an earlier meeting came on the agenda to be approved."""

    meeting_id: int
    item_id: int
    approves_id: int


@dataclass(frozen=True, kw_only=True)
class PapersAsked(Happened):
    """All the papers of a meeting were asked for in one file."""

    meeting_id: int
    set_id: int
    total: int


@dataclass(frozen=True, kw_only=True)
class PapersMade(Happened):
    """All the papers of a meeting were made in one file; `failed` where they could not be."""

    meeting_id: int
    set_id: int
    failed: bool
