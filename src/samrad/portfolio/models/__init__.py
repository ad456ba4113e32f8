"""Projects of a portfolio, what steers them, their status, imports from elsewhere and frozen reports."""

from samrad.portfolio.models.gates import GateChecklist, GateReview
from samrad.portfolio.models.money import MoneyLine
from samrad.portfolio.models.plan import Baseline, Dependency, Milestone
from samrad.portfolio.models.projects import (
    ImportBatch,
    ImportMapping,
    LineActivity,
    Portfolio,
    PortfolioDate,
    Programme,
    Project,
    ProjectAmount,
    ReportSnapshot,
    StatusReport,
    UnknownCell,
)

__all__ = [
    "Baseline",
    "GateChecklist",
    "GateReview",
    "ImportBatch",
    "ImportMapping",
    "MoneyLine",
    "Portfolio",
    "PortfolioDate",
    "Project",
    "ProjectAmount",
    "ReportSnapshot",
    "StatusReport",
    "UnknownCell",
]
