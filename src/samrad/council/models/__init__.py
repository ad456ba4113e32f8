"""Meetings: agenda, attendance, minutes, and what of them is made open."""

from samrad.council.models.meetings import (
    ActionPoint,
    AgendaItem,
    Attendance,
    Away,
    Impartiality,
    Meeting,
    MeetingChange,
    MinutesCorrection,
    PaperSet,
    Statement,
)
from samrad.council.models.publishing import Publication, PublishedPart, WiderAccess

__all__ = [
    "ActionPoint",
    "AgendaItem",
    "Attendance",
    "Away",
    "Impartiality",
    "Meeting",
    "MeetingChange",
    "MinutesCorrection",
    "PaperSet",
    "Publication",
    "PublishedPart",
    "Statement",
    "WiderAccess",
]
