"""Is what was typed about a case well-formed?"""

from samrad.cases.forms.deciding import DecisionForm, WithdrawForm
from samrad.cases.forms.steering import AnswerForm, AssignmentForm, CostPlanForm, SendOnForm, TurnForm

__all__ = [
    "AnswerForm",
    "AssignmentForm",
    "CostPlanForm",
    "DecisionForm",
    "SendOnForm",
    "TurnForm",
    "WithdrawForm",
]
