"""The mark `krav`, the environment variable that switches one guard off, and the region every test begins with."""

from collections.abc import Generator, Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tests.krav.mutants import mutant_from_environment
from tests.krav.region import Region, make_region


@pytest.fixture(scope="package")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Where the region's attachments lie; named by their content, so what a test adds disturbs nobody."""
    with override_settings(FILES_DIR=tmp_path_factory.mktemp("files")):
        yield


@pytest.fixture(scope="package")
def demo_region(folder: None, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Region]:
    """The region, made once in a transaction that is undone when this folder's tests are done.

    Not with pytest-django's `db`: it closes the connection after each test, and the region with it.
    """
    with django_db_blocker.unblock():
        outermost = transaction.atomic()
        outermost.__enter__()
        made = make_region()
    yield made
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outermost.__exit__(None, None, None)


@pytest.fixture
def region(demo_region: Region, django_db_blocker: DjangoDbBlocker) -> Iterator[Region]:
    """The region as it was made: what a test does to it is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield demo_region
        transaction.set_rollback(True)


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark known."""
    config.addinivalue_line(
        "markers",
        "krav(criterion, guards=...): what the test stands for, and the code that makes it true",
    )


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Fixtures are made with the guard on; only the test itself is without it."""
    with mutant_from_environment():
        return (yield)
