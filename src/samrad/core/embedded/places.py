"""Where the embedded server lives, and which user of the machine runs it."""

from __future__ import annotations

import hashlib
import os
import pwd
from pathlib import Path
from typing import Any
from urllib.parse import quote

DATABASE = "samrad"
MAX_SOCKET_PATH = 93
SYSTEM_HOME = Path("/var/lib/samrad")


class ServerTrouble(RuntimeError):
    """The database server cannot be started; the message says why in a plain sentence."""


def cluster(data: Path) -> Path:
    """The folder of the database itself."""
    return data / "pg"


def server_uid(data: Path) -> int:
    """Who runs the server: ourselves; for root, who PostgreSQL refuses, the owner of the database or else nobody."""
    if os.geteuid() != 0:
        return os.geteuid()
    try:
        owner = cluster(data).stat().st_uid
    except OSError:
        owner = 0
    return owner or pwd.getpwnam("nobody").pw_uid


def as_server(data: Path) -> dict[str, Any]:
    """How a subprocess becomes the server's user: nothing to do, unless we are root."""
    if os.geteuid() != 0:
        return {}
    uid = server_uid(data)
    return {"user": uid, "group": pwd.getpwuid(uid).pw_gid, "extra_groups": []}


def _can_enter(folder: Path, uid: int) -> bool:
    found = folder.stat()
    return bool(found.st_mode & 0o001) or (found.st_uid == uid and bool(found.st_mode & 0o100))


def home(data: Path) -> Path:
    """Where the server's files go: the data directory, or for root a place that the server's user can reach."""
    data = data.resolve()
    if os.geteuid() != 0:
        return data
    uid = server_uid(data)
    if all(_can_enter(folder, uid) for folder in (data, *data.parents) if folder.exists()):
        return data
    return SYSTEM_HOME / _mark(data)


def _mark(data: Path) -> str:
    return hashlib.sha256(str(data).encode()).hexdigest()[:16]


def socket_dir(data: Path) -> Path:
    """Where the server's socket lies: beside the database, or in a short place where that path is too long."""
    inside = home(data) / "run"
    if len(str(inside / ".s.PGSQL.5432").encode()) <= MAX_SOCKET_PATH:
        return inside
    return Path(f"/tmp/samrad-{os.geteuid()}-{_mark(data.resolve())}")


def database_urls(data: Path) -> tuple[str, str]:
    """The addresses of the embedded server in `data`: as the application, and as the owner. Starts nothing."""
    where = quote(str(socket_dir(data)))  # in the one form that both Django's reader and libpq's understand
    return (f"postgres://samrad_app@/{DATABASE}?host={where}", f"postgres://samrad_owner@/{DATABASE}?host={where}")
