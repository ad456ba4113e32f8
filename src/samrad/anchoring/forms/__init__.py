"""Is what was typed about anchoring well-formed?"""

from samrad.anchoring.forms.answers import (
    LABELS,
    AffectedForm,
    AnswerForm,
    InvolvementForm,
    ReasonForm,
    RecordForm,
    VersionForm,
)
from samrad.anchoring.forms.groups import GroupForm, MeetingForm, MemberForm, NeedForm, NotesForm, PlaceForm
from samrad.anchoring.forms.guests import CommentForm, ShareForm, StakeholderForm

__all__ = [
    "LABELS",
    "AffectedForm",
    "AnswerForm",
    "CommentForm",
    "GroupForm",
    "InvolvementForm",
    "MeetingForm",
    "MemberForm",
    "NeedForm",
    "NotesForm",
    "PlaceForm",
    "ReasonForm",
    "RecordForm",
    "ShareForm",
    "StakeholderForm",
    "VersionForm",
]
