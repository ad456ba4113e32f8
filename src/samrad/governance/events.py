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


@dataclass(frozen=True, kw_only=True)
class FieldChanged(Happened):
    """A professional field got another name, other KOSTRA functions, or its expert group on or off."""

    field_id: int
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class BodyRenamed(Happened):
    """A body got another name."""

    body_id: int


@dataclass(frozen=True, kw_only=True)
class SizeClassesAdopted(Happened):
    """New limits between the size classes came into force."""

    size_class_ids: tuple[int, ...]
