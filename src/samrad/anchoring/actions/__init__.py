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
from samrad.anchoring.actions.groups import (
    add_group_member,
    add_to_backlog,
    call_group_meeting,
    close_backlog_item,
    end_group_member,
    form_group,
    note_group_meeting,
    rank_need,
    reopen_backlog_item,
    start_from_backlog,
)
from samrad.anchoring.actions.guests import (
    add_stakeholder,
    comment_as_guest,
    end_guest_link,
    look_as_guest,
    remove_stakeholder,
    share_with_guest,
)
from samrad.anchoring.actions.hearing import choose_affected, leave_out, pass_on
from samrad.anchoring.actions.involving import note_involvement, strike_involvement
from samrad.anchoring.actions.reminding import pass_deadline, remind
from samrad.anchoring.actions.submitting import complete, submit

__all__ = [
    "add_group_member",
    "add_stakeholder",
    "add_to_backlog",
    "answer_endorsement",
    "answer_request",
    "call_group_meeting",
    "choose_affected",
    "close_backlog_item",
    "comment_as_guest",
    "complete",
    "consent_by_silence",
    "contest_answer",
    "end_group_member",
    "end_guest_link",
    "escalate",
    "form_group",
    "give_opinion",
    "leave_out",
    "look_as_guest",
    "note_group_meeting",
    "note_involvement",
    "pass_deadline",
    "pass_on",
    "rank_need",
    "record_on_behalf",
    "remind",
    "remove_stakeholder",
    "reopen_backlog_item",
    "send_to_anchoring",
    "share_with_guest",
    "start_from_backlog",
    "strike_involvement",
    "submit",
]
