"""The embedded server: one of it, back after kill -9 with nothing lost, and the same after backup and restore."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from samrad.core.backup import BackupTrouble, backup, restore
from samrad.core.embedded import DATABASE, ensure_running, is_running, socket_dir, stop

AT = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def data() -> Iterator[Path]:
    # Not pytest's own folder: the server's user must be able to reach it.
    base = Path(tempfile.mkdtemp(prefix="samrad-test-", dir="/tmp"))
    base.chmod(0o755)
    yield base / "data"
    for place in (base / "data", base / "other"):
        stop(place)
    shutil.rmtree(base, ignore_errors=True)


def connect(data: Path) -> psycopg.Connection[tuple[int]]:
    return psycopg.connect(host=str(socket_dir(data)), user="samrad_owner", dbname=DATABASE, autocommit=True)  # type: ignore[return-value]


def test_four_who_start_at_once_get_one_server(data: Path) -> None:
    code = f"from pathlib import Path; from samrad.core.embedded import ensure_running; ensure_running(Path({str(data)!r}))"
    starts = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(4)]
    assert [s.wait(timeout=120) for s in starts] == [0, 0, 0, 0]
    assert is_running(data)
    with connect(data) as connection:
        row = connection.execute("select count(*) from pg_roles where rolname like 'samrad%'").fetchone()
        assert row == (4,)


def test_kill_nine_loses_nothing_that_was_committed(data: Path) -> None:
    ensure_running(data)
    with connect(data) as connection:
        connection.execute("create table kept (n int)")
        connection.execute("insert into kept select generate_series(1, 1000)")
    os.kill(int((data / "pg" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    ensure_running(data)
    with connect(data) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (1000,)


def test_a_backup_restores_the_database_and_the_files(data: Path) -> None:
    ensure_running(data)
    with connect(data) as connection:
        connection.execute("create table kept as select 'Æøå' as word")
    (data / "files" / "ab").mkdir(parents=True)
    (data / "files" / "ab" / "fil").write_bytes(b"innhold")
    copy, other = data.parent / "kopi.tar", data.parent / "other"
    backup(data, copy, at=AT)
    restore(other, copy)
    ensure_running(other)
    assert (other / "files" / "ab" / "fil").read_bytes() == b"innhold"
    with connect(other) as connection:
        assert connection.execute("select word from kept").fetchone() == ("Æøå",)
    with pytest.raises(BackupTrouble, match="i bruk"):
        restore(other, copy)


def test_a_damaged_backup_changes_nothing(data: Path) -> None:
    ensure_running(data)
    copy, other = data.parent / "kopi.tar", data.parent / "other"
    backup(data, copy, at=AT)
    whole = bytearray(copy.read_bytes())
    middle = whole.index(b"PGDMP") + 200
    whole[middle : middle + 8] = b"spoiled!"
    copy.write_bytes(whole)
    with pytest.raises(BackupTrouble, match="skadet"):
        restore(other, copy)
    assert not other.exists()
