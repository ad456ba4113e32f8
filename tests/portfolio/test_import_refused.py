"""What is no list of projects is refused in plain Norwegian, in the browser and by the command, and never read whole."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from unittest.mock import Mock, patch

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.urls import reverse

from samrad.core.sheets.incoming import SheetUploadForm
from samrad.portfolio.commands import import_portfolio
from samrad.portfolio.models import ImportBatch, Project
from tests.portfolio.conftest import Importing
from tests.portfolio.test_import import OURS, arguments

LARGE = 200 * 1024 * 1024


def packed(**parts: bytes) -> bytes:
    """A zip with these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return made.getvalue()


def damaged() -> bytes:
    """A workbook that lost its second half on the way."""
    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    return made.getvalue()[: len(made.getvalue()) // 2]


FILES = {
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "et bilde"),
    "photo": (b"\xff\xd8\xff\xe0" + b"\x00" * 100, "et bilde"),
    "word": (packed(word__document_xml=b"<w/>"), "en Word-fil"),
    "empty": (b"", "tom"),
    "password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "passord"),
    "damaged": (damaged(), "Excel-fila"),
    "bomb": (packed(xl__workbook_xml=b"", xl__sharedStrings_xml=b"\x00" * 60_000_000), "blir for stor når den åpnes"),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_wrong_file_is_refused_in_norwegian_in_the_browser_and_by_the_command(
    importing: Importing, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    content, said = FILES[kind]
    address = reverse("portfolio:import_upload", args=[importing.portfolio.pk])
    answer = importing.client.post(address, {"file": SimpleUploadedFile("liste.xlsx", content)})
    assert answer.status_code == 400
    [told] = answer.context["form"].errors["file"]
    path = tmp_path / "liste.xlsx"
    path.write_bytes(content)
    assert import_portfolio(arguments(path)) == 1
    assert said in told and said in capsys.readouterr().err
    assert (ImportBatch.objects.count(), Project.objects.count()) == (0, 0)


def test_a_file_of_200_mb_is_refused_before_it_is_read(
    importing: Importing, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "stor.csv"
    with path.open("wb") as file:
        file.write(OURS.encode())
        file.truncate(LARGE)  # no disk is filled: what is not written is a hole
    with patch.object(Path, "read_bytes", side_effect=AssertionError("it was read")):
        assert import_portfolio(arguments(path)) == 1
    assert "Fila er for stor. Grensa er 20 MB." in capsys.readouterr().err
    # Django keeps an upload as large as this on disk; the form looks at its size and never opens it.
    large = TemporaryUploadedFile("stor.csv", "text/csv", LARGE, None)
    large.file.truncate(LARGE)
    large.file.read = Mock(side_effect=AssertionError("it was read"))
    form = SheetUploadForm({}, {"file": large})
    assert not form.is_valid() and "for stor" in form.errors["file"][0]
