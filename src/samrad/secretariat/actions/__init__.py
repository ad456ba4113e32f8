"""What the secretariat does with a case. Later rooms import from here, whichever file the verb lives in."""

from samrad.secretariat.actions.deciding import decide_within_mandate, send_to_line
from samrad.secretariat.actions.preparing import (
    add_note,
    check_completeness,
    freeze_paper,
    make_paper,
    redirect_case,
    write_assessment,
)

__all__ = [
    "add_note",
    "check_completeness",
    "decide_within_mandate",
    "freeze_paper",
    "make_paper",
    "redirect_case",
    "send_to_line",
    "write_assessment",
]
