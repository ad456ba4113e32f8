"""Is what is said about a portfolio and its projects well-formed?"""

from samrad.portfolio.forms.bringing import RowColumnsForm, RowsForm, RowUploadForm
from samrad.portfolio.forms.effort import EffortConfirmForm, EffortForm, EffortSheetForm
from samrad.portfolio.forms.gates import ChecklistForm, ConditionMetForm, GateDecisionForm, GateForm
from samrad.portfolio.forms.handover import TieForm
from samrad.portfolio.forms.importing import BringInForm, MappingForm
from samrad.portfolio.forms.lessons import LessonForm
from samrad.portfolio.forms.listing import HeaderForm, PortfolioForm, ViewForm
from samrad.portfolio.forms.measures import DecideMeasureForm, FollowMeasureForm, MeasureForm
from samrad.portfolio.forms.money import AccountsForm, MoneyForm
from samrad.portfolio.forms.plan import ActivityForm, NeedsForm, PlanForm, ProgrammeForm
from samrad.portfolio.forms.projects import LABELS, WORDS, SeriesForm, StaffForm, StatusForm
from samrad.portfolio.forms.ranking import RankForm
from samrad.portfolio.forms.reports import ReportForm, TreatmentForm
from samrad.portfolio.forms.resources import AskForm, FrozenForm, GiveForm, ResourceForm
from samrad.portfolio.forms.review import StillRightForm
from samrad.portfolio.forms.showing import HideForm, ShowForm
from samrad.portfolio.forms.stakeholders import StakeholderForm
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
    "ConditionMetForm",
    "DecideMeasureForm",
    "EffortConfirmForm",
    "EffortForm",
    "EffortSheetForm",
    "FollowMeasureForm",
    "FrozenForm",
    "GateDecisionForm",
    "GateForm",
    "GiveForm",
    "HeaderForm",
    "HideForm",
    "LessonForm",
    "MappingForm",
    "MeasureForm",
    "MoneyForm",
    "NeedsForm",
    "PlanForm",
    "PortfolioForm",
    "ProgrammeForm",
    "RankForm",
    "ReportForm",
    "ResourceForm",
    "RiskForm",
    "RowColumnsForm",
    "RowUploadForm",
    "RowsForm",
    "SeriesForm",
    "ShowForm",
    "StaffForm",
    "StakeholderForm",
    "StatusForm",
    "StillRightForm",
    "TieForm",
    "ToleranceForm",
    "TreatmentForm",
    "ViewForm",
]
