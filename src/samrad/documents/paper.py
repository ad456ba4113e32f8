"""What stands in a paper, apart from how it is laid out: the same Paper becomes a PDF and a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

Block = dict[str, Any]
"""{"kind": "heading" | "text" | "facts" | "table" | …, …}: plain data, fit for a JSON column. Each has a function here."""

# Readable in black and white: the shape says it, the word beside it says it again.
MARKS = {"green": "●", "yellow": "▲", "amber": "▲", "red": "■", "": "○"}
# About how many characters fit on a line of A4, by the size of the type.
_LINE = {9.0: 90, 8.0: 101, 7.0: 115}
_LINE_LANDSCAPE = {9.0: 146, 8.0: 164, 7.0: 187}
_SHORT = 16.0  # a column of amounts, dates or marks, which must not break
_NARROW, _LONG_WORD, _WIDE = 5.0, 26.0, 36.0


@dataclass(frozen=True)
class Paper:
    """A paper: whose it is, what it is called, what one must know first, and its blocks."""

    title: str
    blocks: Sequence[Block] = ()
    at: datetime | None = None
    body: str = ""
    kind: str = ""
    reference: str = ""
    facts: Sequence[Sequence[str]] = ()
    language: str = "nb"
    author: str = ""
    landscape: bool = False


def frozen(paper: Paper) -> dict[str, Any]:
    """A paper as plain data for a JSON column: what was true that day, whatever changes later."""
    return {**asdict(paper), "at": paper.at.isoformat() if paper.at else None}


def thawed(data: dict[str, Any]) -> Paper:
    """The paper that was frozen."""
    at = data.get("at")
    return Paper(**{**data, "at": datetime.fromisoformat(at) if at else None})


def heading(text: str, level: int = 1) -> Block:
    """A heading; levels that skip one are mended, because a screen reader walks them."""
    return {"kind": "heading", "level": level, "text": text}


def text(value: str) -> Block:
    """Running text; an empty line begins a new paragraph."""
    return {"kind": "text", "text": value}


def facts(rows: Iterable[Sequence[str]]) -> Block:
    """Labels and their values."""
    return {"kind": "facts", "rows": [list(row) for row in rows]}


def table(
    columns: Iterable[Block | str],
    rows: Iterable[Sequence[Any]],
    *,
    total: Sequence[Any] = (),
    caption: str = "",
) -> Block:
    """A table. A column is its title, or {"title", "align": left|right|center, "width": a weight, "bars": True}.

    The cells of a column of bars are bars written with «■», one a line: PDF draws them, the others show them as they are.
    """
    shaped = [{"title": c} if isinstance(c, str) else dict(c) for c in columns]
    found = [list(row) for row in rows]
    return {"kind": "table", "columns": shaped, "rows": found, "total": list(total), "caption": caption}


def bullets(items: Iterable[str], *, numbered: bool = False) -> Block:
    """A list of points."""
    return {"kind": "list", "items": list(items), "numbered": numbered}


def note(value: str) -> Block:
    """Something to take notice of."""
    return {"kind": "note", "text": value}


def pagebreak() -> Block:
    """What follows begins on a new page of the PDF."""
    return {"kind": "pagebreak"}


def contents(title: str, depth: int = 1) -> Block:
    """The table of contents of the whole paper, with page numbers: the headings down to a level."""
    return {"kind": "contents", "title": title, "depth": depth}


def bubbles(alt: str, x: str, y: str, marks: Iterable[tuple[int, float, float, float]]) -> Block:
    """Numbered circles in a drawing of 400 by 300: number, place and radius of each. The table after it says the same."""
    return {"kind": "bubbles", "alt": alt, "x": x, "y": y, "marks": [list(one) for one in marks]}


def figures(rows: Iterable[Sequence[str]]) -> Block:
    """A few large figures beside each other, each with what it is: what is read in one glance."""
    return {"kind": "figures", "rows": [list(row) for row in rows]}


def beside(*parts: Iterable[Block], widths: Sequence[int] = (), whole: bool = False) -> Block:
    """Blocks beside each other in the PDF, read from the first to the last; Word and pages show them one below the other.

    `whole` keeps them on one page: for what is never taller than a page.
    """
    found = [list(part) for part in parts]
    return {"kind": "beside", "parts": found, "widths": list(widths) or [1] * len(found), "whole": whole}


def roadmap(alt: str, ticks: Iterable[tuple[float, str]], today: float | None, bars: Iterable[Block]) -> Block:
    """Bars under a line of quarters, placed from 0 to 960 with the names left of 300. The table after it says the same.

    A bar is {"name", "x", "width", "plain", "was": the place of the approved end or None, "moments": [[place, reached]]}.
    """
    return {"kind": "roadmap", "alt": alt, "ticks": [list(t) for t in ticks], "today": today, "bars": list(bars)}


def mark(status: str, word: str = "") -> str:
    """«● Grønn»: a status as a shape and a word."""
    return f"{MARKS.get(status, MARKS[''])} {word}".strip()


def tidy(paper: Paper) -> Paper:
    """The same paper with every block complete and checked: what the layouts read."""
    blocks, _level = _tidied(paper.blocks, _LINE_LANDSCAPE if paper.landscape else _LINE, 0)
    rows = [[_one(label), _one(value)] for label, value in paper.facts]
    return replace(paper, blocks=tuple(blocks), facts=rows, title=paper.title.strip() or "–")


def _tidied(given: Iterable[Block], line: dict[float, int], level: int) -> tuple[list[Block], int]:
    """The blocks complete, in the room they have, after a heading of a level; and the level they end in."""
    blocks: list[Block] = []
    for block in given:
        kind = block.get("kind")
        if kind == "heading":
            level = max(1, min(int(block.get("level", 1)), level + 1, 3))
            blocks.append({"kind": "heading", "level": level, "text": _one(block["text"]).strip() or "–"})
        elif kind == "beside":
            parts: list[list[Block]] = []
            for part, width in zip(block["parts"], block["widths"], strict=True):
                room = {size: most * width // sum(block["widths"]) - 4 for size, most in line.items()}
                inner, level = _tidied(part, room, level)
                parts.append(inner)
            blocks.append({**block, "parts": parts})
        elif kind not in _TIDY:
            raise ValueError(f"a paper has no block of kind {kind!r}")
        elif tidied := _TIDY[kind](block):
            if kind == "table":
                _fit(tidied, line)
            blocks.append(tidied)
    return blocks, level


def _one(value: Any) -> str:
    return "–" if value is None else str(value).replace("\r\n", "\n").replace("\r", "\n")


def _paragraphs(value: Any) -> list[str]:
    return [part.strip("\n") for part in re.split(r"\n[ \t]*\n", _one(value)) if part.strip()]


def _text(block: Block) -> Block | None:
    found = _paragraphs(block["text"])
    return {"kind": block["kind"], "paragraphs": found} if found else None


def _facts(block: Block) -> Block | None:
    rows = [[_one(label), _one(value)] for label, value in block["rows"]]
    return {"kind": block["kind"], "rows": rows} if rows else None


def _list(block: Block) -> Block | None:
    items = [_one(item) for item in block["items"]]
    return {"kind": "list", "items": items, "numbered": bool(block.get("numbered"))} if items else None


def _pagebreak(block: Block) -> Block:
    return {"kind": "pagebreak"}


def _bubbles(block: Block) -> Block | None:
    # The largest first, so that none lies hidden beneath another.
    marks = sorted(block["marks"], key=lambda one: -one[3])
    said = {name: _one(block[name]) for name in ("alt", "x", "y")}
    return {"kind": "bubbles", **said, "marks": marks} if marks else None


def _roadmap(block: Block) -> Block | None:
    ticks = [[x, _one(label)] for x, label in block["ticks"]]
    bars = [{**bar, "name": _one(bar["name"])} for bar in block["bars"]]
    return {**block, "alt": _one(block["alt"]), "ticks": ticks, "bars": bars} if bars else None


def _contents(block: Block) -> Block:
    return {"kind": "contents", "title": _one(block["title"]), "depth": int(block.get("depth", 1))}


def _table(block: Block) -> Block | None:
    columns = [{"title": c} if isinstance(c, str) else dict(c) for c in block["columns"]]
    if not columns:
        return None
    count = len(columns)
    rows = [[_one(cell) for cell in row] for row in block["rows"]]
    total = [_one(cell) for cell in block.get("total") or ()]
    # A row that is too short or too long would push every later cell into the wrong column.
    rows = [(row + [""] * count)[:count] for row in rows]
    total = (total + [""] * count)[:count] if total else []
    sample = [*rows[:200], *([total] if total else [])]
    shaped = [
        {
            "title": _one(column.get("title", "")),
            "align": column.get("align", "left"),
            "width": float(column.get("width") or _weight(column, [row[i] for row in sample])),
            "bars": bool(column.get("bars")),
        }
        for i, column in enumerate(columns)
    ]
    size = 9.0 if count <= 6 else 8.0 if count <= 9 else 7.0
    return {
        "kind": "table",
        "columns": shaped,
        "titles": [column["title"] for column in shaped],
        "rows": rows,
        "total": total,
        "size": size,
        "caption": _one(block.get("caption", "")),
    }


def _fit(table: Block, line: dict[float, int]) -> None:
    """Where there is too little room: smaller type, then the columns of text give way, not the short ones."""
    columns = table["columns"]
    wanted = sum(c["width"] for c in columns)
    table["size"] = next((s for s in line if s <= table["size"] and line[s] >= wanted), min(line))
    room = line[table["size"]]
    short = sum(c["width"] for c in columns if c["width"] <= _SHORT)
    table["crowded"] = wanted > room
    if table["crowded"] and wanted > short:
        for column in columns:
            if column["width"] > _SHORT:
                column["width"] = max(8.0, column["width"] * (room - short) / (wanted - short))


def _weight(column: Block, cells: list[str]) -> float:
    """How wide a column wants to be: numbers in full, text by its usual length. Measuring every cell would be slow."""
    head = max((len(word) for word in str(column.get("title", "")).split()), default=0)
    lengths = sorted(len(cell) for cell in cells) or [0]
    if column.get("align") == "right":
        wanted = lengths[-1] * 1.1
    else:
        wanted = float(lengths[int(len(lengths) * 0.8) - 1] if len(lengths) > 4 else lengths[-1])
    # A word that does not fit would run into the next column.
    word = max((len(part) for cell in cells for part in cell.split()), default=0)
    return max(_NARROW, head + 2.0, min(_LONG_WORD, word + 2.0), min(_WIDE, wanted + 2.5))


_TIDY = {
    "text": _text,
    "note": _text,
    "facts": _facts,
    "figures": _facts,
    "list": _list,
    "table": _table,
    "pagebreak": _pagebreak,
    "contents": _contents,
    "bubbles": _bubbles,
    "roadmap": _roadmap,
}
