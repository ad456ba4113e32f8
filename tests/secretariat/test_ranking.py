"""How scores become points, and points an order."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from samrad.governance.criteria import BENEFIT, FEASIBILITY, STANDARD, WHOLE, Criterion
from samrad.governance.policy import criteria_lacks
from samrad.secretariat.ranking import Ranked, axis_points, in_order, spread

CODES = [one.code for one in STANDARD]
CARD = st.fixed_dictionaries({code: st.integers(1, 5) for code in CODES})
CARDS = st.lists(CARD, min_size=2, max_size=5)
AXIS = st.sampled_from([BENEFIT, FEASIBILITY])


def _alike(number: int) -> dict[str, int]:
    return dict.fromkeys(CODES, number)


def _changed(one: Criterion, **changed: object) -> Criterion:
    return Criterion(**{**one.__dict__, **changed})  # type: ignore[arg-type]


def test_the_standard_weighs_sixty_and_forty() -> None:
    weights = {axis: sum(c.weight for c in STANDARD if c.axis == axis) for axis in (BENEFIT, FEASIBILITY)}
    assert weights == {BENEFIT: 60, FEASIBILITY: 40}
    assert not criteria_lacks(STANDARD)


def test_all_fives_are_a_hundred_and_all_ones_nothing() -> None:
    for number, points in ((1, 0), (3, 50), (5, 100)):
        for axis in (BENEFIT, FEASIBILITY):
            assert axis_points(STANDARD, [_alike(number)] * 2, axis) == points


def test_a_score_by_hand() -> None:
    one, two = {**_alike(1), "strategy": 5}, {**_alike(1), "strategy": 3, "users": 4}
    # (20·4 + 0 + 20·2 + 15·3) / 2, of 4·60
    assert axis_points(STANDARD, [one, two], BENEFIT) == Fraction(165, 480) * 100
    assert axis_points(STANDARD, [one, two], FEASIBILITY) == 0
    assert [spread(c, [one, two]) for c in STANDARD[:3]] == [2, 3, 0]


@given(CARDS, AXIS)
def test_the_points_of_an_axis_are_from_nothing_to_a_hundred_and_the_mean_of_the_assessors(
    cards: list[dict[str, int]], axis: str
) -> None:
    points = axis_points(STANDARD, cards, axis)
    assert 0 <= points <= 100
    assert points == sum(axis_points(STANDARD, [card], axis) for card in cards) / len(cards)


@given(CARDS, AXIS, st.sampled_from(CODES))
def test_a_higher_score_never_gives_less_and_leaves_the_other_axis_alone(
    cards: list[dict[str, int]], axis: str, code: str
) -> None:
    higher = [{**card, code: min(card[code] + 1, 5)} for card in cards]
    before, after = axis_points(STANDARD, cards, axis), axis_points(STANDARD, higher, axis)
    changed = next(c for c in STANDARD if c.code == code).axis == axis
    assert after >= before if changed else after == before


@given(CARDS, AXIS, st.integers(2, 9))
def test_only_the_weights_beside_each_other_count(cards: list[dict[str, int]], axis: str, times: int) -> None:
    heavier = [_changed(c, weight=c.weight * times) for c in STANDARD]
    assert axis_points(heavier, cards, axis) == axis_points(STANDARD, cards, axis)


POINTS = st.integers(0, 4).map(lambda n: Fraction(25 * n))
ROWS = st.lists(
    st.tuples(st.booleans(), POINTS, POINTS, st.sampled_from(["T-2026-0001", "T-2026-0002"])), max_size=8
).map(
    lambda found: [
        Ranked(case_id=n, number=number, must_do=must, benefit=benefit, feasibility=feasible)
        for n, (must, benefit, feasible, number) in enumerate(found, 1)
    ]
)


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_is_must_do_then_benefit_then_feasibility_then_number(rows: list[Ranked], chance: object) -> None:
    places = in_order(rows)
    assert [p.place for p in places] == [p.computed for p in places] == list(range(1, len(rows) + 1))
    for before, after in pairwise(places):
        one, two = before.row, after.row
        assert (not one.must_do, -one.benefit, -one.feasibility, one.number) <= (
            not two.must_do,
            -two.benefit,
            -two.feasibility,
            two.number,
        )
        why = {
            "must_do": one.must_do and not two.must_do,
            "benefit": one.must_do == two.must_do and one.benefit > two.benefit,
            "feasibility": one.benefit == two.benefit and one.feasibility > two.feasibility,
            "number": (one.must_do, one.benefit, one.feasibility) == (two.must_do, two.benefit, two.feasibility),
        }
        assert why[after.why]
    mixed = list(rows)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert in_order(mixed) == places


@given(ROWS, st.dictionaries(st.integers(1, 8), st.integers(1, 12), max_size=3))
def test_the_body_moves_only_what_it_places(rows: list[Ranked], placed: dict[int, int]) -> None:
    counted, places = in_order(rows), in_order(rows, placed)
    assert [p.place for p in places] == list(range(1, len(rows) + 1))
    known = {row.case_id for row in rows}
    assert {p.row.case_id for p in places if p.moved} == set(placed) & known
    assert [p.row for p in places if not p.moved] == [p.row for p in counted if p.row.case_id not in placed]
    assert {p.row.case_id: p.computed for p in places} == {p.row.case_id: p.place for p in counted}
    if len(set(placed) & known) == 1:
        (case,) = set(placed) & known
        assert next(p.place for p in places if p.row.case_id == case) == min(placed[case], len(rows))


@given(st.lists(st.integers(0, 101), min_size=2, max_size=7))
def test_criteria_whose_weights_are_not_a_hundred_are_refused(weights: list[int]) -> None:
    rows = [_changed(STANDARD[0], weight=w, code=str(n)) for n, w in enumerate(weights)]
    rows[-1] = _changed(rows[-1], axis=FEASIBILITY)
    right = sum(weights) == WHOLE and all(1 <= w <= 100 for w in weights)
    assert bool(criteria_lacks(rows)) != right
