"""Is what is said about a portfolio and its projects well-formed?"""

from samrad.portfolio.forms.gates import ChecklistForm, GateDecisionForm, GateForm
from samrad.portfolio.forms.handover import TieForm
from samrad.portfolio.forms.importing import BringInForm, MappingForm
from samrad.portfolio.forms.listing import HeaderForm
from samrad.portfolio.forms.measures import DecideMeasureForm, FollowMeasureForm, MeasureForm
from samrad.portfolio.forms.money import AccountsForm, MoneyForm
from samrad.portfolio.forms.plan import ActivityForm, NeedsForm, PlanForm, ProgrammeForm
from samrad.portfolio.forms.projects import LABELS, WORDS, SeriesForm, StaffForm, StatusForm
from samrad.portfolio.forms.ranking import RankForm
from samrad.portfolio.forms.reports import ReportForm, TreatmentForm
from samrad.portfolio.forms.resources import AskForm, FrozenForm, GiveForm, ResourceForm
from samrad.portfolio.forms.review import StillRightForm
from samrad.portfolio.forms.showing import HideForm, ShowForm
from samrad.portfolio.forms.steering import ChangeDecisionForm, ChangeForm, RiskForm, ToleranceForm

__all__ = [
    "LABELS",
    "WORDS",
    "AccountsForm",
    "ActivityForm",
    "AskForm",
    "BringInForm",
    "ChangeDecisionForm",
    "ChangeForm",
    "ChecklistForm",
    "DecideMeasureForm",
    "FollowMeasureForm",
    "FrozenForm",
    "GateDecisionForm",
    "GateForm",
    "GiveForm",
    "HeaderForm",
    "HideForm",
    "MappingForm",
    "MeasureForm",
    "MoneyForm",
    "NeedsForm",
    "PlanForm",
    "ProgrammeForm",
    "RankForm",
    "ReportForm",
    "ResourceForm",
    "RiskForm",
    "SeriesForm",
    "ShowForm",
    "StaffForm",
    "StatusForm",
    "StillRightForm",
    "TieForm",
    "ToleranceForm",
    "TreatmentForm",
]
