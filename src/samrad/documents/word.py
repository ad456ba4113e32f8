"""A paper as Word: the same blocks as the PDF, in the house's own template or in the one that comes with Samråd.

A template is Word with placeholders like {{ tittel }}. What people typed is never read as a placeholder or as markup: it
goes in as text, after the template is filled. Templates are checked when they are uploaded (word_check.py).
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import docx
from django.utils import formats, translation
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from samrad.documents.paper import Block, Paper, tidy
from samrad.documents.sheets import same_bytes
from samrad.documents.typeset import drawing_png

# What can stand in a template, and what comes in its place. Norwegian, for it is written in Word.
PLACES: dict[str, Promise] = {
    "tittel": gettext_lazy("The title"),
    "innhold": gettext_lazy("All the content, alone on its line"),
    "opplysninger": gettext_lazy("The facts on top, alone on its line"),
    "organ": gettext_lazy("The body it is for"),
    "type": gettext_lazy("What kind of paper it is"),
    "referanse": gettext_lazy("The reference"),
    "dato": gettext_lazy("The date"),
    "saksnummer": gettext_lazy("The case number in the archive"),
    "saksbehandler": gettext_lazy("The case officer"),
    "kommune": gettext_lazy("The municipality"),
    "tid": gettext_lazy("When the meeting is"),
    "sted": gettext_lazy("Where the meeting is"),
}
REQUIRED = ("tittel", "innhold")
WHOLE_LINES = {"innhold": "\u2042innhold\u2042", "opplysninger": "\u2042opplysninger\u2042"}
"""What stands for them while the template is filled; the blocks take their places."""
# The labels that the papers have on top, by the name a template knows them under.
LABELS: dict[str, Promise] = {
    "saksnummer": gettext_lazy("Case number"),
    "saksbehandler": gettext_lazy("Case officer"),
    "kommune": gettext_lazy("Municipality"),
    "tid": gettext_lazy("Time"),
    "sted": gettext_lazy("Place"),
}
SIZES = {1: 14, 2: 12, 3: 11}


def environment() -> SandboxedEnvironment:
    """Where a template is filled: it reaches nothing but the words it is given."""
    made = SandboxedEnvironment(autoescape=True)
    made.globals.clear()
    return made


def paper_docx(paper: Paper, template: bytes | None = None) -> bytes:
    """The paper as a Word file, in a template; in the one that comes with Samråd where none is given."""
    tidied = tidy(paper)
    filled = DocxTemplate(io.BytesIO(template or standard_template(tidied.language)))
    filled.render(context(tidied), jinja_env=environment())
    document: Document = filled.docx
    if paper.landscape and template is None:
        page = document.sections[0]
        page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    _in_place(document, "opplysninger", [{"kind": "facts", "rows": tidied.facts}] if tidied.facts else [])
    _in_place(document, "innhold", tidied.blocks)
    known = document.core_properties
    known.title, known.author, known.last_modified_by = _clean(tidied.title)[:255], _clean(tidied.body)[:255], ""
    known.comments = ""  # what a template says of itself is not about the paper
    known.language = {"nn": "nn-NO", "en": "en-GB"}.get(tidied.language, "nb-NO")
    if tidied.at is not None:
        known.created = known.modified = tidied.at
    made = io.BytesIO()
    document.save(made)
    # The same paper gives the same bytes, whenever it is fetched.
    return same_bytes(made.getvalue(), paper.at.astimezone(UTC)) if paper.at is not None else made.getvalue()


def context(paper: Paper) -> dict[str, str]:
    """What the placeholders stand for in this paper; empty where it has no such thing."""
    with translation.override(paper.language):
        said = {row[0]: row[1] for row in paper.facts}
        labelled = {name: said.get(str(label), "") for name, label in LABELS.items()}
        day = formats.date_format(localtime(paper.at), "DATE_FORMAT") if paper.at else ""
    values = {
        "tittel": paper.title,
        "organ": paper.body,
        "type": paper.kind,
        "referanse": paper.reference,
        "dato": day,
        **labelled,
    }
    return {**{name: _clean(value) for name, value in values.items()}, **WHOLE_LINES}


def lines_with(document: Document, name: str) -> list[Paragraph]:
    """The paragraphs of a filled template that hold nothing but the mark of what is to come there."""
    mark = WHOLE_LINES[name]
    found = (Paragraph(p, document._body) for p in document.element.body.iter(qn("w:p")))
    return [p for p in found if p.text.strip() == mark]


def _in_place(document: Document, name: str, blocks: Iterable[Block]) -> None:
    for place in lines_with(document, name):
        writer = _Writer(document, place)
        for block in blocks:
            writer.write(block)
        place._p.getparent().remove(place._p)


def _clean(value: str) -> str:
    """Text that can stand in XML: no control characters, and no invisible ones that turn the direction of writing."""
    kept = (c for c in value if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    return "".join(kept)


class _Writer:
    """Puts blocks into a document before a paragraph, in the styles the document has."""

    def __init__(self, document: Document, place: Paragraph) -> None:
        self.document, self.place = document, place
        self.usual = place.style

    def write(self, block: Block) -> None:
        """One block."""
        kind = block["kind"]
        if kind == "heading":
            self.line(block["text"], style=_heading(self.document, int(block["level"])))
        elif kind in {"text", "note"}:
            for paragraph in block["paragraphs"]:
                made = self.line(paragraph)
                if kind == "note":
                    made.paragraph_format.left_indent = Cm(0.6)
        elif kind == "list":
            for number, item in enumerate(block["items"], 1):
                self.line(f"{number}. {item}" if block["numbered"] else f"\u2022 {item}")
        elif kind in {"facts", "figures"}:
            self.table([[label, value] for label, value in block["rows"]], widths=(5, 11))
        elif kind == "table":
            self.titled(block)
        elif kind in {"bubbles", "roadmap"}:
            self.drawing(block)
        elif kind == "beside":
            for inner in (one for part in block["parts"] for one in part):
                self.write(inner)
        elif kind == "pagebreak":
            self.place.insert_paragraph_before().paragraph_format.page_break_before = True

    def line(self, text: str, *, style: Any = None) -> Paragraph:
        """A paragraph, with its line breaks as they were typed."""
        made = self.place.insert_paragraph_before(style=style or self.usual)
        made.add_run(_clean(text))
        return made

    def drawing(self, block: Block) -> None:
        """A drawing as the PDF has it, with what it says for those who do not see it."""
        made = self.line("").add_run().add_picture(io.BytesIO(drawing_png(block)), width=Cm(14))
        made._inline.docPr.set("descr", _clean(block["alt"]))

    def titled(self, block: Block) -> None:
        """A table with its caption and a row of titles that comes again on each page."""
        if block["caption"]:
            made = self.line("")
            made.add_run(_clean(block["caption"])).bold = True
            made.paragraph_format.keep_with_next = True
        rows = [block["titles"], *block["rows"], *([block["total"]] if block["total"] else [])]
        right = [column["align"] == "right" for column in block["columns"]]
        table = self.table(rows, right=right, grid=True)
        head = table.rows[0]._tr.get_or_add_trPr()
        head.append(OxmlElement("w:tblHeader"))
        for strong in (table.rows[0], *([table.rows[-1]] if block["total"] else [])):
            for cell in strong.cells:
                for run in cell.paragraphs[0].runs:
                    run.bold = True

    def table(
        self,
        rows: list[list[str]],
        *,
        widths: tuple[int, ...] = (),
        right: list[bool] | None = None,
        grid: bool = False,
    ) -> Table:
        """A table in place; with `widths`, labels in bold to the left of their values."""
        table: Table = self.document.add_table(rows=0, cols=len(rows[0]))
        _borders(table, grid)
        for row in rows:
            for place, (cell, text) in enumerate(zip(_new_row(table), row, strict=True)):
                run = cell.paragraphs[0].add_run(_clean(text))
                run.bold = True if widths and place == 0 else None
                if right and right[place]:
                    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
                if widths:
                    cell.width = Cm(widths[place])
        self.place._p.addprevious(table._tbl)
        self.place.insert_paragraph_before().paragraph_format.space_after = Pt(0)
        return table


def _heading(document: Document, level: int) -> Any:
    """The template's own heading, whatever language Word is in; one is made where it has none."""
    name = f"Heading {level}"
    try:
        return document.styles[name]
    except KeyError:
        made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.font.bold, made.font.size = True, Pt(SIZES[level])
        outline = OxmlElement("w:outlineLvl")
        outline.set(qn("w:val"), str(level - 1))
        made.element.get_or_add_pPr().append(outline)
        return made


