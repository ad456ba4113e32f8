"""Papers as Word: in any template that is sound, and nothing that is typed or uploaded is ever a command."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from docx.document import Document

from samrad.documents import paper as p
from samrad.documents.paper import Paper
from samrad.documents.uploads import Unfit
from samrad.documents.word import paper_docx, sample, standard_template
from samrad.documents.word_check import check_template, take_template


def _changed(change: Callable[[Document], object]) -> bytes:
    """The standard template with one change."""
    document = docx.Document(io.BytesIO(standard_template("nb")))
    change(document)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _with_part(name: str, content: str) -> bytes:
    """The standard template with one more part, or with one of its own replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(standard_template("nb"))) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return made.getvalue()


def _body(text: str) -> bytes:
    return _changed(lambda document: document.add_paragraph(text))


OUTSIDE = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
    'Target="https://example.org/mal.dotm" TargetMode="External"/></Relationships>'
)
BAD = {
    "ikke kjenner: saksnr": _body("{{ saksnr }}"),
    "skrevet feil": _body("{{ tittel"),
    "mer enn plassholdere": _body("{{ tittel.__class__ }}"),
    "bare dem i lista": _body("{% for i in innhold %}{{ i }}{% endfor %}"),
    "mangler {{ innhold }}": _changed(
        lambda d: [q._p.getparent().remove(q._p) for q in d.paragraphs if "innhold" in q.text]
    ),
    "alene på linja": _changed(lambda d: [q.add_run(" og mer") for q in d.paragraphs if "innhold" in q.text]),
    "henter noe utenfra": _with_part("word/_rels/settings.xml.rels", OUTSIDE),
    "andre filer eller knapper": _with_part("word/embeddings/a.bin", "x"),
    "kan ikke leses som Word": _with_part("word/document.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
}


@pytest.mark.parametrize("said", BAD)
def test_a_template_that_cannot_be_used_says_why_and_what_to_do(said: str) -> None:
    with translation.override("nb"):
        verdict, _places = check_template(BAD[said])
        assert not verdict and said in str(verdict.reason), verdict.reason
        with pytest.raises(Unfit):
            take_template(SimpleUploadedFile("mal.docx", BAD[said]))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("mal.docm", b"PK", "makroer"),
        ("mal.docx", b"%PDF-1.7 %%EOF", "noe annet"),
        ("mal.docx", b"", "tom"),
        ("mal.dotx", standard_template("nb"), "vanlig Word-fil"),
        ("mal.pdf", b"%PDF-1.7 %%EOF", "Word-fil"),
        ("mal.docx", _with_part("word/vbaProject.bin", "x"), "makroer"),
    ],
)
def test_a_file_that_is_no_template_is_refused(name: str, content: bytes, said: str) -> None:
    with translation.override("nb"), pytest.raises(Unfit, match=said):
        take_template(SimpleUploadedFile(name, content))


def test_what_is_typed_is_never_a_placeholder_and_every_block_comes_along() -> None:
    typed = "{{ organ }} {% x %} <w:p/> & \x07\u202e ferdig"
    paper = Paper(
        title=typed,
        body="Rådet",
        facts=[["Saksnummer", "2026/12"], ["Merknad", typed]],
        blocks=[
            p.heading("Behovet", 1),
            p.text(f"{typed}\n\nNy"),
            p.table(["Hva", {"title": "Kr", "align": "right"}], [[typed, "12"]], total=["Sum", "12"], caption="Tabell"),
            p.bullets([typed]),
            p.note(typed),
            p.heading("Lenger ned", 3),
        ],
    )
    assert check_template(standard_template("nn"))[0]
    for template in (None, _body("{{ saksnummer }}{% if kommune %} i {{ kommune }}{% endif %}")):
        made = docx.Document(io.BytesIO(paper_docx(paper, template)))
        lines = [paragraph.text for paragraph in made.paragraphs]
        shown = "{{ organ }} {% x %} <w:p/> &  ferdig"
        assert lines[0] == shown and lines.count(shown) == 3 and f"\u2022 {shown}" in lines
        styles = {q.text: q.style.name for q in made.paragraphs if q.style is not None}
        assert styles["Behovet"] == "Heading 1" and styles["Lenger ned"] == "Heading 2"  # no level is skipped
        cells = [[c.text for c in row.cells] for table in made.tables for row in table.rows]
        assert ["Merknad", shown] in cells and ["Sum", "12"] in cells and [shown, "12"] in cells
        assert made.core_properties.title == shown and made.core_properties.author == "Rådet"
    assert lines[-1] == "2026/12"


def test_the_sample_is_in_the_language_of_the_house() -> None:
    made = docx.Document(io.BytesIO(paper_docx(sample("Saksframlegg", "nb"))))
    assert made.paragraphs[0].text == "En sak som ikke finnes"
