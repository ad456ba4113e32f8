"""What people hand in is judged by its content."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from samrad.core.filenames import clean_name
from samrad.documents.uploads import Unfit, check, take_in
from tests.documents.examples import EXE, JPG, OLE, PDF, PNG, docx, odf, package, xlsx

GOOD = [
    ("svar.eml", b"Received: x\r\nFrom: Kari <kari@fjell.example>\r\n\r\nHei"),
    ("notat.pdf", PDF),
    ("notat.PDF", PDF),
    ("brev.docx", docx()),
    ("tall.xlsx", xlsx()),
    ("brev.odt", odf("text")),
    ("tall.ods", odf("spreadsheet")),
    ("bilde.png", PNG),
    ("bilde.jpeg", JPG),
    ("notat.txt", "Blåbær".encode()),
    ("notat.txt", "Blåbær".encode("cp1252")),
    ("notat.txt", "Blåbær".encode("utf-16")),
    ("tall.csv", b"a;b\r\n1;2\r\n"),
]
LIES = [
    ("svar.eml", b"Hei, dette er ingen e-post."),
    ("svar.eml", PDF),
    ("bilde.png", PDF),
    ("notat.pdf", PNG),
    ("notat.pdf", b"<html>%PDF-1.7</html>%%EOF"),
    ("notat.pdf", EXE),
    ("notat.txt", EXE),
    ("notat.txt", PDF),
    ("tall.csv", xlsx()),
    ("brev.docx", xlsx()),
    ("tall.xlsx", docx()),
    ("brev.docx", package({"a.txt": "hei"})),
    ("brev.docx", b"PK\x03\x04" + b"tull" * 10),
    ("brev.docx", docx()[:-30]),
    ("brev.odt", odf("spreadsheet")),
    ("brev.odt", docx()),
    ("brev.docx", docx(**{"../../etc/passwd": "x"})),
    ("bilde.jpg", b"GIF89a"),
]
MACROS = [
    ("brev.docm", docx()),
    ("brev.docx", docx(**{"word/vbaProject.bin": "x"})),
    ("tall.xlsx", package({"[Content_Types].xml": "sheet.macroEnabled.main+xml", "xl/workbook.xml": ""})),
    ("brev.odt", odf("text", **{"Basic/Standard/Module1.xml": "x"})),
]


@pytest.mark.parametrize(("name", "content"), GOOD)
def test_what_is_what_it_says_is_taken(name: str, content: bytes) -> None:
    assert check(name, content), check(name, content).reason


@pytest.mark.parametrize(("name", "content"), LIES)
def test_what_lies_about_its_kind_is_refused(name: str, content: bytes) -> None:
    verdict = check(name, content)
    assert not verdict and "noe annet" in str(verdict.reason)


@pytest.mark.parametrize(("name", "content"), MACROS)
def test_macros_are_refused(name: str, content: bytes) -> None:
    verdict = check(name, content)
    assert not verdict and "makroer" in str(verdict.reason)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("tom.pdf", b"", "tom"),
        ("kutt.pdf", b"%PDF-1.7\nhalv", "skadet"),
        ("gammel.doc", OLE, "eldre type"),
        ("laast.docx", OLE, "passord"),
        ("faktura.pdf.exe", EXE, "legges ved"),
        ("side.html", b"<script>alert(1)</script>", "legges ved"),
        ("bilde.svg", b"<svg/>", "legges ved"),
        ("uten", PDF, "legges ved"),
        ("", PDF, "legges ved"),
    ],
)
def test_the_reason_says_what_to_do(name: str, content: bytes, reason: str) -> None:
    verdict = check(name, content)
    assert not verdict and reason in str(verdict.reason)


def test_too_large_is_refused_at_the_field_before_it_is_read(settings: Settings) -> None:
    settings.MAX_UPLOAD_BYTES = 2 * 1024 * 1024
    upload = SimpleUploadedFile("stor.pdf", PDF)
    upload.size = 3 * 1024 * 1024
    with pytest.raises(Unfit) as refused:
        take_in(upload)
    verdict = refused.value.verdict
    assert "2 MB" in str(verdict.reason) and verdict.lacks[0].anchor == "id_file"
    assert not check("stor.txt", b"a" * (2 * 1024 * 1024 + 1))


def test_no_file_is_an_answer_too() -> None:
    with pytest.raises(Unfit, match="Velg en fil"):
        take_in(None)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\kari\\Mine dokumenter\\Søknad.PDF", "Søknad.pdf"),
        ("gnp.\u202efdp.exe", "gnp.fdp.exe"),
        ("a\x00b\r\nc.txt", "abc.txt"),
        ("con.txt", "_con.txt"),
        ("..pdf", "vedlegg.pdf"),
        (".pdf", "vedlegg.pdf"),
        ('a<b>:"c"|?*.txt', "a_b___c____.txt"),
        ("mye   luft .txt", "mye luft.txt"),
        ("=cmd|A1.csv", "_=cmd_A1.csv"),
        ("+47 123.txt", "_+47 123.txt"),
        ("-rf.txt", "_-rf.txt"),
        ("@SUM(A1).csv", "_@SUM(A1).csv"),
        ("", "vedlegg"),
    ],
)
def test_names_lose_folders_and_hidden_signs(name: str, clean: str) -> None:
    assert clean_name(name) == clean


def test_a_name_of_ten_thousand_letters_keeps_its_ending() -> None:
    clean = clean_name("å" * 10_000 + ".pdf")
    assert len(clean) == 120 and clean.endswith("å.pdf")
