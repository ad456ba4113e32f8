"""What people do with a portfolio, its projects, and what they bring in from elsewhere."""

from samrad.portfolio.actions.dates import tie_date
from samrad.portfolio.actions.gates import adopt_checklist, answer_gate, decide_gate, send_gate, settle_gate
from samrad.portfolio.actions.importing import ImportResult, import_projects
from samrad.portfolio.actions.mappings import keep_mapping, lock_batch, save_mapping, upload_sheet
from samrad.portfolio.actions.money import MoneyRow, import_actuals, keep_money
from samrad.portfolio.actions.projects import (
    DEFAULT_VISION,
    Status,
    ask_for_people,
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
    "MoneyRow",
    "Status",
    "adopt_checklist",
    "answer_gate",
    "ask_for_people",
    "canonical",
    "create_portfolio",
    "decide_gate",
    "enter_portfolio",
    "import_actuals",
    "import_projects",
    "keep_mapping",
    "keep_money",
    "lock_batch",
    "lock_project",
    "report_status",
    "save_mapping",
    "send_gate",
    "settle_gate",
    "staff_project",
    "take_report",
    "tie_date",
    "upload_sheet",
]
