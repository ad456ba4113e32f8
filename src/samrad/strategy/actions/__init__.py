"""What people do with strategies. Later rooms import from here, whichever file the verb lives in."""

from samrad.strategy.actions.hearing import answer_input, give_input, open_round
from samrad.strategy.actions.measuring import record_measurement, warn_of_expiry
from samrad.strategy.actions.planning import adopt_plan, make_plan, move_point, reassign_point, remove_point, save_point
from samrad.strategy.actions.writing import (
    adopt_strategy,
    change_strategy,
    draft_strategy,
    remove_part,
    renew_strategy,
    save_area,
    save_goal,
    save_indicator,
)

__all__ = [
    "adopt_plan",
    "adopt_strategy",
    "answer_input",
    "change_strategy",
    "draft_strategy",
    "give_input",
    "make_plan",
    "move_point",
    "open_round",
    "reassign_point",
    "record_measurement",
    "remove_part",
    "remove_point",
    "renew_strategy",
    "save_area",
    "save_goal",
    "save_indicator",
    "save_point",
    "warn_of_expiry",
]
