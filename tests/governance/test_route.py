"""Where a case goes, and by which rule."""

from decimal import Decimal

import pytest

from samrad.governance.models import Body, Mandate
from samrad.governance.policy import Facts, route

SECRETARIAT = Mandate(
    body=Body(kind="secretariat"),
    may_decide_types=["development"],
    amount_per_case=Decimal(100000),
    amount_per_year=Decimal(300000),
    adopted_in_ids=[1, 2],
)


def _facts(**changed: object) -> Facts:
    known = {
        "classification": "development",
        "needs_budget": True,
        "amount_kr": Decimal(50000),
        "participants": frozenset({1}),
    }
    return Facts(**{**known, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "kind", "rule"),
    [
        ({"classification": "operation"}, "redirected", "not_development"),
        ({}, "secretariat", "within_mandate"),
        ({"amount_kr": Decimal(100001)}, "council", "needs_budget"),
        ({"participants": frozenset({1, 3})}, "council", "needs_budget"),
        ({"spent_this_year_kr": Decimal(280000)}, "council", "needs_budget"),
        ({"needs_budget": False, "amount_kr": Decimal(200000)}, "line", "no_budget"),
        ({"needs_budget": False, "amount_kr": Decimal(200000), "legal_duty": True}, "council", "legal_duty"),
    ],
)
def test_the_first_rule_that_fits_decides(changed: dict[str, object], kind: str, rule: str) -> None:
    found = route(_facts(**changed), [SECRETARIAT])
    assert (found.body_kind, found.rule) == (kind, rule)


def test_without_a_mandate_what_needs_budget_goes_to_the_council() -> None:
    assert route(_facts(), []).body_kind == "council"


def test_a_duty_is_shown_apart() -> None:
    assert route(_facts(legal_duty=True, amount_kr=Decimal(10**6)), [SECRETARIAT]).duty
