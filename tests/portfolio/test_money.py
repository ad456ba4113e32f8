"""A project's money adds up, whatever is typed or comes from the accounts."""

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from samrad.cases.models import Decision
from samrad.cases.queries import split
from samrad.governance.models import Mandate
from samrad.governance.queries import shares
from samrad.organisation.models import Entity
from samrad.portfolio.models import MoneyLine
from samrad.portfolio.money import by_year, percent_over, summed, whole_kroner
from samrad.portfolio.papers.report import _money
from samrad.portfolio.queries.money import paying
from samrad.portfolio.sheets import read
from samrad.portfolio.sheets.accounts import postings

ORE = st.decimals(min_value=-10_000_000, max_value=10_000_000, places=2)
KRONER = st.none() | st.integers(0, 10**9).map(Decimal)
LINES = st.lists(
    st.builds(
        MoneyLine,
        year=st.integers(2024, 2030),
        budget_kr=KRONER,
        actual_kr=KRONER,
        forecast_kr=KRONER,
    ),
    max_size=12,
)


@settings(max_examples=60)
@given(st.dictionaries(st.integers(), ORE, max_size=20))
def test_whole_kroner_add_up_to_the_whole_rounded_once(amounts: dict[int, Decimal]) -> None:
    whole = whole_kroner(amounts)
    assert sum(whole.values()) == sum(amounts.values(), Decimal(0)).quantize(Decimal(1), ROUND_HALF_UP)
    assert all(abs(whole[key] - amounts[key]) < 1 and whole[key] % 1 == 0 for key in amounts)


@settings(max_examples=60)
@given(LINES)
def test_the_years_add_up_to_the_total(lines: list[MoneyLine]) -> None:
    years, total = by_year(lines), summed(lines)
    for name in ("budget_kr", "actual_kr", "forecast_kr"):
        known = [amount for one in years if (amount := getattr(one, name)) is not None]
        assert (sum(known, Decimal(0)) if known else None) == getattr(total, name)


@settings(max_examples=60)
@given(
    st.lists(st.integers(0, 10**8), min_size=1, max_size=5), st.lists(st.integers(1, 90_000), min_size=2, max_size=8)
)
def test_what_falls_on_each_adds_up_for_each_year(years: list[int], inhabitants: list[int]) -> None:
    places: dict[int, int | None] = dict(enumerate(inhabitants))
    for kr in years:
        found = shares(Decimal(kr), key="mixed", equal_percent=40, inhabitants=places)
        assert sum(found.values()) == kr and all(amount % 1 == 0 for amount in found.values())


@settings(max_examples=60)
@given(
    st.integers(0, 10**8).map(Decimal),
    st.lists(
        st.tuples(st.integers(1, 90_000), st.sampled_from(["", *Decision.Outcome.values])), min_size=2, max_size=8
    ),
    st.sampled_from(["equal", "inhabitants", "mixed"]),
)
def test_only_those_who_have_approved_carry_the_cost(kr: Decimal, asked: list[tuple[int, str]], key: str) -> None:
    places = [Entity(pk=pk, inhabitants=number) for pk, (number, _outcome) in enumerate(asked, 1)]
    outcomes = {pk: outcome for pk, (_number, outcome) in enumerate(asked, 1)}
    pay, declined, waiting = paying(places, outcomes)
    assert sorted(p.pk for p in [*pay, *declined, *waiting]) == list(outcomes)
    found = split(kr, pay, None, Mandate(cost_key=key, cost_key_equal_percent=40))
    yes = {pk for pk, outcome in outcomes.items() if outcome in ("approved", "approved_with_conditions")}
    assert set(found) == yes and sum(found.values()) == (kr if yes else 0)
    assert all(amount % 1 == 0 for amount in found.values())
    assert paying(places, {}) == (places, [], [])  # nobody was asked: all who take part share it


def test_postings_are_added_up_and_what_cannot_be_read_is_named() -> None:
    good = "År;Type;Beløp\n2026;Drift;1 000,50\n2026;Drift;999,50\n2026;Investering;10,49\n2027;;-5\n"
    found = postings(read(good.encode()))
    assert found.amounts == {
        (2026, "running", "own"): 2000,
        (2026, "investment", "own"): 10,
        (2027, "running", "own"): -5,
    }
    assert found.rows == 4 and not found.wrong
    bad = postings(read(f"{good}tull;Drift;1\n2026;Drift;mye\n2026;Leie;1\n".encode()))
    assert [(w.line, w.column, w.text) for w in bad.wrong] == [
        (6, "År", "tull"),
        (7, "Beløp", "mye"),
        (8, "Type", "Leie"),
    ]
    assert [w.column for w in postings(read(b"Konto;Dato\n1;2\n")).wrong] == ["år", "beløp"]


def test_the_deviation_is_unknown_where_something_is() -> None:
    assert percent_over(Decimal(200), Decimal(223)) == Decimal("11.5")
    assert percent_over(None, Decimal(1)) is None and percent_over(Decimal(0), Decimal(1)) is None


def test_what_is_under_the_budget_has_a_minus_and_no_hyphen_on_paper() -> None:
    rows = dict(_money({"exempt": {}, "deviation_percent": -53}))
    [said] = [text for name, text in rows.items() if "−" in text]
    assert said == "−53\u00a0%" and not any("-53" in text for text in rows.values())
