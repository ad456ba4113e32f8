"""What people do with a meeting: from planning to locked minutes. Later rooms import from here."""

from samrad.council.actions.after import (
    attach_minutes,
    choose_approval,
    correct_minutes,
    finish_action_point,
    give_action_point,
    hold_elsewhere,
)
from samrad.council.actions.agenda import (
    add_information,
    move_item,
    plan_item,
    put_on_agenda,
    refer_case,
    take_off_agenda,
    take_urgent_case,
)
from samrad.council.actions.approving import approve_last_minutes, approve_minutes
from samrad.council.actions.calling import cancel_meeting, move_meeting, send_notice
from samrad.council.actions.gathering import fail_part, gather_papers, make_next_part
from samrad.council.actions.holding import agree_on_item, record_vote, save_text, treat_item
from samrad.council.actions.lists import defer_list, save_list
from samrad.council.actions.planning import plan_meeting
from samrad.council.actions.publishing import consider_wider_access, publish_documents, withdraw_document
from samrad.council.actions.room import (
    call_substitute,
    close_meeting,
    declare_impartiality,
    record_attendance,
    record_away,
    record_statement,
)
from samrad.council.actions.rounds import treat_round

__all__ = [
    "add_information",
    "agree_on_item",
    "approve_last_minutes",
    "approve_minutes",
    "attach_minutes",
    "call_substitute",
    "cancel_meeting",
    "choose_approval",
    "close_meeting",
    "consider_wider_access",
    "correct_minutes",
    "declare_impartiality",
    "defer_list",
    "fail_part",
    "finish_action_point",
    "gather_papers",
    "give_action_point",
    "hold_elsewhere",
    "make_next_part",
    "move_item",
    "move_meeting",
    "plan_item",
    "plan_meeting",
    "publish_documents",
    "put_on_agenda",
    "record_attendance",
    "record_away",
    "record_statement",
    "record_vote",
    "refer_case",
    "save_list",
    "save_text",
    "send_notice",
    "take_off_agenda",
    "take_urgent_case",
    "treat_item",
    "treat_round",
    "withdraw_document",
]
