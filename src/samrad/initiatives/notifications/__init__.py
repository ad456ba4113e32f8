"""Who is told what about an idea or a draft, and why them."""

from samrad.initiatives.notifications.drafts import tell_invited, tell_takeover_answered, tell_takeover_asked
from samrad.initiatives.notifications.ideas import (
    tell_answer_due,
    tell_answer_undone,
    tell_followers,
    tell_idea_answered,
    tell_idea_commented,
    tell_idea_sent,
    tell_owner_left,
    tell_owner_named,
)

__all__ = [
    "tell_answer_due",
    "tell_answer_undone",
    "tell_followers",
    "tell_idea_answered",
    "tell_idea_commented",
    "tell_idea_sent",
    "tell_invited",
    "tell_owner_left",
    "tell_owner_named",
    "tell_takeover_answered",
    "tell_takeover_asked",
]
