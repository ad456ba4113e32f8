"""Everything a person can do with how the house governs."""

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
from samrad.governance.actions.following import follow_cycle, renew_address, stop_following
from samrad.governance.actions.setting_up import (
    add_field,
    adopt_mandate,
    adopt_requirement,
    end_seat,
    give_seat,
    set_up_body,
)

__all__ = [
    "Rhythm",
    "UsualChoice",
    "add_field",
    "add_usual_dates",
    "adopt_mandate",
    "adopt_requirement",
    "change_cycle_date",
    "change_in_cycle",
    "change_planned",
    "end_seat",
    "follow_cycle",
    "give_seat",
    "plan_as_proposed",
    "plan_in_cycle",
    "plan_year",
    "put_cycle_date",
    "renew_address",
    "set_up_body",
    "stop_following",
]
