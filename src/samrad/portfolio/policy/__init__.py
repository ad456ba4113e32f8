"""Who may do what in a portfolio, and what stops a project."""

from samrad.portfolio.policy.bringing import can_bring
from samrad.portfolio.policy.effort import all_effort_lacks, can_keep_effort, can_read_effort, effort_lacks
from samrad.portfolio.policy.gates import (
    can_answer_gate,
    can_decide_gate,
    can_meet_gate_condition,
    can_send_gate,
    conditions_lack,
    gate_lacks,
    gate_verdict,
)
from samrad.portfolio.policy.handover import can_tie_system, handover_lacks
from samrad.portfolio.policy.lessons import can_keep_lessons, lesson_lacks
from samrad.portfolio.policy.listing import can_keep_view, header_lacks
from samrad.portfolio.policy.money import can_keep_money, money_lacks
from samrad.portfolio.policy.plan import can_plan, dates_lack, loop_through, no_loop
from samrad.portfolio.policy.projects import (
    can_create,
    can_create_any,
    can_export,
    can_import,
    can_manage,
    can_pass_gate,
    can_report,
    can_send_report,
    can_staff,
    can_take_report,
    can_tie_date,
    can_treat_report,
    houses_to_create_for,
    role_lacks,
    sees_exempt,
    staffing_lacks,
)
from samrad.portfolio.policy.ranking import (
    can_approve_ranking,
    can_publish_ranking,
    can_rank,
    places_lack,
    reasons_lack,
)
from samrad.portfolio.policy.resources import can_answer_request, can_ask_people, can_keep_people, over_lacks
from samrad.portfolio.policy.review import can_review, review_lacks
from samrad.portfolio.policy.stakeholders import can_keep_stakeholders, can_read_stakeholders, stakeholder_lacks
from samrad.portfolio.policy.steering import can_ask_change, can_decide_change, can_keep_risks, change_lacks

__all__ = [
    "all_effort_lacks",
    "can_answer_gate",
    "can_answer_request",
    "can_approve_ranking",
    "can_ask_change",
    "can_ask_people",
    "can_bring",
    "can_create",
    "can_create_any",
    "can_decide_change",
    "can_decide_gate",
    "can_export",
    "can_import",
    "can_keep_effort",
    "can_keep_lessons",
    "can_keep_money",
    "can_keep_people",
    "can_keep_risks",
    "can_keep_stakeholders",
    "can_keep_view",
    "can_manage",
    "can_meet_gate_condition",
    "can_pass_gate",
    "can_plan",
    "can_publish_ranking",
    "can_rank",
    "can_read_effort",
    "can_read_stakeholders",
    "can_report",
    "can_review",
    "can_send_gate",
    "can_send_report",
    "can_staff",
    "can_take_report",
    "can_tie_date",
    "can_tie_system",
    "can_treat_report",
    "change_lacks",
    "conditions_lack",
    "dates_lack",
    "effort_lacks",
    "gate_lacks",
    "gate_verdict",
    "handover_lacks",
    "header_lacks",
    "houses_to_create_for",
    "lesson_lacks",
    "loop_through",
    "money_lacks",
    "no_loop",
    "over_lacks",
    "places_lack",
    "reasons_lack",
    "review_lacks",
    "role_lacks",
    "sees_exempt",
    "staffing_lacks",
    "stakeholder_lacks",
]
