"""What components need worked out before they can be drawn: shapes, shares, days and differences."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samrad.core.components import Bar, Point

ICONS = Path(__file__).parent / "static" / "samrad" / "vendor" / "aksel"
_ids = itertools.count(1)


def fresh_id(stem: str) -> str:
    """An id no other element on the page has."""
    return f"{stem}-{next(_ids)}"


@cache
def icon_paths(name: str) -> str:
    """The drawing inside one of Aksel's icons."""
    if not re.fullmatch(r"[A-Za-z0-9]+", name) or not (path := ICONS / f"{name}.svg").exists():
        raise ValueError(f"no icon named {name!r} in {ICONS}")
    inner = re.sub(r"^<svg[^>]*>|</svg>\s*$", "", path.read_text().strip())
    return inner.replace('fill="#000"', 'fill="currentColor"').replace("\n", "")


def _get(row: Any, name: str, default: Any = None) -> Any:
    return row.get(name, default) if isinstance(row, dict) else getattr(row, name, default)


def by_day(events: Iterable[Any]) -> list[tuple[date, list[Any]]]:
    """Events grouped by the day they happened here."""

    def day(event: Any) -> date:
        at: datetime = _get(event, "at")
        return timezone.localtime(at).date() if timezone.is_aware(at) else at.date()

    return [(key, list(group)) for key, group in itertools.groupby(events, day)]


@dataclass(frozen=True)
class Light:
    """A status as shape, word and colour."""

    code: str
    symbol: str
    word: Any


LIGHTS = {
    "green": Light("green", "●", gettext_lazy("On track")),
    "amber": Light("amber", "▲", gettext_lazy("Needs watching")),
    "red": Light("red", "■", gettext_lazy("Off track")),
}
GREY = Light("grey", "○", gettext_lazy("Not reported"))


def light(value: Any) -> Light:
    """The light of a code; yellow is another name for amber."""
    code = str(value or "")
    return LIGHTS.get("amber" if code == "yellow" else code, GREY)


def difference(old: str, new: str) -> SafeString:
    """Deleted and added words marked; the marks are said aloud too."""
    before, after = (re.findall(r"\s+|[^\s]+", text) for text in (old, new))
    parts: list[SafeString] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = "".join(before[a:b]), "".join(after[c:d])
        if tag == "equal":
            parts.append(format_html("{}", gone))
            continue
        if gone:
            parts.append(format_html('<del><span class="ds-sr-only">{} </span>{}</del>', _("Removed:"), gone))
        if come:
            parts.append(format_html('<ins><span class="ds-sr-only">{} </span>{}</ins>', _("Added:"), come))
    return format_html('<div class="difference">{}</div>', format_html_join("", "{}", ((p,) for p in parts)))


def _percent(value: float) -> str:
    return f"{min(max(value, 0), 1) * 100:.2f}"


@dataclass(frozen=True)
class DrawnBar:
    """A bar with its length in per cent, as text that no locale changes."""

    row: Any
    length: str
    plan: str


def bars(rows: Iterable[Any]) -> list[DrawnBar]:
    """Every bar measured against the longest."""
    made = [row if isinstance(row, Bar) else Bar(**row) for row in rows]
    longest = max((max(float(b.value), float(b.plan or 0)) for b in made), default=0) or 1
    return [
        DrawnBar(
            b,
            _percent(float(b.value) / longest),
            "" if b.plan is None else _percent(float(b.plan) / longest),
        )
        for b in made
    ]


@dataclass(frozen=True)
class Share:
    """How much of a whole, as text for the drawing and as a number to say."""

    length: str
    percent: int | None
    over: bool


def share(value: Any, total: Any) -> Share:
    """The share of a total; without a total there is nothing to say."""
    if not total or value is None:
        return Share("0", None, False)
    part = float(value) / float(total)
    return Share(_percent(part), round(part * 100), part > 1)


@dataclass(frozen=True)
class Mark:
    """A numbered point at its place in a drawing of 400 by 300."""

    number: int
    point: Any
    cx: str
    cy: str


def marks(points: Iterable[Any]) -> list[Mark]:
    """Points placed and numbered."""
    made = [p if isinstance(p, Point) else Point(**p) for p in points]
    return [
        Mark(n, p, f"{50 + min(max(p.x, 0), 100) * 3.3:.1f}", f"{260 - min(max(p.y, 0), 100) * 2.4:.1f}")
        for n, p in enumerate(made, 1)
    ]
