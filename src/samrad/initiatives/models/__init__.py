"""The initiative and its content, what the form asks as data, and who writes together."""

from samrad.initiatives.models.ideas import (
    Following,
    Idea,
    IdeaAnswer,
    IdeaComment,
    IdeaSupport,
)
from samrad.initiatives.models.initiative import (
    LINK,
    Benefit,
    ContentVersion,
    GoalLink,
    Initiative,
    ReferenceCounter,
    Responsibility,
    ReuseMark,
    SearchIndex,
)
from samrad.initiatives.models.operational import Forwarding
from samrad.initiatives.models.related import CopyMark, SystemLink
from samrad.initiatives.models.rules import (
    CalculationRates,
    FormScope,
    ScreeningQuestion,
    ServiceDesk,
)
from samrad.initiatives.models.takeover import Takeover

__all__ = [
    "LINK",
    "Benefit",
    "CalculationRates",
    "ContentVersion",
    "CopyMark",
    "Following",
    "FormScope",
    "Forwarding",
    "GoalLink",
    "Idea",
    "IdeaAnswer",
    "IdeaComment",
    "IdeaSupport",
    "Initiative",
    "ReferenceCounter",
    "Responsibility",
    "ReuseMark",
    "ScreeningQuestion",
    "SearchIndex",
    "ServiceDesk",
    "SystemLink",
    "Takeover",
]
