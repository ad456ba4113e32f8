"""Papers as PDF: accessible, archivable, the same every time, and nothing a person types is ever a command."""

import io
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from django.template.loader import render_to_string
from pypdf import PdfReader

from samrad.documents import paper as p
from samrad.documents.templatetags.papers import paper_page
from samrad.documents.typeset import Paper, paper_pdf, pdf

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
INJECTION = (
    '#read("/etc/passwd") *fet* _kursiv_ $x^2$ `kode` @ref <merke> // nei /* nei */ \\ #panic("x") = Ikke overskrift'
)


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def words(content: bytes) -> str:
    text = "\n".join(page.extract_text() for page in read(content).pages)
    return " ".join(text.replace("\u200b", "").replace("\u00a0", " ").split())


def every_block(text: str) -> list[dict[str, Any]]:
    return [
        p.heading(text),
        p.heading("Under", 3),
        p.text(f"{text}\nNy linje\n\nNytt avsnitt"),
        p.facts([[text, text]]),
        p.table([text, {"title": "Sum", "align": "right"}], [[text, "1"], ["kort"]], total=["Sum", "1"], caption=text),
        p.bullets([text, "to"]),
        p.bullets([text], numbered=True),
        p.note(text),
        p.pagebreak(),
    ]


def test_it_is_tagged_for_screen_readers_and_fit_for_the_archive() -> None:
    content = paper_pdf(Paper(title="Saksframlegg", blocks=every_block("Tekst"), at=AT, body="Fjell kommune"))
    catalog: Any = read(content).trailer["/Root"]
    metadata = catalog["/Metadata"].get_data().decode()
    assert "pdfuaid" in metadata and "pdfaid" in metadata
    assert catalog["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in catalog
    assert str(catalog["/Lang"]).startswith("nb")
    found = read(content).metadata
    assert found is not None and found.title == "Saksframlegg"
    assert found.author == "Fjell kommune"
    assert found.creation_date == datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_norwegian_letters_come_out_again(language: str) -> None:
    text = words(paper_pdf(Paper(title="Blåbærsyltetøy", blocks=[p.text("ÆØÅ æøå Čáhppes")], language=language)))
    assert "Blåbærsyltetøy" in text and "ÆØÅ æøå Čáhppes" in text
    assert "Side 1 av 1" in text


def test_markup_prints_as_it_was_typed_everywhere() -> None:
    paper = Paper(
        title=INJECTION,
        blocks=every_block(INJECTION),
        body=INJECTION,
        kind=INJECTION,
        reference=INJECTION,
        facts=[[INJECTION, INJECTION]],
        author=INJECTION,
    )
    content = paper_pdf(paper)
    text = words(content)
    assert text.count('#read("/etc/passwd")') >= 10
    assert "*fet* _kursiv_ $x^2$ `kode` @ref <merke>" in text
    assert "root:" not in text
    found = read(content).metadata
    assert found is not None and found.title == INJECTION


def test_the_same_paper_is_the_same_bytes() -> None:
    paper = Paper(title="Porteføljerapport", blocks=every_block("Tekst"), at=AT)
    first = paper_pdf(paper)
    assert first == paper_pdf(paper)
    assert paper_pdf(Paper(title="Uten dato")) == paper_pdf(Paper(title="Uten dato"))


@pytest.mark.parametrize(
    "title",
    [
        "a" * 10_000,
        "ord " * 2_500,
        "",
        " \n ",
        "😀 \u202egnp.exe \u0000\u0007 \ue000 漢字 العربية",
        "<script>alert(1)</script>",
    ],
)
def test_whatever_somebody_calls_it_there_is_a_paper(title: str) -> None:
    content = paper_pdf(Paper(title=title, blocks=every_block(title or "–"), facts=[[title, title]]))
    assert len(read(content).pages) >= 1


def test_what_has_no_glyph_is_named_and_what_hides_is_gone() -> None:
    text = words(paper_pdf(Paper(title="Takk 😀 fdp\u202eexe")))
    assert "Takk [U+1F600] fdpexe" in text


def test_headings_never_skip_a_level() -> None:
    blocks = p.tidy(Paper(title="T", blocks=[p.heading("A", 3), p.heading("B", 3), p.heading("C", 9)])).blocks
    assert [block["level"] for block in blocks] == [1, 2, 3]


def test_an_unknown_block_is_the_programmers_fault() -> None:
    with pytest.raises(ValueError, match="no block"):
        paper_pdf(Paper(title="T", blocks=[{"kind": "skript"}]))


@pytest.mark.parametrize("template", ["../x.typ", "documents/../core/x.typ", "/etc/passwd", "documents/base.json"])
def test_only_a_rooms_own_template_is_set(template: str) -> None:
    with pytest.raises(ValueError, match="not a template"):
        pdf(template, {}, title="T", language="nb")


def test_the_root_holds_nothing_else(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a template of our own that tried could not read the machine's files."""
    from samrad.documents import typeset

    folder = tmp_path / "evil" / "typst"
    folder.mkdir(parents=True)
    (folder / "x.typ").write_text('#set document(title: "x")\n#read("/etc/passwd")')
    monkeypatch.setattr(typeset, "SAMRAD", tmp_path)
    with pytest.raises(Exception, match="not found"):
        pdf("evil/x.typ", {}, title="T", language="nb")


def test_five_hundred_projects_lie_down_and_are_done_in_time() -> None:
    columns = ["Tiltak", "Eier", "Fase", "Tid", "Økonomi", {"title": "Budsjett", "align": "right"}]
    rows = [
        [f"Tiltak {n} for hjemmetjenesten", "Fjell", "Planlegge", "● Grønn", "▲ Gul", "1 234 567 kr"]
        for n in range(500)
    ]
    began = time.perf_counter()
    content = paper_pdf(Paper(title="Porteføljerapport", blocks=[p.table(columns, rows)], landscape=True))
    # Far above what it takes (0,4 s): this fails only if somebody makes it slow by an order of magnitude.
    assert time.perf_counter() - began < 10
    pages = read(content).pages
    assert pages[0].mediabox.width > pages[0].mediabox.height
    assert all("Økonomi" in page.extract_text() for page in pages[:3]), "the header row returns on every page"
    assert "Tiltak 499" in words(content)


def test_the_same_paper_is_a_page() -> None:
    paper = Paper(title="T", blocks=every_block("<script>alert(1)</script>"), facts=[["Frist", "17. november"]])
    html = render_to_string("documents/paper.html", paper_page(paper))
    assert "<script>" not in html and "&lt;script&gt;" in html
    assert '<th scope="col" class="number">Sum</th>' in html
    assert "<dt>Frist</dt><dd>17. november</dd>" in html
    assert "style=" not in html
    for tag in ("<h2>", "<h3>", "<ol>", "<ul>", "<caption>", "<tfoot>"):
        assert tag in html
