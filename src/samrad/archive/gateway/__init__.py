"""The folder export: a PDF/A and its metadata in a folder that another system reads. Whole or not at all."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from samrad.archive.gateway.arkivmelding import arkivmelding

__all__ = ["Unreachable", "arkivmelding", "export", "safe_name"]


class Unreachable(Exception):
    """The folder cannot be written to; the text says why."""


def safe_name(key: str) -> str:
    """A key as the first part of a file name: plain ASCII, no folders."""
    return re.sub(r"[^A-Za-z0-9._-]", "_", key)


def export(
    folder: Path,
    key: str,
    content: bytes,
    metadata: dict[str, Any],
    message: bytes,
    attachments: Sequence[tuple[str, bytes]] = (),
) -> None:
    """Write one document, its attachments, metadata and arkivmelding under its key. Twice leaves the same files."""
    name = safe_name(key)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # What tells of the document comes last: where it stands, the document and its attachments stand too.
        _write(folder / f"{name}.pdf", content)
        for number, (ending, attached) in enumerate(attachments, 1):
            _write(folder / f"{name}-{number}.{ending}", attached)
        _write(folder / f"{name}.json", (json.dumps(metadata, ensure_ascii=False, indent=1) + "\n").encode())
        _write(folder / f"{name}.xml", message)
    except OSError as error:
        raise Unreachable(f"{error.strerror or error}: {folder}") from error


def _write(path: Path, content: bytes) -> None:
    new = path.with_suffix(path.suffix + ".new")
    with new.open("wb") as f:
        f.write(content)
        f.flush()
        os.fsync(f.fileno())
    new.replace(path)
