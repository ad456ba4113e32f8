"""Checks of Python files."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.architecture.house import (
    BELOW_VIEWS,
    FRONT_DOOR,
    OTHER_DOORS,
    PRIVATE,
    ROOMS,
    Source,
    imports,
    level,
)

MAX_FILE, MAX_FUNCTION = 400, 60
VAGUE = frozenset({"utils", "util", "helpers", "helper", "services", "service", "common", "misc"})
# Where the clock may be read: at the edge, where a person or the timer comes in.
CLOCK = frozenset({"views", "tasks", "middleware", "context", "management", "cli", "config", "templatetags"})
# Files that write outside actions and tasks, and why.
WRITERS = {
    "organisation/models.py": "the manager Django wants for accounts",
    "eventlog/actions.py": "the log itself",
}
# Public functions in actions that are not verbs of a person, and why.
NOT_VERBS = {
    "eventlog/actions.py": "the log itself: record() is what everybody else must call",
    "cases/actions.py:lock_case": "the first step of verbs in several rooms, which leave the trace",
    "initiatives/actions/drafting.py:sort_key": "a title's place in the alphabet",
    "initiatives/actions/drafting.py:next_number": "part of the verb that asks for a number, which leaves the trace",
    "initiatives/actions/drafting.py:make_draft": "part of the verb that asks for a draft, which leaves the trace",
    "initiatives/actions/content.py:lock_initiative": "the first step of verbs, which leave the trace",
    "initiatives/actions/drafting.py:cooperation_of": "whom a new row is shared with",
    "systems/actions/importing.py:lock_import": "the first step of verbs, which leave the trace",
    "systems/actions/keeping.py:cooperation_of": "whom an entity can share with: a look-up",
    "organisation/actions/importing.py:lock_import": "the first step of verbs, which leave the trace",
    "portfolio/actions/rowplans.py": "what rows of a file would do; import_rows carries it out and leaves the trace",
    "portfolio/actions/rowscenes.py": "what rows of a file come to; import_rows carries it out and leaves the trace",
    "portfolio/actions/previews.py": "what the first rows of a file say; nothing is written",
    "portfolio/actions/uploads.py:lock_rows": "the first step of verbs, which leave the trace",
    "portfolio/actions/mappings.py:lock_batch": "the first step of verbs, which leave the trace",
    "portfolio/actions/projects.py:lock_project": "the first step of verbs, which leave the trace",
    "portfolio/actions/reports.py:canonical": "how a report is written down to be hashed",
    "organisation/actions/access.py:attempt_sign_in": "signing in comes before anyone acts",
    "organisation/actions/access.py:ask_for_link": "asked before anyone acts; make_link leaves the trace",
}


def front_door_faults(source: Source) -> list[str]:
    """Other rooms are entered by their front door, and only those earlier in the process."""
    faults = []
    for line, module in imports(source.tree):
        parts = module.split(".")
        if parts[0] != "samrad" or len(parts) < 2 or source.room == "config":
            continue
        other, door = parts[1], parts[2] if len(parts) > 2 else ""
        if other == source.room:
            continue
        if other not in ROOMS:
            faults.append(f"line {line}: nobody imports {other}")
        elif level(other) > level(source.room):
            faults.append(f"line {line}: {source.room} comes before {other} and cannot know it")
        else:
            doors = OTHER_DOORS.get(other, FRONT_DOOR)
            if door in PRIVATE or (doors is not None and door not in doors):
                faults.append(f"line {line}: {other} is not entered by {door or 'itself'}")
    return faults


def _calls(node: ast.AST) -> Iterator[tuple[str, str]]:
    """(what stands before the dot, the name called)."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call):
            if isinstance(inner.func, ast.Name):
                yield "", inner.func.id
            elif isinstance(inner.func, ast.Attribute):
                yield getattr(inner.func.value, "id", "?"), inner.func.attr


def _other_actions(source: Source) -> tuple[set[str], set[str]]:
    """Names imported from an actions file, and names of actions modules themselves."""
    functions: set[str] = set()
    modules: set[str] = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                name = alias.asname or alias.name
                if alias.name == "actions" or node.module.split(".")[-1] == "actions":
                    modules.add(name)
                if "actions" in node.module.split("."):
                    functions.add(name)
    return functions - {"when", "handlers", "Happened"}, modules


def recording_functions(source: Source) -> set[str]:
    """The functions of a file that record: directly, or through another in the file or another action."""
    functions, modules = _other_actions(source)
    calls = {
        node.name: set(_calls(node))
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    recording = {
        name
        for name, called in calls.items()
        if any((not b and n in functions | {"record"}) or b in modules for b, n in called)
    }
    while True:
        more = {name for name, called in calls.items() if any(not b and n in recording for b, n in called)} - recording
        if not more:
            return recording
        recording |= more


def action_faults(source: Source) -> list[str]:
    """A verb is a keyword-only function with `by`, a docstring and a trace."""
    if source.role != "actions" or source.name in NOT_VERBS:
        return []
    faults = []
    recording = recording_functions(source)
    for node in source.tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
            continue
        if f"{source.name}:{node.name}" in NOT_VERBS:
            continue
        arguments = node.args
        if arguments.args or arguments.posonlyargs or arguments.vararg:
            faults.append(f"{node.name} takes arguments by position")
        if "by" not in {argument.arg for argument in arguments.kwonlyargs}:
            faults.append(f"{node.name} does not say by whom")
        if not ast.get_docstring(node):
            faults.append(f"{node.name} has no docstring")
        if node.name not in recording:
            faults.append(f"{node.name} leaves no trace: it never reaches record()")
    return faults


def request_faults(source: Source) -> list[str]:
    """No request below the views."""
    if source.role not in BELOW_VIEWS:
        return []
    found = []
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Name | ast.arg):
            continue
        name = node.id if isinstance(node, ast.Name) else node.arg
        if name in {"request", "HttpRequest"}:
            found.append(f"line {node.lineno}: {name} in {source.role}")
    return found


