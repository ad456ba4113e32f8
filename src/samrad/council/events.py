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


@dataclass(frozen=True, kw_only=True)
class MeetingClosed(Happened):
    """A meeting was closed: what happened in it stands, its minutes are being written."""

    meeting_id: int


@dataclass(frozen=True, kw_only=True)
class MinutesApproved(Happened):
    """The minutes were approved and locked: once for the meeting, and once for each case in them."""

    meeting_id: int
    item_id: int = 0
