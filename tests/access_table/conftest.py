"""The table's data, made once a process; its tests read as the application, so row security stands behind."""

from collections.abc import Iterator

import pytest

from tests.access_table.world import World, make_world
from tests.kept import Kept


@pytest.fixture
def in_world(kept_world: Kept) -> Iterator[World]:
    """Where an initiative stands in each column."""
    with kept_world(make_world) as made:
        yield made


@pytest.fixture
def world(in_world: World, db: None) -> World:
    """Everyone, and an initiative in each column, as if made for the one test alone."""
    return in_world
