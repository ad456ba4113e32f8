"""What people do with the rules of the house, and with who sits where."""

from samrad.governance.actions.binding import end_coordinator, keep_arena, keep_coordinator, note_arena_meeting
from samrad.governance.actions.mandates import Adoption, adopt_mandate, record_adoption
from samrad.governance.actions.rules import (
    Limit,
    adopt_requirement,
    adopt_rule,
    adopt_size_classes,
    adopt_submission_policy,
    end_requirement,
    end_rule,
)
from samrad.governance.actions.seats import change_seat, confirm_criterion, end_seat, give_seat, warn_of_term
from samrad.governance.actions.setting_up import (
    add_field,
    change_field,
    change_in_cycle,
    plan_in_cycle,
    rename_body,
    set_up_body,
)

__all__ = [
    "Adoption",
    "Limit",
    "add_field",
    "adopt_mandate",
    "adopt_requirement",
    "adopt_rule",
    "adopt_size_classes",
    "adopt_submission_policy",
    "change_field",
    "change_in_cycle",
    "change_seat",
    "confirm_criterion",
    "end_coordinator",
    "end_requirement",
    "end_rule",
    "end_seat",
    "give_seat",
    "keep_arena",
    "keep_coordinator",
    "note_arena_meeting",
    "plan_in_cycle",
    "record_adoption",
    "rename_body",
    "set_up_body",
    "warn_of_term",
]
