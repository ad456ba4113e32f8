"""The demo region for tests, built once a run: each process copies it, and each test undoes what it did."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from samrad.core.acting import acting_for
from samrad.organisation.models import Entity, Person
from tests.kept import copy, drop, name_in_use, use

INITIATIVES = 10


@contextmanager
def _in_turn(folder: Path) -> Iterator[None]:
    with (folder / "region.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build(name: str) -> None:
    from samrad.config.demo import build

    before = name_in_use()
    copy(before, name)
    use(name)
    build(say=lambda line: None, limit=INITIATIVES)
    use(before)


@pytest.fixture(scope="session")
def region_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of this process's copy: ten initiatives, as far as the demo takes each, made by their own people."""
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if base.name.startswith("popen-") else base  # what the processes of a run share
    made = folder / "region"
    own = f"{name_in_use()}_region"
    with django_db_blocker.unblock(), _in_turn(folder):
        first = not made.exists()
        if first:
            _build(f"{own}_made")  # nobody uses it, so it can be copied at any time
            made.write_text(f"{own}_made")
        copy(made.read_text(), own)
    yield own
    with django_db_blocker.unblock(), _in_turn(folder):
        drop(own)
        if first:
            drop(made.read_text())
            made.unlink()  # who comes later builds another


@pytest.fixture
def in_region(region_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Both roles go to the region's database before the test's transaction begins, and back after it is undone."""
    before = name_in_use()
    with django_db_blocker.unblock():
        use(region_database)
    yield
    with django_db_blocker.unblock():
        use(before)


@pytest.fixture
def region(in_region: None, db: None) -> None:
    """The demo region, as if made for this test alone."""


@pytest.fixture
def client_of(region: None) -> Callable[[str], Client]:
    """A browser signed in as one of the demo's people, by the first part of the e-mail address."""

    def signed_in(key: str) -> Client:
        with acting_for(Entity.objects.values_list("pk", flat=True)):
            person = Person.objects.select_related("account").get(email=f"{key}@demo.example")
        client = Client()
        assert person.account is not None
        client.force_login(person.account)
        return client

    return signed_in
