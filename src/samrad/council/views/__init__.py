"""Pages of meetings: the list, one meeting in its three modes, the minutes."""

from samrad.council.views.agenda import agenda_set, item_move, notice_send
from samrad.council.views.holding import (
    attendance_record,
    impartiality_declare,
    item_treat,
    item_vote,
    meeting_close,
    statement_record,
)
from samrad.council.views.meetings import calendar_file, meeting_cancel, meeting_detail, meeting_list, meeting_move
from samrad.council.views.minutes import minutes_detail, minutes_file, notice_file

__all__ = [
    "agenda_set",
    "attendance_record",
    "calendar_file",
    "impartiality_declare",
    "item_move",
    "item_treat",
    "item_vote",
    "meeting_cancel",
    "meeting_close",
    "meeting_detail",
    "meeting_list",
    "meeting_move",
    "minutes_detail",
    "minutes_file",
    "notice_file",
    "notice_send",
    "statement_record",
]
