"""What people do with a portfolio, its projects, and what they bring in from elsewhere."""

from samrad.portfolio.actions.dates import tie_date
from samrad.portfolio.actions.importing import ImportResult, import_projects
from samrad.portfolio.actions.mappings import keep_mapping, lock_batch, save_mapping, upload_sheet
from samrad.portfolio.actions.projects import (
    DEFAULT_VISION,
    Status,
    canonical,
    create_portfolio,
    enter_portfolio,
    lock_project,
    report_status,
    staff_project,
    take_report,
)

__all__ = [
    "DEFAULT_VISION",
    "ImportResult",
    "Status",
    "canonical",
    "create_portfolio",
    "enter_portfolio",
    "import_projects",
    "keep_mapping",
    "lock_batch",
    "lock_project",
    "report_status",
    "save_mapping",
    "staff_project",
    "take_report",
    "tie_date",
    "upload_sheet",
]
