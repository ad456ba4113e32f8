"""What a column seems to be, by its header and its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from samrad.core.sheets.cells import Cell, as_text
from samrad.core.sheets.files import Sheet

SURE, ENOUGH = 0.9, 0.62


@dataclass(frozen=True)
class Guess:
    """One column: what it seems to be («» for nothing), how sure that is, and some of its cells."""

    header: str
    target: str
    confidence: float
    samples: tuple[str, ...]


def plain(header: str) -> str:
    """A header as it is compared: no brackets, no signs, one kind of letters."""
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", header.casefold())
    return " ".join(re.findall(r"[^\W_]+", bare))


def likeness(header: str, known_as: str) -> float:
    """How like the header is to what people call a field («a|b|c»), 0 to 1."""
    name = plain(header)
    name = " ".join(re.sub(r"\b(mnok|tnok|tkr|mkr|nok|kr|mill|gbp|eur|i|the)\b", " ", name).split()) or name
    best = 0.0
    for known in known_as.split("|"):
        if name == known:
            return 1.0
        score = SequenceMatcher(None, name, known).ratio()
        ours, theirs = set(name.split()), set(known.split())
        if theirs <= ours:
            # «Budsjett 2026» holds «budsjett»; the more of the header that is left over, the less sure.
            score = max(score, 0.6 + 0.3 * len(theirs) / len(ours))
        best = max(best, min(score, 0.95))
    return best


def unit_of(header: str) -> int:
    """The unit a header states: millions, thousands, or single ones."""
    low = header.casefold()
    if re.search(r"[£€$]\s?bn|\bmrd|milliard|billion", low):
        return 1_000_000_000
    if re.search(r"[£€$]\s?m\b|\bmnok|\bmill|million|\bmkr|\bmeur|\bmgbp|\bmsek", low):
        return 1_000_000
    if re.search(r"[£€$]\s?k\b|\btnok|\btkr|\bkkr|tusen|thousand|\b1[ .\u00a0]?000\b", low):
        return 1000
    return 1


def samples(sheet: Sheet, header: str) -> list[Cell]:
    """Some filled cells of a column."""
    return [record.cells[header] for record in sheet.records[:200] if as_text(record.cells.get(header))][:60]


def chosen(scored: Iterable[tuple[float, int, str, str]]) -> dict[str, tuple[str, float]]:
    """The likeliest field for each column from (score, -place, header, field): one column a field."""
    found: dict[str, tuple[str, float]] = {}
    for score, _place, header, target in sorted(scored, reverse=True):
        if score >= ENOUGH - 0.1 and header not in found and target not in {t for t, _s in found.values()}:
            found[header] = (target, score)
    return found


def likeliest(
    sheet: Sheet, known: Mapping[str, str], readable: Callable[[str, list[Cell]], float]
) -> dict[str, tuple[str, float]]:
    """What each column seems to be: how like its header is to a field's (`known`), and how many cells make sense as it."""
    scored = []
    for place, header in enumerate(sheet.headers):
        cells = samples(sheet, header)
        for target, names in known.items():
            like = likeness(header, names)
            if like >= ENOUGH:
                scored.append((round(like * (0.3 + 0.7 * readable(target, cells)), 3), -place, header, target))
    return chosen(scored)


def guessed(sheet: Sheet, taken: Mapping[str, tuple[str, float]]) -> tuple[Guess, ...]:
    """Every column of a sheet with what it was taken for and some of its cells to judge by."""
    found = []
    for header in sheet.headers:
        target, score = taken.get(header, ("", 0.0))
        shown = tuple(dict.fromkeys(as_text(c)[:80] for c in samples(sheet, header)))[:3]
        found.append(Guess(header, target, score, shown))
    return tuple(found)
