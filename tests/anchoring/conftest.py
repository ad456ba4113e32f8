"""The cast of the line; tests read and write as the application role, so row security stands behind them."""

from collections.abc import Iterator

import pytest
from django.db import connection

from tests.anchoring.line import Line, make_line


@pytest.fixture
def line(db: None) -> Iterator[Line]:
    """The people, made as the owner; from then on the test is the application."""
    made = make_line()
    with connection.cursor() as cursor:
        cursor.execute(f'set local role "{connection.settings_dict["USER"]}"')
    yield made
    with connection.cursor() as cursor:
        cursor.execute("reset role")
