"""What the secretariat does with a case. Later rooms import from here, whichever file the verb lives in."""

from samrad.secretariat.actions.deciding import decide_within_mandate, send_to_line
from samrad.secretariat.actions.ordering import end_placing, log_attempt, place_in_order
from samrad.secretariat.actions.preparing import (
    add_note,
    check_completeness,
    freeze_paper,
    make_paper,
    redirect_case,
    write_assessment,
)
from samrad.secretariat.actions.routing import choose_route
from samrad.secretariat.actions.scoring import name_assessor, score, start_scoring, withdraw_from_scoring

__all__ = [
    "add_note",
    "check_completeness",
    "choose_route",
    "decide_within_mandate",
    "end_placing",
    "freeze_paper",
    "log_attempt",
    "make_paper",
    "name_assessor",
    "place_in_order",
    "redirect_case",
    "score",
    "send_to_line",
    "start_scoring",
    "withdraw_from_scoring",
    "write_assessment",
]
