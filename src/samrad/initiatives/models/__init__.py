"""What is stored of an idea and an initiative."""

from samrad.initiatives.models.ideas import (
    Following,
    Idea,
    IdeaAnswer,
    IdeaComment,
    IdeaSupport,
)
from samrad.initiatives.models.initiative import (
    Benefit,
    ContentVersion,
    Initiative,
    ReferenceCounter,
    Responsibility,
    ReuseMark,
    SearchIndex,
)

__all__ = [
    "Benefit",
    "ContentVersion",
    "Following",
    "Idea",
    "IdeaAnswer",
    "IdeaComment",
    "IdeaSupport",
    "Initiative",
    "ReferenceCounter",
    "Responsibility",
    "ReuseMark",
    "SearchIndex",
]
