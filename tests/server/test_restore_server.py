"""A backup is read into a PostgreSQL server of one's own, where one answers: other roles, perhaps an older version."""

from __future__ import annotations

import secrets
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from samrad.core.backup import BackupTrouble, backup, restore_server
from samrad.core.embedded import using
from tests.server.conftest import ask
from tests.server.test_backup import SECRET
from tests.server.test_serve import command, environment

SERVER = "127.0.0.1:5432"
AT = datetime(2026, 11, 24, tzinfo=UTC)


class Place:
    """An empty database on the server, with an owner and an application role of its own."""

    def __init__(self, server: psycopg.Connection[tuple[object, ...]]) -> None:
        self.name = f"samrad_restore_{secrets.token_hex(4)}"
        password = secrets.token_hex(16)
        for role in ("owner", "app"):
            statement = "create role {} login nosuperuser nobypassrls password {}"
            server.execute(sql.SQL(statement).format(sql.Identifier(f"{self.name}_{role}"), sql.Literal(password)))
        server.execute(f"create database {self.name} owner {self.name}_owner")
        self.owner_url = f"postgres://{self.name}_owner:{password}@{SERVER}/{self.name}"
        self.app_url = f"postgres://{self.name}_app:{password}@{SERVER}/{self.name}"

    def ask(self, statement: str) -> list[tuple[object, ...]]:
        """As the superuser, whom row security does not bind."""
        with psycopg.connect(f"postgres://postgres@{SERVER}/{self.name}", autocommit=True) as connection:
            return list(connection.execute(statement).fetchall())  # type: ignore[call-overload]


@pytest.fixture
def own() -> Iterator[Place]:
    try:
        server = psycopg.connect(f"postgres://postgres@{SERVER}/postgres?connect_timeout=2", autocommit=True)
    except psycopg.OperationalError:
        pytest.skip(f"no PostgreSQL server answers at {SERVER}")
    with server:
        made = Place(server)
        yield made
        server.execute(f"drop database {made.name} with (force)")
        for role in ("owner", "app"):
            server.execute(f"drop role {made.name}_{role}")


@pytest.fixture
def copy(place: Path) -> Path:
    """A backup of two rows under row security, a stored file and a key."""
    data, target = place / "one", place / "copy.tar"
    with using(data):
        ask(data, SECRET)
        (data / "files" / "ab").mkdir(parents=True)
        (data / "files" / "ab" / "cd").write_bytes(b"\x00whole")
        (data / "secret-key").write_text("key")
        backup(data, target, at=AT)
    return target


ROWS = "select id, name from secret order by id"
BOUND = "select relrowsecurity, relforcerowsecurity from pg_class where relname = 'secret'"


def test_everything_comes_back_on_a_server_of_ones_own(own: Place, copy: Path, place: Path) -> None:
    data = place / "two"
    restore_server(data, copy, owner_url=own.owner_url)
    assert own.ask(ROWS) == [(1, "Ærfugl"), (2, "Åkerrikse")]
    assert own.ask(BOUND) == [(True, True)], "closed to everybody until the policies are made"
    assert (data / "files" / "ab" / "cd").read_bytes() == b"\x00whole"
    assert (data / "secret-key").read_text() == "key"
    assert sorted(p.name for p in data.iterdir() if p.name.startswith(".")) == []


def test_a_database_in_use_is_kept_unless_replaced_and_a_damaged_copy_changes_nothing(
    own: Place, copy: Path, place: Path
) -> None:
    data = place / "two"
    restore_server(data, copy, owner_url=own.owner_url)
    with psycopg.connect(own.owner_url, autocommit=True) as owner:
        owner.execute("create table newer (secret bigint references secret)")
    with pytest.raises(BackupTrouble, match="er i bruk"):
        restore_server(data, copy, owner_url=own.owner_url)
    whole = copy.read_bytes()
    spot = whole.index(b"\x00whole")
    copy.write_bytes(whole[:spot] + b"X" + whole[spot + 1 :])
    with pytest.raises(BackupTrouble, match="skadet"):
        restore_server(data, copy, owner_url=own.owner_url, replace=True)
    assert own.ask("select to_regclass('newer') is not null") == [(True,)]
    copy.write_bytes(whole)
    restore_server(data, copy, owner_url=own.owner_url, replace=True)
    assert own.ask("select to_regclass('newer') is not null") == [(False,)]
    assert len(own.ask(ROWS)) == 2


def test_an_installation_moves_to_a_server_of_ones_own(own: Place, place: Path) -> None:
    """By the command line: set up in a data directory, back it up, restore it on the server, and go on there."""
    data, moved, target = place / "data", place / "moved", place / "all.tar"
    server = {"DATABASE_URL": own.app_url, "SAMRAD_OWNER_URL": own.owner_url}

    def samrad(*words: str, at: Path, **more: str) -> str:
        done = subprocess.run(
            command(*words, data=at), capture_output=True, text=True, env={**environment(), **more}, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    samrad("organisation", "add", "fjelldal", "--name", "Fjelldal kommune", "--council", at=data)
    who = ("--organisation", "fjelldal", "--email", "kari@fjelldal.example")
    samrad("person", "add", *who, "--name", "Kari", "--role", "administrator", at=data)
    samrad("backup", str(target), at=data)
    samrad("restore", str(target), at=moved, **server)
    assert "Fjelldal kommune" in samrad("organisation", "list", at=moved, **server)
    assert "/organisation/link/" in samrad("person", "link", *who, at=moved, **server)
    assert own.ask("select count(*) from organisation_person") == [(1,)]
    with psycopg.connect(own.app_url) as application:
        application.execute("select set_config('samrad.entities', '{}', false)")
        assert application.execute("select count(*) from organisation_person").fetchall() == [(0,)]
