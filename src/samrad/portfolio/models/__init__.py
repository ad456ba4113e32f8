"""Projects of a portfolio, what steers them, their status, imports from elsewhere and frozen reports."""

from samrad.portfolio.models.bringing import RowImport
from samrad.portfolio.models.effort import Effort
from samrad.portfolio.models.gates import GateChecklist, GateCondition, GateReview
from samrad.portfolio.models.lessons import Lesson
from samrad.portfolio.models.listing import FormerHeader, SavedView
from samrad.portfolio.models.measures import Measure, MeasureNote, MeasureProject
from samrad.portfolio.models.money import MoneyLine
from samrad.portfolio.models.plan import Baseline, Dependency, Milestone
from samrad.portfolio.models.projects import (
    ImportBatch,
    ImportedRow,
    ImportMapping,
    LineActivity,
    Portfolio,
    PortfolioDate,
    Programme,
    Project,
    ProjectAmount,
    ReportSeries,
    ReportSnapshot,
    StatusReport,
    UnknownCell,
)
from samrad.portfolio.models.ranking import Ranking, RankPlace
from samrad.portfolio.models.reports import ReportTreatment
from samrad.portfolio.models.resources import Capacity, FrozenZone, Resource, ResourceRequest
from samrad.portfolio.models.review import StillRight
from samrad.portfolio.models.risks import Risk
from samrad.portfolio.models.showing import ShownIn, house_in
from samrad.portfolio.models.stakeholders import Stakeholder
from samrad.portfolio.models.steering import ChangeRequest, Deviation, Tolerance

__all__ = [
    "Baseline",
    "Capacity",
    "ChangeRequest",
    "Dependency",
    "Deviation",
    "Effort",
    "FormerHeader",
    "FrozenZone",
    "GateChecklist",
    "GateCondition",
    "GateReview",
    "ImportBatch",
    "ImportMapping",
    "ImportedRow",
    "Lesson",
    "LineActivity",
    "Measure",
    "MeasureNote",
    "MeasureProject",
    "Milestone",
    "MoneyLine",
    "Portfolio",
    "PortfolioDate",
    "Programme",
    "Project",
    "ProjectAmount",
    "RankPlace",
    "Ranking",
    "ReportSeries",
    "ReportSnapshot",
    "ReportTreatment",
    "Resource",
    "ResourceRequest",
    "Risk",
    "RowImport",
    "SavedView",
    "ShownIn",
    "Stakeholder",
    "StatusReport",
    "StillRight",
    "Tolerance",
    "UnknownCell",
    "house_in",
]
