"""The initiative and its content, what the form asks as data, and who writes together."""

from samrad.initiatives.models.initiative import (
    Benefit,
    ContentVersion,
    Initiative,
    ReferenceCounter,
    Responsibility,
    ReuseMark,
    SearchIndex,
)
from samrad.initiatives.models.operational import Forwarding
from samrad.initiatives.models.rules import CalculationRates, FormScope, ScreeningQuestion, ServiceDesk
from samrad.initiatives.models.takeover import Takeover

__all__ = [
    "Benefit",
    "CalculationRates",
    "ContentVersion",
    "FormScope",
    "Forwarding",
    "Initiative",
    "ReferenceCounter",
    "Responsibility",
    "ReuseMark",
    "ScreeningQuestion",
    "SearchIndex",
    "ServiceDesk",
    "Takeover",
]
