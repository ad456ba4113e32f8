"""The rules of the house, as versioned data, and those who sit and meet by them."""

from samrad.governance.models.bodies import (
    Body,
    Field,
    Mandate,
    OpenPart,
    PlannedMeeting,
    Requirement,
    Seat,
    SizeClass,
)
from samrad.governance.models.cycle import DATE_KINDS, CycleDate, CycleKind, CyclePlan, CycleSubscription

__all__ = [
    "DATE_KINDS",
    "Body",
    "CycleDate",
    "CycleKind",
    "CyclePlan",
    "CycleSubscription",
    "Field",
    "Mandate",
    "OpenPart",
    "PlannedMeeting",
    "Requirement",
    "Seat",
    "SizeClass",
]
