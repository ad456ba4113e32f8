"""What people do with a meeting: from planning to locked minutes. Later rooms import from here."""

from samrad.council.actions.agenda import move_item, put_on_agenda, refer_case, take_off_agenda
from samrad.council.actions.calling import cancel_meeting, move_meeting, send_notice
from samrad.council.actions.holding import (
    close_meeting,
    declare_impartiality,
    record_attendance,
    record_statement,
    record_vote,
    treat_item,
)
from samrad.council.actions.planning import approve_minutes, plan_meeting

__all__ = [
    "approve_minutes",
    "cancel_meeting",
    "close_meeting",
    "declare_impartiality",
    "move_item",
    "move_meeting",
    "plan_meeting",
    "put_on_agenda",
    "record_attendance",
    "record_statement",
    "record_vote",
    "refer_case",
    "send_notice",
    "take_off_agenda",
    "treat_item",
]
