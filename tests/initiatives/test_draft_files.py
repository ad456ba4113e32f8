"""Attachments: attached, listed, removed and put back through the pages; what is unfit is told at the field."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from samrad.core.acting import acting_for
from samrad.documents.models import File
from samrad.initiatives.forms import attachments
from tests.documents.examples import EXE, OLE, PDF, PNG, docx
from tests.initiatives.cast import Cast
from tests.initiatives.form import fill, send, start, stored


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: Settings) -> Path:
    """A file store of the test's own."""
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def client(cast: Cast) -> Client:
    return cast.client(cast.proposer)


@pytest.fixture
def draft(client: Client) -> int:
    return start(client)


def attach(client: Client, draft: int, *files: tuple[str, bytes], **values: str) -> Any:
    """Choose files and press «Legg ved»."""
    chosen = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(f"/initiatives/{draft}/files/", {"files": chosen, "title": "", "group": "", **values})


def files(cast: Cast, draft: int) -> list[File]:
    with acting_for([cast.fjell.pk, cast.region.pk]):
        return list(File.objects.filter(initiative_id=draft, removed_at__isnull=True).order_by("pk"))


def test_several_files_are_attached_listed_and_opened(cast: Cast, client: Client, draft: int) -> None:
    before = stored(cast, draft).version
    answer = attach(client, draft, ("Tilbud.pdf", PDF), ("Skisse.png", PNG), title="Fra leverandøren")
    assert answer.status_code == 302
    assert [(f.name, f.title) for f in files(cast, draft)] == [
        ("Tilbud.pdf", "Fra leverandøren"),
        ("Skisse.png", "Fra leverandøren"),
    ]
    assert stored(cast, draft).version == before + 2, "a page made before is stale now"
    for path in ("files/", "review/"):
        text = client.get(f"/initiatives/{draft}/{path}").content.decode()
        assert "Tilbud.pdf" in text and "Skisse.png" in text and "Fra leverandøren" in text
    story = client.get(f"/initiatives/{draft}/", follow=True).content.decode()
    assert "Tilbud.pdf" in story
    opened = client.get(f"/documents/{files(cast, draft)[0].pk}/")
    assert opened.content == PDF and "attachment" in opened["Content-Disposition"]


def test_the_form_leads_to_the_attachments_and_on_to_the_review(cast: Cast, client: Client, draft: int) -> None:
    fill(client, cast, draft)
    answer = send(client, draft, 9, question="Kjøp")
    assert answer["Location"] == f"/initiatives/{draft}/files/"
    page = client.get(answer["Location"]).content.decode()
    assert f"/initiatives/{draft}/review/" in page and "Steg 10 av 10" in page
    assert f"/initiatives/{draft}/files/" in client.get(f"/initiatives/{draft}/step/1/").content.decode()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("stor.pdf", PDF + b" " * 5000 + b"%%EOF", "er for stor"),
        ("program.exe", EXE, "kan ikke legges ved"),
        ("bilde.png", PDF, "noe annet"),
        ("tom.pdf", b"", "tom"),
        ("gammel.doc", OLE, "eldre type"),
        ("uten endelse", b"tekst", "kan ikke legges ved"),
        ("makro.docx", docx(**{"word/vbaProject.bin": "x"}), "makroer"),
        ("=cmd()|A1.exe", EXE, "kan ikke legges ved"),
    ],
)
def test_what_is_unfit_is_told_at_the_field_and_the_rest_is_kept(
    cast: Cast, client: Client, draft: int, settings: Settings, name: str, content: bytes, reason: str
) -> None:
    settings.MAX_UPLOAD_BYTES = 4000
    answer = attach(client, draft, ("Notat.pdf", PDF), (name, content), title="Mine notater", group="costs")
    text = answer.content.decode()
    assert answer.status_code == 422 and reason in text
    assert 'aria-invalid="true"' in text and 'href="#id_files"' in text and "Feil:" in text
    assert 'value="Mine notater"' in text and '<option value="costs" selected>' in text
    assert [f.name for f in files(cast, draft)] == ["Notat.pdf"]


def test_no_file_chosen_keeps_what_was_typed(cast: Cast, client: Client, draft: int) -> None:
    answer = client.post(f"/initiatives/{draft}/files/", {"title": "Tilbudet", "group": ""})
    text = answer.content.decode()
    assert answer.status_code == 422 and "Velg en fil" in text and 'value="Tilbudet"' in text


@pytest.mark.parametrize("title", ["Å" * 10_000, "\x00"])
def test_a_title_that_cannot_be_kept_is_told_at_the_field(cast: Cast, client: Client, draft: int, title: str) -> None:
    answer = attach(client, draft, ("Notat.pdf", PDF), title=title)
    assert answer.status_code == 422 and 'href="#id_title"' in answer.content.decode()
    assert files(cast, draft) == []


