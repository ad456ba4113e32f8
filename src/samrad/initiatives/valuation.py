"""Cost and benefit over the years (forms.md G.2): numbers in, numbers out.

The formulas are those of DFØ, «Veileder i samfunnsøkonomiske analyser» (2023), chapter 3, and the rate of discount of the
Ministry of Finance's circular R-109/2021 (4 per cent for the first 40 years). Year 0 is the year of the investment; the
solution is in use from year 1. Freed hours are never added to kroner: their worth stands apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

ZERO = Decimal(0)
DEFAULT_HORIZON = 5


@dataclass(frozen=True, kw_only=True)
class Rates:
    """What is reckoned with: an hour's worth, the rate of discount (None: not discounted), years, and the swing."""

    hourly_kr: Decimal = Decimal(650)
    discount_percent: Decimal | None = Decimal(4)
    horizon_years: int = DEFAULT_HORIZON
    sensitivity_percent: int = 20


@dataclass(frozen=True, kw_only=True)
class Year:
    """What one year costs, and how large a share of the full benefits it gives."""

    one_off: Decimal = ZERO
    running: Decimal = ZERO
    hours: int = 0
    gain_percent: int = 100


@dataclass(frozen=True, kw_only=True)
class Gains:
    """The benefits of a full year: kroner taken out of the budget, kroner others save, and hours freed."""

    budget_kr: Decimal = ZERO
    others_kr: Decimal = ZERO
    hours: Decimal = ZERO


@dataclass(frozen=True, kw_only=True)
class Flow:
    """One year reckoned."""

    number: int
    one_off: Decimal
    running: Decimal
    time_cost: Decimal
    budget_kr: Decimal
    others_kr: Decimal
    freed_hours: Decimal

    @property
    def cost(self) -> Decimal:
        """One-off, running and the worth of internal hours."""
        return self.one_off + self.running + self.time_cost

    @property
    def net(self) -> Decimal:
        """What the budget gains or loses this year."""
        return self.budget_kr - self.cost


@dataclass(frozen=True, kw_only=True)
class Swing:
    """The net present value where costs or benefits turn out otherwise."""

    code: str  # costs_up, gains_down, both
    percent: int
    npv: Decimal


@dataclass(frozen=True, kw_only=True)
class Valuation:
    """The whole reckoning."""

    flows: tuple[Flow, ...]
    rates: Rates
    npv: Decimal
    ratio: Decimal | None
    payback_years: Decimal | None
    swings: tuple[Swing, ...]

    @property
    def sum_cost(self) -> Decimal:
        return sum((f.cost for f in self.flows), ZERO)

    @property
    def sum_budget(self) -> Decimal:
        return sum((f.budget_kr for f in self.flows), ZERO)

    @property
    def sum_others(self) -> Decimal:
        return sum((f.others_kr for f in self.flows), ZERO)

    @property
    def sum_hours(self) -> Decimal:
        return sum((f.freed_hours for f in self.flows), ZERO)

    @property
    def worth_of_hours(self) -> Decimal:
        """What the freed hours would be worth in kroner: shown apart, never added."""
        return self.sum_hours * self.rates.hourly_kr


def spread(one_off: Decimal, annual: Decimal, hours: int, *, horizon: int) -> tuple[Year, ...]:
    """The usual spread: everything once in year 0, and from year 1 the running cost and the whole benefit."""
    first = Year(one_off=one_off, hours=hours, gain_percent=0)
    return (first, *(Year(running=annual) for _number in range(horizon)))


def flows_of(years: Sequence[Year], gains: Gains, rates: Rates) -> tuple[Flow, ...]:
    """Each year's costs and its share of the benefits."""
    return tuple(
        Flow(
            number=number,
            one_off=year.one_off,
            running=year.running,
            time_cost=year.hours * rates.hourly_kr,
            budget_kr=gains.budget_kr * year.gain_percent / 100,
            others_kr=gains.others_kr * year.gain_percent / 100,
            freed_hours=gains.hours * year.gain_percent / 100,
        )
        for number, year in enumerate(years)
    )


def present_value(amounts: Sequence[Decimal], discount_percent: Decimal | None) -> Decimal:
    """Σ a_t / (1 + r)^t, t from 0 (DFØ 2023, chapter 3.5: «netto nåverdi»)."""
    factor = 1 + (discount_percent or ZERO) / 100
    return sum((amount / factor**number for number, amount in enumerate(amounts)), ZERO)


def payback(nets: Sequence[Decimal]) -> Decimal | None:
    """Years until what has been paid is earned back, within a year by proportion; None where it is not."""
    total = ZERO
    for number, net in enumerate(nets):
        before, total = total, total + net
        if before < 0 <= total:
            return (Decimal(number - 1) + -before / net).quantize(Decimal("0.1")) if number else ZERO
    return ZERO if nets and nets[0] >= 0 and total >= 0 else None


def _swung(flows: Sequence[Flow], *, cost: Decimal, gain: Decimal) -> list[Flow]:
    return [
        replace(
            f,
            one_off=f.one_off * cost,
            running=f.running * cost,
            time_cost=f.time_cost * cost,
            budget_kr=f.budget_kr * gain,
        )
        for f in flows
    ]


def value(years: Sequence[Year], gains: Gains, rates: Rates) -> Valuation:
    """The whole reckoning of a need.

    Net present value is budget benefits less costs; benefit/cost is the present value of the budget benefits over that of
    the costs (DFØ 2023, chapter 3.5). Sensitivity: costs so many per cent up, benefits so many down, and both (chapter 3.6).
    """
    flows = flows_of(years, gains, rates)
    percent = rates.sensitivity_percent
    up, down = 1 + Decimal(percent) / 100, 1 - Decimal(percent) / 100
    costs = present_value([f.cost for f in flows], rates.discount_percent)
    budget = present_value([f.budget_kr for f in flows], rates.discount_percent)

    def npv(cost: Decimal, gain: Decimal) -> Decimal:
        return present_value([f.net for f in _swung(flows, cost=cost, gain=gain)], rates.discount_percent)

    one = Decimal(1)
    return Valuation(
        flows=flows,
        rates=rates,
        npv=npv(one, one),
        ratio=budget / costs if costs else None,
        payback_years=payback([f.net for f in flows]),
        swings=(
            Swing(code="costs_up", percent=percent, npv=npv(up, one)),
            Swing(code="gains_down", percent=percent, npv=npv(one, down)),
            Swing(code="both", percent=percent, npv=npv(up, down)),
        ),
    )
