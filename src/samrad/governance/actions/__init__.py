"""What people do with the rules of the house, and with who sits where."""

from samrad.governance.actions.binding import (
    end_coordinator,
    keep_arena,
    keep_coordinator,
    note_arena_meeting,
)
from samrad.governance.actions.criteria import adopt_criteria
from samrad.governance.actions.cycle import (
    Rhythm,
    UsualChoice,
    add_usual_dates,
    change_cycle_date,
    change_in_cycle,
    change_planned,
    plan_as_proposed,
    plan_in_cycle,
    plan_year,
    put_cycle_date,
)
from samrad.governance.actions.following import (
    follow_cycle,
    renew_address,
    stop_following,
)
from samrad.governance.actions.mandates import (
    Adoption,
    adopt_mandate,
    record_adoption,
    second_mandate,
    withdraw_mandate,
)
from samrad.governance.actions.rules import (
    Limit,
    adopt_requirement,
    adopt_rule,
    adopt_size_classes,
    adopt_submission_policy,
    end_requirement,
    end_rule,
)
from samrad.governance.actions.seats import (
    change_seat,
    confirm_criterion,
    end_seat,
    give_seat,
    warn_of_term,
)
from samrad.governance.actions.setting_up import (
    add_field,
    change_field,
    rename_body,
    set_up_body,
    use_expert_group,
)

__all__ = [
    "Adoption",
    "Limit",
    "Rhythm",
    "UsualChoice",
    "add_field",
    "add_usual_dates",
    "adopt_criteria",
    "adopt_mandate",
    "adopt_requirement",
    "adopt_rule",
    "adopt_size_classes",
    "adopt_submission_policy",
    "change_cycle_date",
    "change_field",
    "change_in_cycle",
    "change_planned",
    "change_seat",
    "confirm_criterion",
    "end_coordinator",
    "end_requirement",
    "end_rule",
    "end_seat",
    "follow_cycle",
    "give_seat",
    "keep_arena",
    "keep_coordinator",
    "note_arena_meeting",
    "plan_as_proposed",
    "plan_in_cycle",
    "plan_year",
    "put_cycle_date",
    "record_adoption",
    "rename_body",
    "renew_address",
    "second_mandate",
    "set_up_body",
    "stop_following",
    "use_expert_group",
    "warn_of_term",
    "withdraw_mandate",
]
