"""Cost and benefit over the years: what must hold whatever the numbers."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from samrad.initiatives.valuation import Gains, Rates, Year, payback, present_value, spread, value

KRONER = st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100)
YEARS = st.lists(
    st.builds(
        Year,
        one_off=KRONER,
        running=KRONER,
        hours=st.integers(0, 5000),
        gain_percent=st.integers(0, 100),
    ),
    min_size=1,
    max_size=12,
)
GAINS = st.builds(Gains, budget_kr=KRONER, others_kr=KRONER, hours=st.integers(0, 5000).map(Decimal))
NETS = st.lists(st.integers(-(10**8), 10**8).map(lambda cents: Decimal(cents) / 100), min_size=1, max_size=12)
CENT = Decimal("0.01")


def test_an_example_reckoned_by_hand() -> None:
    """500 000 kr, 100 hours at 600 kr, 50 000 kr a year; 200 000 kr a year saved in five years, 4 per cent."""
    rates = Rates(hourly_kr=Decimal(600))
    made = value(spread(Decimal(500_000), Decimal(50_000), 100, horizon=5), Gains(budget_kr=Decimal(200_000)), rates)
    assert (made.sum_cost, made.sum_budget) == (Decimal(810_000), Decimal(1_000_000))
    assert made.npv.quantize(Decimal(1)) == Decimal(107_773)  # −560 000 + 150 000 × 4,45182
    assert made.payback_years == Decimal("3.7")  # 560 000 / 150 000
    assert made.ratio is not None and made.ratio.quantize(CENT) == Decimal("1.14")
    assert [s.code for s in made.swings] == ["costs_up", "gains_down", "both"]


@given(YEARS, GAINS)
def test_what_is_not_discounted_is_what_is_added_up(years: list[Year], gains: Gains) -> None:
    made = value(years, gains, Rates(discount_percent=None))
    assert abs(made.npv - (made.sum_budget - made.sum_cost)) < CENT
    assert made.sum_cost == sum(f.one_off + f.running + f.time_cost for f in made.flows)


@given(YEARS, GAINS)
def test_freed_hours_and_what_others_gain_are_never_in_the_budget(years: list[Year], gains: Gains) -> None:
    alone = value(years, Gains(budget_kr=gains.budget_kr), Rates())
    made = value(years, gains, Rates())
    assert (made.npv, made.sum_budget, made.payback_years, made.ratio) == (
        alone.npv,
        alone.sum_budget,
        alone.payback_years,
        alone.ratio,
    )
    assert made.worth_of_hours == made.sum_hours * made.rates.hourly_kr


@given(YEARS, GAINS)
def test_what_turns_out_worse_is_never_better(years: list[Year], gains: Gains) -> None:
    made = value(years, gains, Rates())
    worse = {s.code: s.npv for s in made.swings}
    assert worse["both"] <= min(worse["costs_up"], worse["gains_down"]) + CENT
    assert max(worse.values()) <= made.npv + CENT


@given(NETS)
def test_it_is_earned_back_exactly_where_the_sum_comes_back_to_nothing(nets: list[Decimal]) -> None:
    total, sums = Decimal(0), []
    for net in nets:
        total += net
        sums.append(total)
    found = payback(nets)
    crossed = [n for n in range(1, len(nets)) if sums[n - 1] < 0 <= sums[n]]
    if crossed:
        assert found is not None and crossed[0] - 1 <= found <= crossed[0]
    elif sums[0] < 0:
        assert found is None


@given(NETS)
def test_a_higher_rate_counts_later_years_for_less(nets: list[Decimal]) -> None:
    later = [Decimal(0), *(abs(net) for net in nets)]
    assert present_value(later, Decimal(8)) <= present_value(later, Decimal(4)) <= sum(later)