def _new_row(table: Table) -> Any:
    """The cells of one more row."""
    return table.add_row().cells  # type: ignore[no-untyped-call]  # the library has not typed this one


def _borders(table: Table, grid: bool) -> None:
    """Thin lines between the rows of a table; none around facts."""
    borders = OxmlElement("w:tblBorders")
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{edge}")
        line.set(qn("w:val"), "single" if grid else "nil")
        line.set(qn("w:sz"), "4")
        line.set(qn("w:color"), "8C8C8C")
        borders.append(line)
    table._tbl.tblPr.append(borders)


@lru_cache(maxsize=4)
def standard_template(language: str) -> bytes:
    """The template that comes with Samråd: it is also where one begins a template of one's own."""
    document = docx.Document()
    with translation.override(language):
        page = _("Page {page} of {pages}")
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    usual = document.styles["Normal"]
    usual.font.name, usual.font.size = "Calibri", Pt(11)
    usual.element.get_or_add_rPr().append(_language(language))
    section.header.paragraphs[0].text = "{{ organ }}\t\t{{ type }}"
    document.add_paragraph("{{ tittel }}", style="Title")
    document.add_paragraph("{{ opplysninger }}")
    document.add_paragraph("{{ innhold }}")
    foot = section.footer.paragraphs[0]
    foot.add_run("{{ referanse }}\t\t")
    before, _page, rest = page.partition("{page}")
    between, _pages, after = rest.partition("{pages}")
    for text, field in ((before, "PAGE"), (between, "NUMPAGES")):
        foot.add_run(text)
        _field(foot, field)
    foot.add_run(after)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _language(language: str) -> Any:
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), {"nn": "nn-NO", "en": "en-GB"}.get(language, "nb-NO"))
    return lang


