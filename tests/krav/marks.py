"""Which requirement each test stands for, read from the marks without running anything."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IDS = ROOT / "docs" / "krav-ids.txt"
TABLE = ROOT / "docs" / "krav.md"
# Beside the repository where the requirement document is at hand; the ids are committed for where it is not.
REQUIREMENTS = [base / "shared" / "domain" / "requirements.md" for base in (ROOT.parent, ROOT.parent.parent)]


@dataclass(frozen=True)
class Mark:
    """One `krav(…)` on one test."""

    criterion: str
    test: str
    guards: tuple[str, ...]


def criteria_in(text: str) -> list[str]:
    """The ids in the requirement tables: «S20.AK1»; a row that joins lines is named by its first."""
    found: list[str] = []
    for line in text.splitlines():
        if row := re.match(r"\|\s*\*\*(S\d+)", line):
            found += [f"{row[1]}.{criterion}" for criterion in re.findall(r"\bAK\d+\b", line)]
    return list(dict.fromkeys(found))


def requirement_document() -> Path | None:
    """The document, where it is at hand."""
    return next((path for path in REQUIREMENTS if path.exists()), None)


def criteria() -> list[str]:
    """Every criterion there is, in the document's order."""
    document = requirement_document()
    return criteria_in(document.read_text(encoding="utf-8")) if document else IDS.read_text().split()


def _strings(node: ast.expr) -> tuple[str, ...]:
    found = node.elts if isinstance(node, ast.List | ast.Tuple | ast.Set) else [node]
    texts = [part.value for part in found if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    if len(texts) != len(found):
        raise ValueError(f"line {node.lineno}: krav() takes its id and its guards as plain texts")
    return tuple(texts)


def _calls(nodes: list[ast.expr]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(criterion, guards) of every krav(…) within."""
    for node in (inner for outer in nodes for inner in ast.walk(outer)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name == "krav":
            guards = next((keyword.value for keyword in node.keywords if keyword.arg == "guards"), None)
            for criterion in _strings(node.args[0]):
                yield criterion, _strings(guards) if guards is not None else ()


def marks_in(source: str, name: str) -> Iterator[Mark]:
    """The marks of a test file: on functions, on classes, and on the file itself (pytestmark)."""

    def within(body: list[ast.stmt], above: list[ast.expr], path: str) -> Iterator[Mark]:
        for node in body:
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "pytestmark":
                above = [*above, node.value]
        for node in body:
            if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
                yield from within(node.body, [*above, *node.decorator_list], f"{path}::{node.name}")
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test"):
                for criterion, guards in _calls([*above, *node.decorator_list]):
                    yield Mark(criterion, f"{path}::{node.name}", guards)

    yield from within(ast.parse(source).body, [], name)


def all_marks(root: Path = ROOT) -> list[Mark]:
    """Every mark of every test."""
    return [
        mark
        for path in sorted((root / "tests").rglob("test_*.py"))
        for mark in marks_in(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())
    ]


def tests_of(marks: list[Mark]) -> dict[str, list[str]]:
    """Criterion -> its tests."""
    found: dict[str, list[str]] = defaultdict(list)
    for mark in marks:
        if mark.test not in found[mark.criterion]:
            found[mark.criterion].append(mark.test)
    return found


def lines(known: list[str], marks: list[Mark]) -> list[str]:
    """One line a criterion: its tests, or none."""
    tests = tests_of(marks)
    return [f"{criterion} {' '.join(tests.get(criterion, [])) or 'none'}" for criterion in known]


def table(known: list[str], marks: list[Mark]) -> str:
    """docs/krav.md."""
    tests = tests_of(marks)
    met = sum(criterion in tests for criterion in known)
    rows = []
    for criterion in known:
        guards = sorted({guard for mark in marks if mark.criterion == criterion for guard in mark.guards})
        named = "<br>".join(f"`{test}`" for test in tests.get(criterion, [])) or "–"
        rows.append(f"| {criterion} | {named} | {'<br>'.join(f'`{guard}`' for guard in guards) or '–'} |")
    head = [
        "# Requirements and their tests",
        "",
        "Made by `python -m tests.krav docs`. A line is a criterion (AK) of the requirement document.",
        "The guard is the code that makes it true: `make krav-mutants` turns it off, and the test must fail.",
        "",
        f"{met} of {len(known)} criteria have a test.",
        "",
        "| Criterion | Tests | Guards |",
        "|---|---|---|",
    ]
    return "\n".join([*head, *rows]) + "\n"
