"""What is stored of an idea and an initiative."""

from samrad.initiatives.models.initiative import (
    Benefit,
    ContentVersion,
    GoalLink,
    Initiative,
    ReferenceCounter,
    Responsibility,
    ReuseMark,
    SearchIndex,
)
from samrad.initiatives.models.related import (
    CopyMark,
    SystemLink,
)

__all__ = [
    "Benefit",
    "ContentVersion",
    "CopyMark",
    "GoalLink",
    "Initiative",
    "ReferenceCounter",
    "Responsibility",
    "ReuseMark",
    "SearchIndex",
    "SystemLink",
]