def test_script_tags_in_a_title_are_text(cast: Cast, client: Client, draft: int) -> None:
    attach(client, draft, ("Notat.pdf", PDF), title="<script>alert(1)</script>")
    for path in ("files/", "review/", ""):
        text = client.get(f"/initiatives/{draft}/{path}", follow=True).content.decode()
        assert "<script>alert" not in text and "Notat.pdf" in text


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("..\\..\\windows\\rapport.pdf", "rapport.pdf"),
        ("=1+1.pdf", "_=1+1.pdf"),
        ("-rf.pdf", "_-rf.pdf"),
        ("@SUM(A1).pdf", "_@SUM(A1).pdf"),
        ("faktura\u202efdp.pdf", "fakturafdp.pdf"),
    ],
)
def test_a_name_is_made_harmless(cast: Cast, client: Client, draft: int, given: str, kept: str) -> None:
    assert attach(client, draft, (given, PDF)).status_code == 302
    assert [f.name for f in files(cast, draft)] == [kept]


def test_a_double_click_attaches_once(cast: Cast, client: Client, draft: int) -> None:
    for _ in range(2):
        assert attach(client, draft, ("Notat.pdf", PDF)).status_code == 302
    assert len(files(cast, draft)) == 1


def test_there_is_a_limit_and_it_is_told(
    cast: Cast, client: Client, draft: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samrad.initiatives.views.files.MOST_FILES", 1)
    assert attachments.MOST_FILES == 50
    answer = attach(client, draft, ("A.pdf", PDF), ("B.png", PNG))
    assert answer.status_code == 422 and "«B.png»: Det er allerede 1 vedlegg" in answer.content.decode()
    assert [f.name for f in files(cast, draft)] == ["A.pdf"]


def test_one_is_asked_before_a_file_is_removed_and_can_regret(cast: Cast, client: Client, draft: int) -> None:
    attach(client, draft, ("Notat.pdf", PDF))
    [file] = files(cast, draft)
    page = f"/initiatives/{draft}/files/"
    asked = client.get(f"/documents/{file.pk}/remove/?next={page}").content.decode()
    assert "Notat.pdf" in asked and "Behold fila" in asked and len(files(cast, draft)) == 1
    for _ in range(2):
        client.post(f"/documents/{file.pk}/remove/", {"next": page})
    assert files(cast, draft) == []
    shown = client.get(page).content.decode()
    assert "Angre" in shown and "Notat.pdf" in shown
    assert client.get(f"/documents/{file.pk}/").status_code == 404
    for _ in range(2):
        assert client.post(f"/documents/{file.pk}/restore/", {"next": page})["Location"] == page
    assert files(cast, draft) == [file]


def test_putting_back_what_was_attached_anew_makes_no_second_one(cast: Cast, client: Client, draft: int) -> None:
    attach(client, draft, ("Notat.pdf", PDF))
    [file] = files(cast, draft)
    client.post(f"/documents/{file.pk}/remove/")
    attach(client, draft, ("Notat.pdf", PDF))
    assert client.post(f"/documents/{file.pk}/restore/").status_code == 302
    assert len(files(cast, draft)) == 1


def test_strangers_neighbours_and_colleagues_find_no_file_of_a_draft(cast: Cast, client: Client, draft: int) -> None:
    attach(client, draft, ("Hemmelig.pdf", PDF))
    [file] = files(cast, draft)
    for person in (cast.stranger, cast.neighbour, cast.colleague):
        other = cast.client(person)
        assert other.get(f"/initiatives/{draft}/files/").status_code == 404
        assert attach(other, draft, ("Min.pdf", PDF)).status_code == 404
        for answer in (
            other.get(f"/documents/{file.pk}/"),
            other.get(f"/documents/{file.pk}/remove/"),
            other.post(f"/documents/{file.pk}/remove/"),
            other.post(f"/documents/{file.pk}/restore/"),
        ):
            assert answer.status_code in {403, 404} and "Hemmelig" not in answer.content.decode()
    assert cast.client(cast.stranger).get(f"/documents/{file.pk}/").status_code == 404
    assert Client().get(f"/documents/{file.pk}/").status_code == 404
    assert [f.name for f in files(cast, draft)] == ["Hemmelig.pdf"]


def test_the_attachments_in_nynorsk(client: Client, draft: int) -> None:
    client.post("/organisation/language/", {"language": "nn"})
    assert "Kva høyrer fila til?" in client.get(f"/initiatives/{draft}/files/").content.decode()
