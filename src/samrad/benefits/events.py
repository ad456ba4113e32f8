"""What can have happened to a plan for benefits."""

from dataclasses import dataclass

from samrad.eventlog.actions import Happened


@dataclass(frozen=True, kw_only=True)
class BenefitPlanned(Happened):
    """How a benefit is to be realised was written down, as a draft or as planned."""

    plan_id: int
    benefit_id: int
    planned: bool
    reopened: bool  # the plan was approved, and is a draft again


@dataclass(frozen=True, kw_only=True)
class BenefitPlanApproved(Happened):
    """The benefits realisation plan was approved."""

    plan_id: int
    number: int
    benefits: int


@dataclass(frozen=True, kw_only=True)
class PlanApprovalAsked(Happened):
    """One who owns a benefit was asked to approve the plan."""

    plan_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PlanConsented(Happened):
    """One who owns a benefit approved the plan; so many have still to."""

    plan_id: int
    left: int
