"""The table's data, made once for each file of tests; its tests read as the application, so row security stands behind."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.access_table.world import World, make_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Everything is one transaction of the application's, undone when the file is through."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def changing(world: World) -> Iterator[World]:
    """The same, for a test that changes something: undone after it."""
    with transaction.atomic():
        yield world
        transaction.set_rollback(True)
