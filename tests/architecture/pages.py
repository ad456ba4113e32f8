"""Checks of templates and URLs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver

from tests.architecture.house import ROOMS, Source, level

MAX_TEMPLATE = 150
# Templates that Django or the browser wants at the root.
ROOTLESS = frozenset({"404.html", "403.html", "500.html", "robots.txt"})

_COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}|<!--.*?-->", re.S)
_TEMPLATE_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.S)
_TAG = re.compile(r"""<([a-zA-Z][\w-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>""", re.S)
_ATTRIBUTE = re.compile(r"""(?:^|\s)([\w:@.-]+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?""")
_BORROWED = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"'#]+)""")


def _blanked(text: str) -> str:
    """The text without comments, its lines where they were."""
    return _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)


def borrow_faults(source: Source) -> list[str]:
    """A template includes and extends only its own room's or an earlier one's."""
    faults = []
    for name in _BORROWED.findall(_blanked(source.text)):
        other = name.split("/")[0]
        if other not in ROOMS:
            faults.append(f"{name} belongs to no room")
        elif level(other) > level(source.room):
            faults.append(f"{name} belongs to a later room")
    return faults


def place_faults(source: Source) -> list[str]:
    """A room's templates lie in a folder with the room's name."""
    folder = source.name.split("/templates/", 1)[1]
    if folder.split("/")[0] == source.room or folder in ROOTLESS:
        return []
    return [f"lies outside templates/{source.room}/"]


def inline_faults(source: Source) -> list[str]:
    """The browser would refuse it: style=, <style>, a script with a body, a handler in an attribute."""
    text = _blanked(source.text)
    faults = []
    for tag in _TAG.finditer(_TEMPLATE_CODE.sub(lambda code: re.sub(r"[^\n]", "x", code[0]), text)):
        line = text[: tag.start()].count("\n") + 1
        names = {name.lower() for name in _ATTRIBUTE.findall(tag[2])}
        faults += [f"line {line}: {n}=" for n in sorted(names) if n == "style" or re.fullmatch(r"on[a-z]+", n)]
        kind = tag[1].lower()
        if kind == "style" or (kind == "script" and "src" not in names and "json" not in tag[2]):
            faults.append(f"line {line}: inline <{kind}>")
        if re.search(r"""=\s*["']?\s*javascript:""", tag[2], re.I):
            faults.append(f"line {line}: javascript: address")
    return faults


def template_size_faults(source: Source) -> list[str]:
    """Small enough to see."""
    return [f"{source.lines} lines, at most {MAX_TEMPLATE}"] if source.lines > MAX_TEMPLATE else []


def url_faults(prefix: str, namespace: str, module: str) -> list[str]:
    """The first word of the address, the namespace and the folder of the code are one and the same."""
    first = prefix.split("/")[0]
    room = module.split(".")[1] if module.startswith("samrad.") else ""
    faults = []
    if first != namespace:
        faults.append(f"/{prefix} has the namespace {namespace or 'none'}")
    if room != namespace:
        faults.append(f"/{prefix} is answered by {module}")
    return faults


def urls(
    patterns: Iterable[URLPattern | URLResolver], prefix: str = "", space: str = ""
) -> Iterator[tuple[str, str, str]]:
    """(address, namespace, module of the view) of every URL."""
    for pattern in patterns:
        address = prefix + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            yield from urls(pattern.url_patterns, address, space or pattern.namespace or "")
        else:
            view = pattern.callback
            yield address, space, getattr(view, "view_class", view).__module__
