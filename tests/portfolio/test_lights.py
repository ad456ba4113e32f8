"""The lights reckoned from data and tolerances: never greener than the data, and always with a reason."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from samrad.portfolio.lights import Facts, Limits, as_kept, reckon
from samrad.portfolio.models import Risk
from samrad.portfolio.periods import period_in
from samrad.portfolio.queries import matrix_of, numbered

KRONER = st.none() | st.integers(0, 10**9).map(Decimal)
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2030, 1, 1))
FACTS = st.builds(
    Facts,
    frame_kr=KRONER,
    forecast_kr=KRONER,
    approved_end=DAYS,
    expected_end=DAYS,
    worst_risk=st.none() | st.integers(1, 25),
)


@settings(max_examples=100)
@given(FACTS, st.integers(1, 100), st.integers(1, 36))
def test_a_light_is_red_above_the_tolerance_yellow_above_the_plan_and_green_below(
    facts: Facts, percent: int, months: int
) -> None:
    found = reckon(facts, Limits(cost_red_percent=percent, time_red_months=months))
    assert ("economy" in found) == (bool(facts.frame_kr) and facts.forecast_kr is not None)
    assert ("progress" in found) == (facts.approved_end is not None and facts.expected_end is not None)
    for row in found.values():
        assert row.reason and "%" not in row.reason
    if facts.frame_kr and facts.forecast_kr is not None:
        over = (facts.forecast_kr - facts.frame_kr) / facts.frame_kr * 100
        if found["economy"].light == "red":
            assert over > percent - Decimal("0.1")
        if found["economy"].light == "green":
            assert over < Decimal("0.1")
    if facts.approved_end and facts.expected_end and found["progress"].light == "green":
        assert facts.expected_end <= facts.approved_end
    assert as_kept({name: row.kept() for name, row in found.items()}) == found


def test_the_defaults_are_ten_per_cent_and_three_months() -> None:
    end = date(2027, 1, 1)

    def lights(kr: int, days: int) -> tuple[str, str]:
        found = reckon(Facts(Decimal(1000), Decimal(kr), end, end + timedelta(days=days)), Limits())
        return found["economy"].light, found["progress"].light

    assert lights(1000, 0) == ("green", "green") and lights(900, -30) == ("green", "green")
    assert lights(1001, 1) == ("amber", "amber") and lights(1100, 90) == ("amber", "amber")
    assert lights(1101, 120) == ("red", "red")


@settings(max_examples=50)
@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from(["month", "quarter", "tertial"]))
def test_every_day_lies_in_one_period_and_the_next_begins_the_day_after(day: date, rhythm: str) -> None:
    start, end = period_in(rhythm, day)
    assert start <= day <= end and start.day == 1
    assert period_in(rhythm, end + timedelta(days=1))[0] == end + timedelta(days=1)
    assert period_in(rhythm, start) == period_in(rhythm, end) == (start, end)


def test_every_risk_stands_once_in_the_matrix() -> None:
    rows = [Risk(likelihood=n % 5 + 1, impact=n % 3 + 1, likelihood_after=1, impact_after=n % 2 + 1) for n in range(9)]
    seen = numbered(rows, on=date(2027, 1, 1))
    for after in (False, True):
        numbers = [n for _high, cells in matrix_of(seen, after=after) for cell in cells for n in cell.numbers]
        assert sorted(numbers) == list(range(1, 10))
