"""Data directories of our own, which the server's user can reach and which leave nothing behind."""

import contextlib
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import psycopg
import pytest

from samrad.core.embedded import database_urls, stop

SECONDS = 180  # a busy machine takes its time


def until(happens: Callable[[], bool], what: str) -> None:
    """Wait for it, and no longer than three minutes."""
    deadline = time.monotonic() + SECONDS
    while not happens():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.05)


def kill(pids: Iterable[int]) -> None:
    """Kill -9, also where one process takes the next with it."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def ask(data: Path, statement: str) -> list[tuple[object, ...]]:
    """Ask the embedded server as the owner."""
    with psycopg.connect(database_urls(data)[1], autocommit=True) as connection:
        cursor = connection.execute(statement)  # type: ignore[call-overload]
        return list(cursor.fetchall()) if cursor.description else []


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder for data directories; every server in it is stopped afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="samrad-t-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    for data in folder.iterdir():
        if data.is_dir():
            stop(data)
    shutil.rmtree(folder)
