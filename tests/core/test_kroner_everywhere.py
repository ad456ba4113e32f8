"""Kroner are read alike wherever they are typed: a point before three digits parts thousands."""

from decimal import Decimal

import pytest

from samrad.cases.forms import DecisionForm
from samrad.portfolio.forms import StatusForm


@pytest.mark.parametrize("typed", ["1.250.000", "1 250 000", "1.250.000,00", "1250000 kr"])
def test_a_million_and_a_quarter_is_read_as_that_in_decisions_and_reports(typed: str) -> None:
    fields = DecisionForm.base_fields["amount_kr"], StatusForm.base_fields["spent_kr"]
    assert [field.clean(typed) for field in fields] == [Decimal(1250000)] * 2
