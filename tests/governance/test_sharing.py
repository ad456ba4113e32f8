"""What the municipalities pay of a common cost: to the krone, whatever the key."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from samrad.governance.queries import shares

PLACES = some.lists(some.integers(1, 700_000), min_size=1, max_size=15).map(lambda numbers: dict(enumerate(numbers)))
# On a busy machine making the examples takes its time; that says nothing about the shares.
SLOWLY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
KEYS = some.sampled_from(["equal", "inhabitants", "mixed", "use"])


@SLOWLY
@given(some.integers(0, 10**11), PLACES, KEYS, some.integers(0, 100))
def test_the_shares_make_up_the_amount_to_the_krone(
    kroner: int, places: dict[int, int], key: str, percent: int
) -> None:
    amount = Decimal(kroner)
    found = shares(amount, key=key, equal_percent=percent, inhabitants=dict(places), use=places)
    assert sum(found.values()) == amount and set(found) == set(places)
    assert all(kr == kr.to_integral_value() and kr >= 0 for kr in found.values())


@SLOWLY
@given(some.integers(0, 10**11), PLACES, some.sampled_from(["inhabitants", "use"]))
def test_nobody_is_more_than_a_krone_from_the_exact_share(kroner: int, places: dict[int, int], key: str) -> None:
    found = shares(Decimal(kroner), key=key, equal_percent=None, inhabitants=dict(places), use=places)
    total = sum(places.values())
    assert all(abs(found[place] * total - kroner * number) < total for place, number in places.items())


def test_one_that_uses_nothing_pays_nothing() -> None:
    found = shares(Decimal(100), key="use", equal_percent=None, inhabitants={1: 10, 2: 10, 3: 10}, use={1: 2, 2: 1})
    assert found == {1: Decimal(67), 2: Decimal(33), 3: Decimal(0)}


@pytest.mark.parametrize("key", ["use", "inhabitants", "mixed"])
def test_without_figures_nothing_is_suggested(key: str) -> None:
    assert shares(Decimal(100), key=key, equal_percent=40, inhabitants={1: 10, 2: None}) == {}
