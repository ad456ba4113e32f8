"""The house as it stands: its rooms in order, its files and what they are for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from samrad.config import settings

ROOT = Path(__file__).resolve().parents[2]
ROOMS: list[str] = settings.ROOMS
SAMRAD = ROOT / "src" / "samrad"

# A room is entered by these files only …
FRONT_DOOR = frozenset({"models", "queries", "actions", "policy", "events", "workflow"})
# … and a few have one more door. core and documents are for all to use (None: every file but PRIVATE).
OTHER_DOORS: dict[str, frozenset[str] | None] = {
    "core": None,
    "documents": None,
    "organisation": FRONT_DOOR | {"actors", "roles", "middleware"},
    "initiatives": FRONT_DOOR | {"content"},
}
PRIVATE = frozenset({"urls", "forms", "tasks", "admin", "apps", "migrations", "management"})
BELOW_VIEWS = frozenset(
    [
        "models",
        "workflow",
        "events",
        "queries",
        "policy",
        "actions",
        "notifications",
        "tasks",
        "papers",
        "gateway",
        "forms",
    ]
)


def level(room: str) -> int:
    """How late in the process: a room may know those with a lower level."""
    return len(ROOMS) if room == "config" else len(ROOMS) - 1 - ROOMS.index(room)


@dataclass(frozen=True)
class Source:
    """A file of a room; `name` is relative to src/samrad."""

    name: str
    text: str

    @property
    def room(self) -> str:
        return self.name.split("/")[0]

    @property
    def role(self) -> str:
        """What kind of file it is: a package counts as the file it grew from."""
        parts = self.name.split("/")
        return parts[1].removesuffix(".py") if len(parts) > 1 else ""

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())


def python_sources() -> list[Source]:
    """Every Python file, but the migrations that Django writes."""
    return [
        Source(path.relative_to(SAMRAD).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted(SAMRAD.rglob("*.py"))
        if "migrations" not in path.parts and path.stat().st_size
    ]


def template_sources() -> list[Source]:
    """Every template."""
    return [
        Source(path.relative_to(SAMRAD).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted(SAMRAD.glob("*/templates/**/*"))
        if path.is_file() and path.suffix in {".html", ".txt", ".svg", ".xml"}
    ]


def room_folders() -> set[str]:
    """Every folder that holds code, except the one that imports them all."""
    return {path.parent.name for path in SAMRAD.glob("*/__init__.py")} - {"config"}


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, module) for everything imported; `from a import b` gives a.b, for b may be a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
