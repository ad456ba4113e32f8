"""How far a plan has come: the arithmetic, whatever the points."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from samrad.strategy.models import ActionPoint, Indicator, Measurement
from samrad.strategy.queries import IndicatorLine, Progress, progress_of

STATUSES = [str(s) for s in ActionPoint.Status.values]
rows = st.lists(st.sampled_from(STATUSES), max_size=30)


def made(statuses: list[str], carried: int = 0) -> list[Any]:
    """Points with these statuses; the first `carried` of them live on as later points with the same status."""
    points = [SimpleNamespace(pk=n, status=s, came_from_id=None) for n, s in enumerate(statuses, 1)]
    later = [SimpleNamespace(pk=1000 + p.pk, status=p.status, came_from_id=p.pk) for p in points[:carried]]
    return [*points, *later]


@given(rows)
def test_dropped_points_do_not_count_and_the_rest_does(statuses: list[str]) -> None:
    found = progress_of(made(statuses))
    assert found.total == len(statuses) - statuses.count("dropped") and found.done == statuses.count("done")
    assert found.percent is None if not found.total else 0 <= (found.percent or 0) <= 100
    assert (found.percent == 100) == (0 < found.total == found.done)


@given(rows, st.integers(0, 30))
def test_a_point_that_is_carried_on_counts_once(statuses: list[str], carried: int) -> None:
    assert progress_of(made(statuses, carried)) == progress_of(made(statuses))


@given(st.integers(0, 1000), st.integers(1, 1000))
def test_all_done_is_hundred_and_none_is_nothing(done: int, total: int) -> None:
    assert Progress(total, total).percent == 100 and Progress(0, total).percent == 0
    assert Progress(0, 0).percent is None


amounts = st.decimals(-1000, 1000, places=2)


@given(amounts, amounts, amounts)
def test_an_indicator_is_never_under_nothing_nor_over_the_whole_way(
    baseline: Decimal, target: Decimal, value: Decimal
) -> None:
    if baseline == target:
        return
    indicator = Indicator(baseline=baseline, target=target, target_date=date(2030, 1, 1))
    percent = IndicatorLine(indicator, Measurement(value=value)).percent
    assert percent is not None and 0 <= percent <= 100
    assert IndicatorLine(indicator, Measurement(value=target)).percent == 100
    assert IndicatorLine(indicator, Measurement(value=baseline)).percent == 0
    assert IndicatorLine(indicator).percent is None
