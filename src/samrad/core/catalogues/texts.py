"""The texts as they stand in the code and the templates."""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel.messages.extract import extract as babel_extract

SAMRAD = Path(__file__).resolve().parents[2]
# config is no Django app, so Django would not look there: its few texts live in core's catalogue.
LODGERS = {"config": "core"}
TEMPLATE_KINDS = {".html", ".txt", ".xml", ".svg"}

# Where the context, the text and its plural stand among the arguments, as Babel wants it.
_PLAIN: dict[str, Any] = {
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
KEYWORDS: dict[str, Any] = {
    **_PLAIN,
    **{f"{name}_lazy": spec for name, spec in _PLAIN.items()},
    "gettext_noop": None,
    "_": None,
}

Key = tuple[str | None, str]  # context and (singular) text


@dataclass
class Text:
    """One text as it stands in the code."""

    context: str | None
    singular: str
    plural: str | None = None
    files: set[str] = field(default_factory=set)

    @property
    def key(self) -> Key:
        return (self.context, self.singular)

    @property
    def id(self) -> Any:
        return (self.singular, self.plural) if self.plural else self.singular


class NotLiteral(ValueError):
    """A text that is put together before it is looked up can never be found in a catalogue."""


def rooms(root: Path = SAMRAD) -> list[str]:
    """Every room that may have texts."""
    return sorted(p.parent.name for p in root.glob("*/apps.py"))


def _aliases(tree: ast.AST) -> dict[str, str]:
    """Local name -> gettext function, after the imports of django.utils.translation."""
    names = {name: name for name in KEYWORDS}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            for alias in node.names:
                if alias.name in KEYWORDS:
                    names[alias.asname or alias.name] = alias.name
    return names


def _literals(node: ast.Call, function: str, count: int) -> list[str]:
    values: list[str] = []
    for argument in node.args[:count]:
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
            raise NotLiteral(f"line {node.lineno}: {function}() takes a literal text")
        values.append(argument.value)
    if len(values) < count:
        raise NotLiteral(f"line {node.lineno}: {function}() takes {count} literal texts")
    return values


def texts_in_python(source: str) -> Iterator[Text]:
    """The texts of a Python file."""
    tree = ast.parse(source)
    names = _aliases(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
        whole = isinstance(called, ast.Attribute) and getattr(called.value, "id", "") == "translation"
        if not (isinstance(called, ast.Name) and name in names) and not (whole and name in KEYWORDS):
            continue
        function = names.get(name, name)
        base = function.removesuffix("_lazy").removesuffix("_noop")
        count = {"ngettext": 2, "pgettext": 2, "npgettext": 3}.get(base, 1)
        values = _literals(node, function, count)
        context = values.pop(0) if base.startswith(("pgettext", "npgettext")) else None
        if values[0]:
            yield Text(context, values[0], values[1] if len(values) > 1 else None)


def texts_in_template(source: str, name: str = "") -> Iterator[Text]:
    """The texts of a Django template, also those in the arguments of component tags."""
    from django.utils.translation.template import templatize

    # Indentation means nothing in a template, but Babel reads the result as Python.
    code = "\n".join(line.strip() for line in templatize(source, origin=name).split("\n"))
    for _line, found, _comments, context in babel_extract("python", io.BytesIO(code.encode()), KEYWORDS):
        if isinstance(found, str):
            yield Text(context, found)
        elif found and found[0]:
            yield Text(context, found[0], found[1] if len(found) > 1 else None)


def _sources(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if "migrations" in parts or "locale" in parts or not path.is_file():
            continue
        if path.suffix == ".py" or ("templates" in parts and path.suffix in TEMPLATE_KINDS):
            yield path


def texts_of(room: str, root: Path = SAMRAD) -> dict[Key, Text]:
    """Every text of a room, by context and text."""
    found: dict[Key, Text] = {}
    folders = [room, *(lodger for lodger, host in LODGERS.items() if host == room)]
    for path in (p for folder in folders for p in _sources(root / folder)):
        name = path.relative_to(root).as_posix()
        source = path.read_text(encoding="utf-8")
        try:
            texts = list(texts_in_python(source) if path.suffix == ".py" else texts_in_template(source, name))
        except (NotLiteral, SyntaxError) as error:
            raise SystemExit(f"{name}: {error}") from error
        for text in texts:
            known = found.setdefault(text.key, text)
            known.plural = known.plural or text.plural
            known.files.add(name)
    return found
