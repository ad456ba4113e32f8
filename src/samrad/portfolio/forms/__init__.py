"""Is what is said about a portfolio and its projects well-formed?"""

from samrad.portfolio.forms.gates import ChecklistForm, GateDecisionForm, GateForm
from samrad.portfolio.forms.importing import BringInForm, MappingForm
from samrad.portfolio.forms.money import AccountsForm, MoneyForm
from samrad.portfolio.forms.projects import LABELS, StaffForm, StatusForm

__all__ = [
    "LABELS",
    "AccountsForm",
    "BringInForm",
    "ChecklistForm",
    "GateDecisionForm",
    "GateForm",
    "MappingForm",
    "MoneyForm",
    "StaffForm",
    "StatusForm",
]
