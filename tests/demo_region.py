"""The demo region for tests, built once a run: each process copies it, and each test undoes what it did."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client
from pytest_django import DjangoDbBlocker

from samrad.core.acting import acting_for
from samrad.organisation.models import Entity, Person

INITIATIVES = 10


def _use(name: str) -> None:
    """Let both roles go on in another database."""
    for connection in connections.all():
        connection.close()
        connection.settings_dict["NAME"] = name


def _copy(source: str, target: str) -> None:
    for connection in connections.all():
        connection.close()  # a database that somebody uses cannot be copied
    with connections["owner"]._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f'drop database if exists "{target}" with (force)')
        cursor.execute(f'create database "{target}" template "{source}"')


def _drop(name: str) -> None:
    with connections["owner"]._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f'drop database if exists "{name}" with (force)')


@contextmanager
def _in_turn(folder: Path) -> Iterator[None]:
    with (folder / "region.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build(name: str) -> None:
    from samrad.config.demo import build

    before = str(connections["default"].settings_dict["NAME"])
    _copy(before, name)
    _use(name)
    build(say=lambda line: None, limit=INITIATIVES)
    _use(before)


@pytest.fixture(scope="session")
def region_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of this process's copy: ten initiatives, as far as the demo takes each, made by their own people."""
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if base.name.startswith("popen-") else base  # what the processes of a run share
    made = folder / "region"
    own = f"{connections['default'].settings_dict['NAME']}_region"
    with django_db_blocker.unblock(), _in_turn(folder):
        first = not made.exists()
        if first:
            _build(own)
            made.write_text(own)
        else:
            _copy(made.read_text(), own)
    yield own
    with django_db_blocker.unblock(), _in_turn(folder):
        if first:
            made.unlink()  # who comes later builds another
        _drop(own)


@pytest.fixture
def in_region(region_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Both roles go to the region's database before the test's transaction begins, and back after it is undone."""
    before = str(connections["default"].settings_dict["NAME"])
    with django_db_blocker.unblock():
        _use(region_database)
    yield
    with django_db_blocker.unblock():
        _use(before)


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
