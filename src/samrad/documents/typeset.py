"""The PDF engine: data in, an accessible and archivable PDF out (PDF/UA-1 and PDF/A-2a, enforced at compile).

What people typed goes in as JSON and is never pasted into markup. The compiler's root is a folder made for the one
document; it holds the template, the base and the data, and nothing else.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import typst
from django.utils import translation
from django.utils.translation import gettext as _

from samrad.documents.paper import Block, Paper, tidy

HERE = Path(__file__).resolve().parent
SAMRAD = HERE.parent
STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]
# PDF/A wants a date in every file; a document made without one must still be the same next year.
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
_TEMPLATE = re.compile(r"([a-z]+)/([a-z_]+\.typ)")
_ADDRESS = re.compile(r"\S{24,}")
_RUN = re.compile(r"\S{40,}")
_PIECE = 24
_RUNNING = 90


def pdf(
    template: str,
    data: dict[str, Any],
    *,
    title: str,
    language: str,
    at: datetime | None = None,
    body: str = "",
    kind: str = "",
    reference: str = "",
    facts: Any = (),
    author: str = "",
    landscape: bool = False,
) -> bytes:
    """Set a document by a room's own template («council/minutes.typ» is council/typst/minutes.typ). The same data gives
    the same bytes: the time that stands in the file is `at`, never the clock's."""
    named = _TEMPLATE.fullmatch(template)
    if named is None:
        raise ValueError(f"{template!r} is not a template of a room")
    source = SAMRAD / named[1] / "typst" / named[2]
    with translation.override(language):
        page = _("Page {page} of {pages}").replace("{pages}", "{page}").split("{page}")
    doc = {
        "title": _titled(title),
        "language": language,
        "body": body,
        "kind": kind,
        "facts": [list(row) for row in facts],
        "author": author or body,
        "landscape": landscape,
        "page": [*page, "", ""][:3],
        "running": _running(reference, title),
    }
    content = json.dumps(_printable({"doc": doc, "data": data}), ensure_ascii=False)
    return _compile(source, content, at or UNDATED)


def paper_pdf(paper: Paper) -> bytes:
    """Set a paper made of general blocks."""
    tidied = tidy(paper)
    return pdf(
        "documents/paper.typ",
        {"blocks": [_with_breaks(block) for block in tidied.blocks]},
        title=tidied.title,
        language=tidied.language,
        at=tidied.at,
        body=tidied.body,
        kind=tidied.kind,
        reference=tidied.reference,
        facts=tidied.facts,
        author=tidied.author,
        landscape=tidied.landscape,
    )


def _with_breaks(block: Block) -> Block:
    """Addresses may break in a table's narrow columns, at the signs in them."""
    if block["kind"] == "beside":
        return {**block, "parts": [[_with_breaks(inner) for inner in part] for part in block["parts"]]}
    if block["kind"] != "table":
        return block
    rows = [[_ADDRESS.sub(_after_signs, cell) for cell in row] for row in block["rows"]]
    return {**block, "rows": rows}


def _after_signs(run: re.Match[str]) -> str:
    return re.sub(r"(?<=[@./_-])(?=\w)", "\u200b", run[0])


def drawing_png(block: Block) -> bytes:
    """A drawing alone, for Word: the same as the PDF draws."""
    doc = {"title": "–", "language": "nb", "landscape": False, "facts": []}
    content = json.dumps(_printable({"doc": doc, "data": block}), ensure_ascii=False)
    return _compile(HERE / "typst" / "drawing.typ", content, UNDATED, form="png")


def _compile(source: Path, content: str, moment: datetime, *, form: Literal["pdf", "png"] = "pdf") -> bytes:
    with TemporaryDirectory(prefix="samrad-typst-") as folder:
        root = Path(folder)
        (root / "base.typ").write_bytes((HERE / "typst" / "base.typ").read_bytes())
        (root / "main.typ").write_bytes(source.read_bytes())
        (root / "data.json").write_text(content, encoding="utf-8")
        nowhere = root / "packages"
        compiler = typst.Compiler(
            root=str(root),
            font_paths=_fonts(),
            package_path=str(nowhere),
            package_cache_path=str(nowhere),
        )
        given: dict[str, Any] = {"ppi": 192.0} if form == "png" else {"pdf_standards": [*STANDARDS]}
        made = compiler.compile(input=str(root / "main.typ"), format=form, timestamp=int(moment.timestamp()), **given)
    assert isinstance(made, bytes)
    return made


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    # Only our own: what happens to be installed must not change a paper.
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(HERE / "fonts")])


def _titled(title: str) -> str:
    return " ".join(title.split()) or "–"


def _running(reference: str, title: str) -> str:
    line = " · ".join(part for part in (reference, _titled(title)) if part)
    return line if len(line) <= _RUNNING else line[: _RUNNING - 1].rstrip() + "…"


@lru_cache(maxsize=1)
def _coverage() -> tuple[list[int], list[int]]:
    ranges = [line.split("-") for line in (HERE / "fonts" / "coverage.txt").read_text().split()]
    return [int(first, 16) for first, _last in ranges], [int(last, 16) for _first, last in ranges]


@lru_cache(maxsize=4096)
def _printed(character: str) -> str:
    """A character as it can stand in an archivable PDF: one without a glyph is named, so that nothing is lost."""
    if character in "\n\u200b":
        return character
    if character == "\t":
        return " "
    category = unicodedata.category(character)
    if category in {"Zl", "Zp"}:
        return "\n"
    if category == "Zs":
        return character if character in " \u00a0" else "\u00a0" if character == "\u202f" else " "
    if category in {"Cc", "Cf"} or 0xFE00 <= ord(character) <= 0xFE0F:
        return ""  # invisible; some of them turn the direction of writing
    first, last = _coverage()
    place = bisect_right(first, ord(character)) - 1
    if category != "Co" and place >= 0 and ord(character) <= last[place]:
        return character
    return f"[U+{ord(character):04X}]"


def _printable(value: Any) -> Any:
    """Every string with only what can be printed, and with places to break in words too long for a line."""
    if isinstance(value, str):
        clean = "".join(map(_printed, unicodedata.normalize("NFC", value)))
        return _RUN.sub(_breakable, clean)
    if isinstance(value, dict):
        return {key: _printable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(inner) for inner in value]
    return value


def _breakable(run: re.Match[str]) -> str:
    found = run[0]
    return "\u200b".join(found[i : i + _PIECE] for i in range(0, len(found), _PIECE))
