"""What people do with a case. Later rooms import from here, whichever file the verb lives in."""

from samrad.cases.actions.assigning import accept_assignment, answer_assignment, give_assignment
from samrad.cases.actions.below import ask_sector_head, decide_by_secretariat
from samrad.cases.actions.deciding import NewCondition, decide, meet_condition
from samrad.cases.actions.levels import send_on, tell_at_home
from samrad.cases.actions.moving import Hand, close_tasks, hand_out, move_case, new_deadline
from samrad.cases.actions.opening import open_case, open_further_case, withdraw_case
from samrad.cases.actions.recommending import ask_decisions, recommend
from samrad.cases.actions.sharing import Plan, plan_costs
from samrad.cases.actions.telling import tell
from samrad.cases.actions.turning import turn_case
from samrad.cases.queries import lock_case

__all__ = [
    "Hand",
    "NewCondition",
    "Plan",
    "accept_assignment",
    "answer_assignment",
    "ask_decisions",
    "ask_sector_head",
    "close_tasks",
    "decide",
    "decide_by_secretariat",
    "give_assignment",
    "hand_out",
    "lock_case",
    "meet_condition",
    "move_case",
    "new_deadline",
    "open_case",
    "open_further_case",
    "plan_costs",
    "recommend",
    "send_on",
    "tell",
    "tell_at_home",
    "turn_case",
    "withdraw_case",
]
