"""What the secretariat does with a case. Later rooms import from here, whichever file the verb lives in."""

from samrad.secretariat.actions.asking import end_questions, write_across
from samrad.secretariat.actions.assigning import assign_officer
from samrad.secretariat.actions.competence import keep_competence, remove_competence
from samrad.secretariat.actions.deciding import decide_within_mandate, send_to_line
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

__all__ = [
    "add_note",
    "answer_review",
    "ask_review",
    "assign_officer",
    "check_completeness",
    "decide_within_mandate",
    "end_questions",
    "end_reviews",
    "freeze_paper",
    "keep_competence",
    "make_paper",
    "pass_review_deadline",
    "redirect_case",
    "remind_review",
    "remove_competence",
    "send_to_line",
    "withdraw_review",
    "write_across",
    "write_assessment",
]
