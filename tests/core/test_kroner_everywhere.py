"""Kroner are read alike wherever they are typed: a point before three digits parts thousands."""

from decimal import Decimal

import pytest

from samrad.cases.forms import DecisionForm
from samrad.portfolio.forms import Kroner


@pytest.mark.parametrize("typed", ["1.250.000", "1 250 000", "1.250.000,00", "1250000 kr"])
def test_a_million_and_a_quarter_is_read_as_that_in_decisions_and_reports(typed: str) -> None:
    form = DecisionForm({}, people=[], level="chief_executive")
    assert form.fields["amount_kr"].clean(typed) == Kroner(required=False).to_python(typed) == Decimal(1250000)
