"""Versions of mandates, rules and limits: at most one in force a day, and never a day that was taken away."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from samrad.governance.actions import Limit
from samrad.governance.models import Arena, Field, Mandate, Seat
from samrad.governance.policy import can_replace, limits_lacks, split_lacks
from samrad.governance.queries import coverage, ends_soon
from samrad.initiatives.models import Initiative
from samrad.initiatives.policy import size_of
from samrad.initiatives.policy.needs import DEFAULT_LIMITS
from samrad.organisation.models import Entity
from samrad.overview.proposals import SIZES

DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@given(DAYS, DAYS)
def test_a_version_begins_after_the_one_before_it(first: date, second: date) -> None:
    assert bool(can_replace(Mandate(valid_from=first), second)) == (second > first)
    assert can_replace(None, second)


@given(st.integers(1, 100), st.lists(st.integers(0, 100), min_size=2, max_size=6))
def test_the_shares_make_up_the_position_or_are_refused(reserved: int, shares: list[int]) -> None:
    assert bool(split_lacks(reserved, dict(enumerate(shares)))) == (sum(shares) != reserved)


@given(DAYS, st.integers(-100, 100))
def test_a_term_runs_out_soon_within_sixty_days(on: date, left: int) -> None:
    seat = Seat(valid_from=date(2019, 1, 1), valid_to=on + timedelta(days=left))
    assert ends_soon(seat, on=on) == (0 <= left <= 60)
    assert not ends_soon(Seat(valid_from=date(2019, 1, 1), valid_to=None), on=on)


@given(DAYS, st.integers(0, 400), st.sampled_from(Arena.Frequency.values))
def test_an_arena_is_overdue_when_longer_than_its_frequency_has_passed(on: date, since: int, frequency: int) -> None:
    arena = Arena(since=date(2019, 1, 1), frequency_days=frequency)
    assert arena.overdue_on(on, on - timedelta(days=since)) == (since > frequency)
    arena.ended = on
    assert not arena.overdue_on(on, None)


AMOUNTS = st.integers(1, 10_000_000).map(Decimal)


@given(AMOUNTS, AMOUNTS, st.integers(0, 12_000_000).map(Decimal), st.integers(0, 500))
def test_an_initiative_has_the_first_size_it_fits_in(low: Decimal, high: Decimal, cost: Decimal, hours: int) -> None:
    limits = [
        Limit(code="small", below_kr=low, below_hours=80),
        Limit(code="medium", below_kr=high),
        Limit(code="large"),
    ]
    assert bool(limits_lacks(limits)) == (high > low)
    if high > low:
        rows = [(one.code, one.below_kr, one.below_hours) for one in limits]
        found = size_of(Initiative(one_off_kr=cost, internal_hours=hours, participant_ids=[1]), limits=rows)
        assert found == ("small" if cost < low and hours < 80 else "medium" if cost < high else "large")
        many = Initiative(one_off_kr=cost, internal_hours=hours, participant_ids=[1, 2, 3])
        assert size_of(many, limits=rows) == "large"


def test_a_house_that_has_adopted_no_limits_has_the_ones_that_are_proposed() -> None:
    proposed = [(limit.code, limit.below_kr, limit.below_hours) for limit in SIZES]
    assert list(DEFAULT_LIMITS) == proposed
    sizes = {kr: size_of(Initiative(one_off_kr=Decimal(kr), participant_ids=[1])) for kr in (999_999, 1_000_000)}
    assert sizes == {999_999: "medium", 1_000_000: "large"}


def test_a_hole_is_a_seat_that_is_wanted_and_that_nobody_holds() -> None:
    field, town, other = Field(pk=1, name="Helse"), Entity(pk=10, name="Fjell"), Entity(pk=11, name="Dal")
    seat = Seat(field=field, municipality=town, position="member")
    (line,) = coverage([field], [town, other], [seat], [[1, 10], [1, 11]])
    assert [cell.hole for cell in line.cells] == [False, True] and line.members == [seat]
    (line,) = coverage([field], [town, other], [seat], [[2, 10]])
    assert not line.wanted and not any(cell.hole for cell in line.cells)
