"""The file store: bytes by their own hash, on disk. Rows say what a file is called and whose it is."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

from django.conf import settings

_HASH = re.compile(r"[0-9a-f]{64}")


class Lost(Exception):
    """The stored bytes are not there, or no longer what their hash says."""


def store(content: bytes) -> str:
    """Keep the bytes and answer with their hash. Safely on disk when this returns, so the row may follow; twice is once."""
    sha256 = hashlib.sha256(content).hexdigest()
    place = path_of(sha256)
    if place.exists() and place.stat().st_size == len(content):
        return sha256
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=".new-", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o600)
        os.replace(temporary, place)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    # The names too must survive a power cut.
    for folder in (place.parent, place.parent.parent, root()):
        _sync(folder)
    return sha256


def read(sha256: str) -> bytes:
    """The bytes with this hash, checked against it."""
    try:
        content = path_of(sha256).read_bytes()
    except FileNotFoundError:
        raise Lost(sha256) from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Lost(sha256)
    return content


def path_of(sha256: str) -> Path:
    """Where the bytes with this hash lie."""
    if not _HASH.fullmatch(sha256):
        raise ValueError("not a SHA-256 in hex")
    return root() / sha256[:2] / sha256[2:4] / sha256


def root() -> Path:
    """The folder of the store."""
    return Path(settings.FILES_DIR)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
