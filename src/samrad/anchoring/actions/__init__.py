"""What people do while a need is anchored and sent in."""

from samrad.anchoring.actions.answering import (
    answer_endorsement,
    answer_request,
    contest_answer,
    give_opinion,
    record_on_behalf,
)
from samrad.anchoring.actions.asking import send_to_anchoring
from samrad.anchoring.actions.reminding import pass_deadline, remind
from samrad.anchoring.actions.submitting import complete, submit

__all__ = [
    "answer_endorsement",
    "answer_request",
    "complete",
    "contest_answer",
    "give_opinion",
    "pass_deadline",
    "record_on_behalf",
    "remind",
    "send_to_anchoring",
    "submit",
]
