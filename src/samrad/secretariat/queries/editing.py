"""Reads of the case paper while it is written: what the record says, and what people have written over it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from samrad.secretariat.models import CasePaper, PaperSection, PaperVersion, SectionAside

# The lines that the secretariat may word anew. What others have answered, assessed or reckoned stands as they gave it.
REWORDED = frozenset({"need", "own", "alternatives"})
# Somebody's own words from first to last: nobody writes in them.
UNTOUCHED = frozenset({"coordinator"})
WRITING = timedelta(minutes=3)
"""One who has saved so lately is taken to be writing still."""


def keyed(rows: Iterable[Mapping[str, str]]) -> list[tuple[str, Mapping[str, str]]]:
    """Each line with a key that holds when lines come before or after it; two with the same label have each their own."""
    seen: dict[str, int] = {}
    found = []
    for row in rows:
        mark = hashlib.sha256(row["label"].encode()).hexdigest()[:10]
        seen[mark] = seen.get(mark, 0) + 1
        found.append((mark if seen[mark] == 1 else f"{mark}-{seen[mark]}", row))
    return found


def with_words(section: Mapping[str, Any], text: str, rows: Mapping[str, str]) -> dict[str, Any]:
    """A section of the record with what is written over it."""
    reworded = rows if section["code"] in REWORDED else {}
    lines = [{**row, "text": reworded.get(key, row["text"])} for key, row in keyed(section["rows"])]
    return {**section, "text": text, "rows": [line for line in lines if line["text"] or line["label"]]}


def standing_sections(
    paper: CasePaper | PaperVersion, rows: Iterable[PaperSection] | None = None
) -> list[dict[str, Any]]:
    """The sections as they stand: of a version that was sent, as they were sent. `rows`: what is written, where known."""
    if isinstance(paper, PaperVersion):
        return list(paper.sections)
    written = {row.code: row for row in (paper.written.all() if rows is None else rows) if row.own}
    return [
        with_words(section, written[section["code"]].text, written[section["code"]].rows)
        if section["code"] in written and section["code"] != "proposal"
        else section
        for section in paper.sections
    ]


@dataclass(frozen=True)
class Desk:
    """One section on the page where the paper is written."""

    section: Mapping[str, Any]
    built: Mapping[str, Any]
    written: PaperSection | None
    asides: tuple[SectionAside, ...] = ()

    @property
    def code(self) -> str:
        return str(self.section["code"])

    @property
    def version(self) -> int:
        return self.written.version if self.written else 0

    @property
    def open(self) -> bool:
        """May it be written in? What is wholly another's words may not."""
        return self.code not in UNTOUCHED

    @property
    def lines(self) -> list[tuple[str, Mapping[str, str]]]:
        """The lines that may be worded anew."""
        return keyed(self.section["rows"]) if self.code in REWORDED else []

    @property
    def fixed(self) -> list[Mapping[str, str]]:
        """The lines that stand as the record has them."""
        return [] if self.code in REWORDED else list(self.section["rows"])

    @property
    def own(self) -> bool:
        return self.written is not None and self.written.own

    @property
    def overtaken(self) -> bool:
        """Does the record say something else than when this was written?"""
        return self.written is not None and self.written.own and self.written.over != self.built

    @property
    def length(self) -> int:
        return len(self.section["text"]) + sum(len(row["text"]) for row in self.section["rows"])

    def busy(self, person_id: int | None, now: datetime) -> bool:
        """Is somebody else writing here just now?"""
        row = self.written
        return row is not None and row.written_by_id != person_id and now - row.written_at < WRITING


def desks_of(paper: CasePaper) -> list[Desk]:
    """Every section with what is written in it, by whom, and the texts that lie beside it."""
    rows = list(paper.written.select_related("written_by").prefetch_related("asides__written_by"))
    written = {row.code: row for row in rows}
    built = {section["code"]: section for section in paper.sections}
    return [
        Desk(
            section, built[section["code"]], row := written.get(section["code"]), tuple(row.asides.all() if row else ())
        )
        for section in standing_sections(paper, rows)
    ]