def _field(paragraph: Paragraph, code: str) -> None:
    """A number that Word counts itself."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    field.append(run := OxmlElement("w:r"))
    run.append(text := OxmlElement("w:t"))
    text.text = "1"
    paragraph._p.append(field)


def sample(kind: str, language: str) -> Paper:
    """A case that does not exist, with every kind of block: what a template is tried with."""
    with translation.override(language):
        labels = {name: str(label) for name, label in LABELS.items()}
        values = {"saksnummer": "2026/1234", "saksbehandler": "Kari Lie", "kommune": "Fjelldal"}
        values |= {"tid": "12.11.2026 09.00", "sted": _("The town hall")}
        blocks: list[Mapping[str, Any]] = [
            {"kind": "heading", "level": 1, "text": _("Proposed recommendation")},
            {"kind": "text", "text": _("Recommended. The council recommends that the initiative is carried out.")},
            {"kind": "heading", "level": 1, "text": _("Costs")},
            {
                "kind": "table",
                "columns": [_("What"), {"title": _("Kroner"), "align": "right"}],
                "rows": [[_("One-off cost"), "600\u00a0000"], [_("Annual cost"), "120\u00a0000"]],
                "caption": _("Costs"),
            },
            {"kind": "list", "items": [_("First point"), _("Second point")]},
        ]
        return Paper(
            title=_("A case that does not exist"),
            blocks=[dict(block) for block in blocks],
            at=datetime(2026, 11, 5, 9, tzinfo=UTC),
            body=_("The digitalisation council"),
            kind=kind,
            reference="T-2026-0000",
            facts=[[labels[name], value] for name, value in values.items()],
            language=language,
        )
