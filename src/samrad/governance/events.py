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
class MandateProposed(Happened):
    """A version of a mandate was written, and waits for another person to adopt it."""

    mandate_id: int
    version: int


@dataclass(frozen=True, kw_only=True)
class MandateWithdrawn(Happened):
    """A version of a mandate was withdrawn before it came into force."""

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
class AdoptionRecorded(Happened):
    """It was recorded that a municipality has adopted a mandate."""

    mandate_id: int
    municipality_id: int


@dataclass(frozen=True, kw_only=True)
class SeatChanged(Happened):
    """What is written about a seat was changed."""

    seat_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class CriterionConfirmed(Happened):
    """A criterion for the one who holds a seat was confirmed, or no longer is."""

    seat_id: int
    person_id: int
    criterion: str
    confirmed: bool


@dataclass(frozen=True, kw_only=True)
class SeatTermWarned(Happened):
    """Those who appoint were warned that a seat's term runs out."""

    seat_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class CoordinatorKept(Happened):
    """A coordinator was entered or changed."""

    coordinator_id: int
    person_id: int
    reserved_percent: int
    used_percent: int | None


@dataclass(frozen=True, kw_only=True)
class CoordinatorEnded(Happened):
    """A coordinator got a last day."""

    coordinator_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class ArenaKept(Happened):
    """An arena was entered, changed or ended."""

    arena_id: int
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class ArenaMet(Happened):
    """A meeting that an arena has held was noted."""

    arena_id: int
    meeting_id: int


@dataclass(frozen=True, kw_only=True)
class RequirementEnded(Happened):
    """A minimum requirement was switched off."""

    requirement_id: int


@dataclass(frozen=True, kw_only=True)
class SizeClassesAdopted(Happened):
    """New limits between the size classes were adopted."""

    size_class_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class SubmissionPolicyAdopted(Happened):
    """A version of who may send in needs was adopted."""

    policy_id: int
    version: int


@dataclass(frozen=True, kw_only=True)
class RuleAdopted(Happened):
    """A version of a rule in the register came into force."""

    rule_id: int
    version: int


@dataclass(frozen=True, kw_only=True)
class RuleEnded(Happened):
    """A rule in the register was switched off."""

    rule_id: int


@dataclass(frozen=True, kw_only=True)
class ExpertGroupSwitched(Happened):
    """The expert group's step was switched on or off for a professional field."""

    field_id: int
    on: bool


@dataclass(frozen=True, kw_only=True)
class CriteriaAdopted(Happened):
    """A version of the criteria that initiatives are scored by was adopted."""

    criteria_id: int
    version: int
