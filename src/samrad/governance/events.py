"""What can have happened to the rules of the house."""

from dataclasses import dataclass

from samrad.eventlog.actions import Happened


@dataclass(frozen=True, kw_only=True)
class FieldAdded(Happened):
    """A professional field was added."""

    field_id: int


@dataclass(frozen=True, kw_only=True)
class BodySetUp(Happened):
    """A body was set up."""

    body_id: int


@dataclass(frozen=True, kw_only=True)
class MandateAdopted(Happened):
    """A version of a mandate was adopted."""

    mandate_id: int
    version: int


@dataclass(frozen=True, kw_only=True)
class SeatGiven(Happened):
    """Someone was given a seat in a body."""

    seat_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class MeetingPlanned(Happened):
    """A meeting was put in the annual cycle."""

    planned_meeting_id: int


@dataclass(frozen=True, kw_only=True)
class YearPlanned(Happened):
    """A body's year was laid out in the annual cycle, with so many new meetings."""

    body_id: int
    year: int
    meetings: int


@dataclass(frozen=True, kw_only=True)
class CycleDatesAdded(Happened):
    """Dates were added to the annual cycle."""

    year: int
    cycle_date_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class CycleDateChanged(Happened):
    """A date in the annual cycle was changed, cancelled or taken back in."""

    cycle_date_id: int
    sequence: int
    cancelled: bool


@dataclass(frozen=True, kw_only=True)
class CycleFollowed(Happened):
    """Someone chose what to follow of the annual cycle, got a new address for the calendar, or stopped."""

    subscription_id: int
    follows: bool
    address_number: int


@dataclass(frozen=True, kw_only=True)
class RequirementAdopted(Happened):
    """A minimum requirement came into force."""

    requirement_id: int


@dataclass(frozen=True, kw_only=True)
class CycleChanged(Happened):
    """A meeting in the annual cycle was moved or cancelled."""

    planned_meeting_id: int
    cancelled: bool


@dataclass(frozen=True, kw_only=True)
class SeatEnded(Happened):
    """A seat in a body got its last day."""

    seat_id: int
    person_id: int
