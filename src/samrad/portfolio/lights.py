"""Lights reckoned from the data: pure, so that the same data and tolerances always give the same light and reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samrad.portfolio.money import percent_over

DAYS_A_MONTH = Decimal("30.4375")


@dataclass(frozen=True)
class Limits:
    """When a light turns. The defaults hold until a house adopts its own."""

    cost_red_percent: int = 10
    time_red_months: int = 3
    risk_red: int = 15
    risk_amber: int = 8
    version: int = 0
    source: str = ""


@dataclass(frozen=True)
class Facts:
    """What is known of a project; None where it is not."""

    frame_kr: Decimal | None = None
    forecast_kr: Decimal | None = None
    approved_end: date | None = None
    expected_end: date | None = None
    worst_risk: int | None = None


@dataclass(frozen=True)
class Reckoned:
    """A light with the code of its reason, and the number in it."""

    light: str
    code: str
    number: Decimal

    def kept(self) -> list[str]:
        """As it is kept with a report."""
        return [self.light, self.code, str(self.number)]

    @property
    def reason(self) -> str:
        """The reason in words."""
        number = abs(self.number)
        return str(REASONS[self.code]) % {"number": number_format(int(number) if number == int(number) else number)}


REASONS: dict[str, Promise] = {
    "cost_over": _("The forecast is %(number)s per cent above the approved frame."),
    "cost_within": _("The forecast is within the approved frame."),
    "time_over": _("It now ends %(number)s months later than approved."),
    "time_within": _("It ends no later than approved."),
    "risk": _("The worst open risk is %(number)s of 25 after measures."),
}


def months_late(facts: Facts) -> Decimal | None:
    """How many months later than approved it ends, with one decimal."""
    if facts.approved_end is None or facts.expected_end is None:
        return None
    days = (facts.expected_end - facts.approved_end).days
    return (Decimal(days) / DAYS_A_MONTH).quantize(Decimal("0.1"))


def reckon(facts: Facts, limits: Limits) -> dict[str, Reckoned]:
    """The lights there are data for. Above the plan at all is yellow, above the tolerance red."""
    found: dict[str, Reckoned] = {}
    over = percent_over(facts.frame_kr, facts.forecast_kr)
    if over is not None:
        light = "red" if over > limits.cost_red_percent else "amber" if over > 0 else "green"
        found["economy"] = Reckoned(light, "cost_over" if over > 0 else "cost_within", over)
    late = months_late(facts)
    if late is not None and facts.expected_end is not None and facts.approved_end is not None:
        behind = facts.expected_end > facts.approved_end
        light = "red" if late > limits.time_red_months else "amber" if behind else "green"
        found["progress"] = Reckoned(light, "time_over" if behind else "time_within", late)
    if facts.worst_risk is not None:
        worst = facts.worst_risk
        light = "red" if worst >= limits.risk_red else "amber" if worst >= limits.risk_amber else "green"
        found["risk"] = Reckoned(light, "risk", Decimal(worst))
    return found


def as_kept(rows: dict[str, list[str]]) -> dict[str, Reckoned]:
    """What was kept with a report, as it is shown."""
    return {name: Reckoned(light, code, Decimal(number)) for name, (light, code, number) in rows.items()}
