"""What people do while a need is anchored and sent in."""

from samrad.anchoring.actions.answering import (
    answer_endorsement,
    answer_request,
    consent_by_silence,
    contest_answer,
    give_opinion,
    record_on_behalf,
)
from samrad.anchoring.actions.asking import send_to_anchoring
from samrad.anchoring.actions.escalating import escalate
from samrad.anchoring.actions.hearing import choose_affected, leave_out, pass_on
from samrad.anchoring.actions.involving import note_involvement, strike_involvement
from samrad.anchoring.actions.reminding import pass_deadline, remind
from samrad.anchoring.actions.submitting import complete, submit

__all__ = [
    "answer_endorsement",
    "answer_request",
    "choose_affected",
    "complete",
    "consent_by_silence",
    "contest_answer",
    "escalate",
    "give_opinion",
    "leave_out",
    "note_involvement",
    "pass_deadline",
    "pass_on",
    "record_on_behalf",
    "remind",
    "send_to_anchoring",
    "strike_involvement",
    "submit",
]
