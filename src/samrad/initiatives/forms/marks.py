"""What stood on a page when it was made: so that a field nobody has touched overwrites nothing another has written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

FIELD = "was"
KEEP = "keep-"
THEIRS = "theirs"


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return "" if value is None else value


def mark(value: Any) -> str:
    """A short mark of a value: equal values have equal marks."""
    text = json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def marks_of(values: Mapping[str, Any]) -> str:
    """The marks of what stands, for the hidden field of the page."""
    return json.dumps({name: mark(value) for name, value in values.items()}, separators=(",", ":"))


def read_marks(data: Mapping[str, Any] | None) -> dict[str, str]:
    """The marks that a page was made with; none where they cannot be read."""
    try:
        found = json.loads(str(data.get(FIELD, "")) if data else "")
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def theirs(data: Mapping[str, Any] | None) -> frozenset[str]:
    """The fields where one chose to keep what another has written."""
    if not data:
        return frozenset()
    return frozenset(name.removeprefix(KEEP) for name in data if name.startswith(KEEP) and data[name] == THEIRS)
