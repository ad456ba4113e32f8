"""The rules of the house, as versioned data, and those who sit and meet by them."""

from samrad.governance.models.binding import Arena, ArenaMeeting, Coordinator, CoordinatorShare
from samrad.governance.models.bodies import (
    Authority,
    Body,
    CostKey,
    DecidesBy,
    Field,
    Mandate,
    MandateAdoption,
    MeetingForm,
    OpenPart,
    PlannedMeeting,
    Seat,
    SeatCriterion,
)
from samrad.governance.models.criteria import CriteriaVersion
from samrad.governance.models.cycle import DATE_KINDS, CycleDate, CycleKind, CyclePlan, CycleSubscription
from samrad.governance.models.rules import OWN, OpenGuideline, Requirement, Rule, SizeClass, SubmissionPolicy

__all__ = [
    "DATE_KINDS",
    "OWN",
    "Arena",
    "ArenaMeeting",
    "Authority",
    "Body",
    "Coordinator",
    "CoordinatorShare",
    "CostKey",
    "CriteriaVersion",
    "CycleDate",
    "CycleKind",
    "CyclePlan",
    "CycleSubscription",
    "DecidesBy",
    "Field",
    "Mandate",
    "MandateAdoption",
    "MeetingForm",
    "OpenGuideline",
    "OpenPart",
    "PlannedMeeting",
    "Requirement",
    "Rule",
    "Seat",
    "SeatCriterion",
    "SizeClass",
    "SubmissionPolicy",
]
