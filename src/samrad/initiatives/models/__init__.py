"""What is stored of an idea and an initiative."""

from samrad.initiatives.models.initiative import (
    Benefit,
    ContentVersion,
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
    "Initiative",
    "ReferenceCounter",
    "Responsibility",
    "ReuseMark",
    "SearchIndex",
    "SystemLink",
]
