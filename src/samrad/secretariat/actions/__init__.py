"""What the secretariat does with a case. Later rooms import from here, whichever file the verb lives in."""

from samrad.secretariat.actions.asking import end_questions, write_across
from samrad.secretariat.actions.assigning import assign_officer
from samrad.secretariat.actions.competence import keep_competence, remove_competence
from samrad.secretariat.actions.deciding import decide_within_mandate, send_to_line
from samrad.secretariat.actions.editing import drop_aside, rebuild_section, take_aside, write_section
from samrad.secretariat.actions.flags import change_flags
from samrad.secretariat.actions.ordering import end_placing, log_attempt, place_in_order
from samrad.secretariat.actions.preparing import (
    add_note,
    check_completeness,
    freeze_paper,
    make_paper,
    redirect_case,
)
from samrad.secretariat.actions.reviewing import (
    answer_review,
    ask_review,
    end_reviews,
    pass_review_deadline,
    remind_review,
    withdraw_review,
    write_assessment,
)
from samrad.secretariat.actions.rounds import (
    cancel_round,
    close_round,
    finish_list,
    freeze_list,
    make_list,
    open_round,
    propose_row,
)
from samrad.secretariat.actions.routing import choose_route
from samrad.secretariat.actions.scoring import name_assessor, score, start_scoring, withdraw_from_scoring

__all__ = [
    "add_note",
    "answer_review",
    "ask_review",
    "assign_officer",
    "cancel_round",
    "change_flags",
    "check_completeness",
    "choose_route",
    "close_round",
    "decide_within_mandate",
    "drop_aside",
    "end_placing",
    "end_questions",
    "end_reviews",
    "finish_list",
    "freeze_list",
    "freeze_paper",
    "keep_competence",
    "log_attempt",
    "make_list",
    "make_paper",
    "name_assessor",
    "open_round",
    "pass_review_deadline",
    "place_in_order",
    "propose_row",
    "rebuild_section",
    "redirect_case",
    "remind_review",
    "remove_competence",
    "score",
    "send_to_line",
    "start_scoring",
    "take_aside",
    "withdraw_from_scoring",
    "withdraw_review",
    "write_across",
    "write_assessment",
    "write_section",
]
