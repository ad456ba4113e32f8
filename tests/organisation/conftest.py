"""Every page test reads and writes as the application role, so row security stands behind it."""

from collections.abc import Iterator

import pytest
from django.db import connection

from tests.initiatives.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """The people, made as the owner; from then on the test is the application."""
    made = make_cast()
    with connection.cursor() as cursor:
        cursor.execute(f'set local role "{connection.settings_dict["USER"]}"')
    yield made
    with connection.cursor() as cursor:
        cursor.execute("reset role")
