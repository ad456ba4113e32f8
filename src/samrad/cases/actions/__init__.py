"""What people do with a case. Later rooms import from here, whichever file the verb lives in."""

from samrad.cases.actions.deciding import NewCondition, decide
from samrad.cases.actions.moving import Hand, close_tasks, hand_out, move_case, new_deadline
from samrad.cases.actions.opening import open_case, withdraw_case
from samrad.cases.actions.recommending import ask_decisions, recommend
from samrad.cases.actions.telling import tell
from samrad.cases.queries import lock_case

__all__ = [
    "Hand",
    "NewCondition",
    "ask_decisions",
    "close_tasks",
    "decide",
    "hand_out",
    "lock_case",
    "move_case",
    "new_deadline",
    "open_case",
    "recommend",
    "tell",
    "withdraw_case",
]
