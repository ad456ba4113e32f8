"""One world a module: made once by actions, and every test undone to the world it found."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import override_settings
from pytest_django import DjangoDbBlocker

from tests.access.marked import Marked, make_marked
from tests.access.world import World, make_world


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """A transaction around the whole module, as the application role, and a file store of its own."""
    folder = tmp_path_factory.mktemp("access")
    with django_db_blocker.unblock(), override_settings(FILES_DIR=folder / "files"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f'set local role "{connection.settings_dict["USER"]}"')
        yield folder
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(made: Path) -> World:
    """Everyone, and a case at each of its stages."""
    blocked = made / "no-folder"
    blocked.write_text("a file where the folder should be")
    return make_world(blocked / "archive")


@pytest.fixture(scope="module")
def marked(made: Path) -> tuple[World, dict[str, Marked]]:
    """Everyone, and two needs with a marker in every field that can be exempt."""
    return make_marked()


@pytest.fixture(autouse=True)
def _undone(request: pytest.FixtureRequest) -> Iterator[None]:
    """What one test does, or breaks, the next never sees."""
    if "made" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("made")
    for name in ("world", "marked"):
        if name in request.fixturenames:
            request.getfixturevalue(name)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
