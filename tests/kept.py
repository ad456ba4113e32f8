"""Worlds that are made once: each process makes one in a database of its own, and each test undoes what it did there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any, Protocol, TypeVar

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker

T = TypeVar("T")


def name_in_use() -> str:
    """The database that both roles are in."""
    return str(connections["default"].settings_dict["NAME"])


# The sessions that wait in a database while the tests are in another: a new one would have to get to know each table again.
_waiting: dict[tuple[str, str], Any] = {}


def use(name: str) -> None:
    """Let both roles go on in another database."""
    for connection in connections.all():
        assert not connection.in_atomic_block, "what is begun in one database is ended there"
        if connection.connection is not None:
            _waiting[connection.alias, connection.settings_dict["NAME"]] = connection.connection
        connection.connection = _waiting.pop((connection.alias, name), None)
        connection.settings_dict["NAME"] = name


def _leave(name: str) -> None:
    """End every session in a database: one that somebody uses cannot be copied or dropped."""
    for connection in connections.all():
        waiting = _waiting.pop((connection.alias, name), None)
        if waiting is not None:
            waiting.close()
        if connection.settings_dict["NAME"] == name:
            connection.close()


def copy(source: str, target: str) -> None:
    """Make a database like another, in place of any of that name."""
    _leave(source)
    _leave(target)
    with connections["owner"]._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        # A browser's last request may have left a session in a thread that is gone.
        cursor.execute(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = %s"
            " and pg_has_role(usesysid, 'member')",
            [source],
        )
        cursor.execute(f'drop database if exists "{target}" with (force)')
        cursor.execute(f'create database "{target}" template "{source}"')


def drop(name: str) -> None:
    """Take a database away."""
    _leave(name)
    with connections["owner"]._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f'drop database if exists "{name}" with (force)')


class Kept(Protocol):
    """Go to a world, which is made the first time, and come back."""

    def __call__(self, make: Callable[[], T]) -> Any: ...


@pytest.fixture(scope="session")
def kept_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Kept]:
    """A fixture goes to its world before it asks for `db`, so that what the test does is undone in there.

    What `make` returns is copied for each test.
    """
    made: dict[Callable[[], Any], tuple[str, Any]] = {}

    @contextmanager
    def within(make: Callable[[], T]) -> Iterator[T]:
        before = name_in_use()
        with django_db_blocker.unblock():
            if make not in made:
                own = f"{before}_{len(made)}"
                copy(before, own)
                use(own)
                made[make] = own, make()
            use(made[make][0])
        yield deepcopy(made[make][1])
        with django_db_blocker.unblock():
            use(before)

    yield within
    with django_db_blocker.unblock():
        for name, _value in made.values():
            drop(name)
