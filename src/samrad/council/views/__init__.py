"""Pages of meetings: the list, one meeting in its three modes, the minutes."""

from samrad.council.views.after import (
    approval_choose,
    correction_add,
    extract_file,
    point_detail,
    point_give,
    turnout_detail,
)
from samrad.council.views.agenda import agenda_set, information_add, item_move, item_plan, notice_send, urgent_take
from samrad.council.views.elsewhere import elsewhere_say, minutes_attach, package_file
from samrad.council.views.holding import (
    attendance_record,
    away_record,
    impartiality_declare,
    item_agree,
    item_approve,
    item_treat,
    item_vote,
    meeting_close,
    round_treat,
    statement_record,
    substitute_call,
    text_save,
)
from samrad.council.views.meetings import calendar_file, meeting_cancel, meeting_detail, meeting_list, meeting_move
from samrad.council.views.minutes import minutes_detail, minutes_file, minutes_word, notice_file, notice_word
from samrad.council.views.papers import papers_detail, papers_file
from samrad.council.views.publishing import access_consider, publication_withdraw, publish_detail, publish_list

__all__ = [
    "access_consider",
    "agenda_set",
    "approval_choose",
    "attendance_record",
    "away_record",
    "calendar_file",
    "correction_add",
    "elsewhere_say",
    "extract_file",
    "impartiality_declare",
    "information_add",
    "item_agree",
    "item_approve",
    "item_move",
    "item_plan",
    "item_treat",
    "item_vote",
    "meeting_cancel",
    "meeting_close",
    "meeting_detail",
    "meeting_list",
    "meeting_move",
    "minutes_attach",
    "minutes_detail",
    "minutes_file",
    "minutes_word",
    "notice_file",
    "notice_send",
    "notice_word",
    "package_file",
    "papers_detail",
    "papers_file",
    "point_detail",
    "point_give",
    "publication_withdraw",
    "publish_detail",
    "publish_list",
    "round_treat",
    "statement_record",
    "substitute_call",
    "text_save",
    "turnout_detail",
    "urgent_take",
]
