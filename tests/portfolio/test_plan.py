"""What depends on what never goes in a circle, and a roadmap holds every row in its table."""

import itertools
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from samrad.core.roadmap import Moment, Stretch, roadmap
from samrad.portfolio.policy import loop_through

PAIRS = st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7)), max_size=20)


@settings(max_examples=80)
@given(PAIRS)
def test_what_is_let_in_one_by_one_never_makes_a_loop(pairs: list[tuple[int, int]]) -> None:
    edges: dict[int, list[int]] = {}
    for project, needs in pairs:
        loop = loop_through(edges, project, needs)
        if loop:  # its members are named in the order they wait for each other
            assert loop[0] == loop[-1] == project and loop[1] == needs
            assert all(after in edges[before] for before, after in itertools.pairwise(loop[1:]))
        else:
            edges.setdefault(project, []).append(needs)
    order: list[int] = []
    while left := [n for n in range(1, 8) if n not in order and all(m in order for m in edges.get(n, []))]:
        order += left
    assert len(order) == 7  # all can be done, one after the other


def test_a_roadmap_draws_what_has_days_and_lists_everything() -> None:
    moments = [Moment(date(2026, 3, 1), "Avtale", reached=True)]
    late = Stretch("Sen", date(2026, 1, 1), date(2026, 8, 1), "/x/", date(2026, 6, 1), moments)
    rows = [late, Stretch("Uten", None, None), Stretch("Ti år", date(2026, 1, 1), date(2036, 1, 1))]
    found = roadmap("Kart", rows, today=date(2026, 4, 1))
    assert [bar.short for bar in found.bars] == ["Sen", "Ti år"] and found.rows == rows
    assert late.days_late == 61 and found.bars[0].was_x and len(found.bars[0].diamonds) == 1
    assert [tick.label for tick in found.ticks][:2] == ["2026", "2027"] and found.today
    assert roadmap("Tomt", [rows[1]], today=date(2026, 4, 1)).bars == []
