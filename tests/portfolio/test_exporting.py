"""Everything goes out: no kind of thing is forgotten, each column has a name, and what is exempt stays."""

import pytest

from samrad.core.rowsecurity import owned_models
from samrad.portfolio.exporting import COLUMNS
from samrad.portfolio.exporting.tables import LEFT, TABLES, Table
from samrad.portfolio.papers import exportwords


def test_every_kind_of_thing_in_the_portfolio_goes_out_or_says_why_not() -> None:
    kinds = {model for model in owned_models() if model._meta.app_label == "portfolio"}
    going = {table.model for table in TABLES}
    assert {model.__name__ for model in kinds - going - set(LEFT)} == set()
    assert going & set(LEFT) == set()


def test_every_sheet_and_column_is_called_something() -> None:
    assert set(COLUMNS) | {"about"} == set(exportwords.SHEETS)
    assert {column for columns in COLUMNS.values() for column in columns} == set(exportwords.COLUMNS)
    names = [str(exportwords.SHEETS[name])[:31] for name in COLUMNS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_leads_to_a_field(table: Table) -> None:
    assert all(table.field_of(column) is not None for column in table.ways)
    assert len([way for way in (table.project, table.portfolio, table.house) if way]) == 1
