"""What people do with a portfolio, its projects, and what they bring in from elsewhere."""

from samrad.portfolio.actions.bringing import import_rows
from samrad.portfolio.actions.carrying import carry_out, note_reopened, settle_measure, turn_back, withdraw_measure
from samrad.portfolio.actions.conditions import (
    DAYS_BEFORE,
    NewGateCondition,
    meet_gate_condition,
    remind_gate_condition,
)
from samrad.portfolio.actions.dates import tie_date
from samrad.portfolio.actions.effort import import_effort, keep_effort
from samrad.portfolio.actions.gates import adopt_checklist, answer_gate, decide_gate, send_gate, settle_gate
from samrad.portfolio.actions.handover import tie_system
from samrad.portfolio.actions.importing import PART, ImportResult, import_projects
from samrad.portfolio.actions.importparts import ask_import, begin_import, bring_in_part, bring_in_sheet, fail_import
from samrad.portfolio.actions.kommit import import_kommit
from samrad.portfolio.actions.lessons import LessonRow, keep_lesson, remove_lesson
from samrad.portfolio.actions.listing import keep_header, remove_view, save_view
from samrad.portfolio.actions.mappings import keep_mapping, lock_batch, save_mapping, upload_sheet
from samrad.portfolio.actions.measures import (
    MeasureRow,
    carry_again,
    decide_measure,
    follow_measure,
    propose_measure,
    read_measure,
    remind_measure,
)
from samrad.portfolio.actions.money import MoneyRow, import_actuals, keep_money
from samrad.portfolio.actions.passing import bring_home, pass_on_measure
from samrad.portfolio.actions.plan import PlannedStep, keep_plan, link_project, set_baseline, unlink_project
from samrad.portfolio.actions.programmes import keep_activity, keep_programme
from samrad.portfolio.actions.projects import (
    DEFAULT_VISION,
    ask_for_people,
    create_portfolio,
    enter_portfolio,
    lock_project,
    staff_project,
)
from samrad.portfolio.actions.ranking import approve_ranking, keep_ranking, publish_ranking
from samrad.portfolio.actions.reports import canonical, send_report, take_report, treat_report
from samrad.portfolio.actions.resources import (
    QuarterRow,
    answer_people,
    ask_people,
    drop_frozen,
    keep_frozen,
    keep_resource,
)
from samrad.portfolio.actions.review import answer_still_right
from samrad.portfolio.actions.risks import RiskRow, keep_risk
from samrad.portfolio.actions.rowscenes import RowResult
from samrad.portfolio.actions.series import remind_series
from samrad.portfolio.actions.showing import hide_project, show_project
from samrad.portfolio.actions.stakeholders import StakeholderRow, keep_stakeholder, remove_stakeholder
from samrad.portfolio.actions.status import Status, keep_series, remind_status, report_status
from samrad.portfolio.actions.steering import (
    adopt_tolerance,
    ask_change,
    check_tolerances,
    decide_change,
    file_change,
    settle_steering,
)
from samrad.portfolio.actions.uploads import keep_row_columns, lock_rows, upload_rows

__all__ = [
    "DAYS_BEFORE",
    "DEFAULT_VISION",
    "PART",
    "ImportResult",
    "LessonRow",
    "MeasureRow",
    "MoneyRow",
    "NewGateCondition",
    "PlannedStep",
    "QuarterRow",
    "RiskRow",
    "RowResult",
    "StakeholderRow",
    "Status",
    "adopt_checklist",
    "adopt_tolerance",
    "answer_gate",
    "answer_people",
    "answer_still_right",
    "approve_ranking",
    "ask_change",
    "ask_for_people",
    "ask_import",
    "ask_people",
    "begin_import",
    "bring_home",
    "bring_in_part",
    "bring_in_sheet",
    "canonical",
    "carry_again",
    "carry_out",
    "check_tolerances",
    "create_portfolio",
    "decide_change",
    "decide_gate",
    "decide_measure",
    "drop_frozen",
    "enter_portfolio",
    "fail_import",
    "file_change",
    "follow_measure",
    "hide_project",
    "import_actuals",
    "import_effort",
    "import_kommit",
    "import_projects",
    "import_rows",
    "keep_activity",
    "keep_effort",
    "keep_frozen",
    "keep_header",
    "keep_lesson",
    "keep_mapping",
    "keep_money",
    "keep_plan",
    "keep_programme",
    "keep_ranking",
    "keep_resource",
    "keep_risk",
    "keep_row_columns",
    "keep_series",
    "keep_stakeholder",
    "link_project",
    "lock_batch",
    "lock_project",
    "lock_rows",
    "meet_gate_condition",
    "note_reopened",
    "pass_on_measure",
    "propose_measure",
    "publish_ranking",
    "read_measure",
    "remind_gate_condition",
    "remind_measure",
    "remind_series",
    "remind_status",
    "remove_lesson",
    "remove_stakeholder",
    "remove_view",
    "report_status",
    "save_mapping",
    "save_view",
    "send_gate",
    "send_report",
    "set_baseline",
    "settle_gate",
    "settle_measure",
    "settle_steering",
    "show_project",
    "staff_project",
    "take_report",
    "tie_date",
    "tie_system",
    "treat_report",
    "turn_back",
    "unlink_project",
    "upload_rows",
    "upload_sheet",
    "withdraw_measure",
]
