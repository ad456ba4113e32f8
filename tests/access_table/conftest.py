"""The table's data, made once for each file of tests; its tests read as the application, so row security stands behind."""

from collections.abc import Iterator

import pytest
from django.db import connections, transaction
from pytest_django import DjangoDbBlocker

from tests.access_table.world import World, make_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Made as the owner; from then on the tests are the application. Undone when the file is through."""
    with django_db_blocker.unblock():
        connection = connections["default"]
        with transaction.atomic():
            made = make_world()
            with connection.cursor() as cursor:
                cursor.execute("set local role samrad_app")
            yield made
            transaction.set_rollback(True)