_BULK = frozenset({"bulk_create", "bulk_update"})
_MAKES = frozenset({"create", "get_or_create", "update_or_create", "acreate"})


def _through_manager(node: ast.AST) -> bool:
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}:
            return True
        node = node.func if isinstance(node, ast.Call) else node.value
    return False


def write_faults(source: Source) -> list[str]:
    """Rows are written in actions and tasks, where a trace is left.

    `.update(name=…)` without a positional argument and `.delete()` without any are the database's.
    """
    if source.role in {"actions", "tasks"} or source.name in WRITERS:
        return []
    faults = []
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        name = node.func.attr
        update = name == "update" and not node.args and node.keywords
        delete = name == "delete" and not node.args and not node.keywords
        makes = name in _MAKES and _through_manager(node.func.value)
        if name in _BULK or update or delete or makes:
            faults.append(f"line {node.lineno}: {name}() outside actions and tasks")
    return faults


_NOW = frozenset({"timezone.now", "datetime.now", "datetime.utcnow", "datetime.today", "date.today"})


def clock_faults(source: Source) -> list[str]:
    """Time comes in by the door. `timezone.localdate(at)` only translates, so it may stand anywhere."""
    if source.role in CLOCK or source.room == "config":
        return []
    faults = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute):
            name = f"{getattr(node.value, 'id', getattr(node.value, 'attr', ''))}.{node.attr}"
            if name in _NOW:
                faults.append(f"line {node.lineno}: {name} in {source.role}")
        called = node.func if isinstance(node, ast.Call) and not node.args and not node.keywords else None
        if isinstance(called, ast.Attribute) and called.attr in {"localdate", "localtime"}:
            faults.append(f"line {node.lineno}: {called.attr}() in {source.role}")
    return faults


def size_faults(source: Source) -> list[str]:
    """Small enough to see."""
    faults = [f"{source.lines} lines, at most {MAX_FILE}"] if source.lines > MAX_FILE else []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MAX_FUNCTION:
                faults.append(f"{node.name} has {lines} lines, at most {MAX_FUNCTION}")
    return faults


def name_faults(source: Source) -> list[str]:
    """A name says what is there."""
    words = {part.removesuffix(".py") for part in source.name.split("/")}
    return [f"{word} says nothing" for word in sorted(words & VAGUE)]


_NOQA = re.compile(r"#\s*noqa(:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?(.*)")


def silence_faults(source: Source) -> list[str]:
    """A rule that is switched off is named and has its reason beside it; mypy's are named."""
    faults = []
    for number, line in enumerate(source.text.splitlines(), 1):
        found = _NOQA.search(line)
        if found and (not found[1] or len(re.findall(r"\w+", found[2])) < 2):
            faults.append(f"line {number}: noqa without a rule and a reason")
        if re.search(r"#\s*type:\s*ignore(?!\[)", line):
            faults.append(f"line {number}: type: ignore without its code")
    return faults


def template_name_faults(source: Source) -> list[str]:
    """A template named in code is the room's own or an earlier one's."""
    faults = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and source.room != "config":
            found = re.fullmatch(r"(\w+)/[\w/.-]+\.(?:html|txt)(?:#\w+)?", node.value)
            if found and found[1] in ROOMS and level(found[1]) > level(source.room):
                faults.append(f"line {node.lineno}: {node.value} belongs to a later room")
    return faults


def pyproject_faults(text: str) -> list[str]:
    """Every lint rule that pyproject.toml ignores has its reason beside it, or on the line above."""
    faults: list[str] = []
    section, inside, above = "", False, ""
    for number, line in enumerate(text.splitlines(), 1):
        code, _, reason = line.partition("#")
        key, _, value = code.partition("=") if "=" in code else ("", "", code)
        if not inside and code.startswith("["):
            section = code.strip()
        elif section.startswith("[tool.ruff") and ("ignores" in section or "ignore" in key):
            inside = inside or "[" in value
        explained = reason.strip() or above.strip().startswith("#")
        if inside and re.search(r'"[A-Z]+\d*"', value) and not explained:
            faults.append(f"line {number}: {code.strip()} without a reason")
        if "]" in value:
            inside = False
        above = line
    return faults


# In the hour or two after midnight in Norway, these say yesterday.
DAY_IN_UTC = re.compile(r"current_date|now\(\)\.date\(\)|date\.today\(\)|utcnow", re.IGNORECASE)


def day_faults(source: Source) -> list[str]:
    """Today is the day in Norway: timezone.localdate() in Python, core.today in SQL."""
    text = source.text if source.name != "core/today.py" else ""
    return [f"says today in UTC: {found[0]}" for found in DAY_IN_UTC.finditer(text)]
