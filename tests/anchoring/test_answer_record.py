"""Writing an answer down for another: with its source, told to the one it is about, and contested."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import Settings

from samrad.anchoring import actions
from samrad.anchoring.models import Request
from samrad.cases.queries import tasks_of
from samrad.core.verdict import Refused
from samrad.organisation.models import Notification
from tests.anchoring.line import AT, Line
from tests.documents.examples import EXE, PDF

MAIL = b"From: Siri Dahl <siri@fjell.example>\r\nSubject: Tilr\xc3\xa5ding\r\n\r\nJeg tilr\xc3\xa5r dette.\r\n"


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: Settings) -> None:
    """A file store of the test's own."""
    settings.FILES_DIR = tmp_path / "files"


def _url(asked: Request, name: str = "answer_record") -> str:
    return reverse(f"anchoring:{name}", args=[asked.pk])


def _typed(asked: Request, **values: Any) -> dict[str, Any]:
    return {
        "version": asked.version,
        "how": "written",
        "source": "E-post 2. november",
        "answer": "recommended",
        "text": "",
        **values,
    }


def test_an_answer_by_mail_has_the_mail_attached_and_the_one_asked_reads_it(line: Line) -> None:
    need = line.supported()
    asked = line.asked(need, "endorsement")
    client = line.client("secretary")
    story = reverse("overview:initiative_story", args=[need.pk])
    assert f'href="{_url(asked)}"' in client.get(story).content.decode(), "found from the case"
    assert _url(asked) not in line.client("proposer").get(story).content.decode()
    missing = client.post(_url(asked), _typed(asked))
    text = missing.content.decode()
    assert missing.status_code == 409 and "Legg ved e-posten eller brevet" in text and 'href="#id_source_file"' in text
    assert 'value="E-post 2. november"' in text
    sent = client.post(_url(asked), _typed(asked, source_file=SimpleUploadedFile("Svar.eml", MAIL)))
    assert sent.status_code == 302 and line.case(need).state == "endorsed"
    with line.seen_by():
        file = Request.objects.get(pk=asked.pk).source_file
        assert file is not None and file.locked
        told = Notification.objects.get(person_id=line.people["sector_head"].pk, kind="anchoring.recorded")
        assert "E-post 2. november" in told.body
    page = line.client("sector_head").get(told.path).content.decode()
    assert f"/documents/{file.pk}/" in page and "Bestrid" in page
    download = reverse("documents:file_download", args=[file.pk])
    for who in ("sector_head", "secretary", "proposer"):
        assert line.client(who).get(download).content == MAIL, who
    for who in ("colleague", "dal_chief"):
        assert line.client(who).get(download).status_code in {403, 404}, who
    assert line.client("stranger").get(download).status_code == 404
    assert "Svar.eml" not in line.client("proposer").get(story).content.decode(), (
        "the source is no attachment of the need"
    )
    with line.acting("proposer") as by:
        actions.submit(by=by, at=AT, initiative_id=need.pk)  # and changes nothing that was recommended


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [("svar.exe", EXE, "kan ikke legges ved"), ("svar.eml", PDF, "noe annet"), ("svar.pdf", b"", "tom")],
)
def test_a_source_that_is_unfit_is_told_and_nothing_typed_is_lost(
    line: Line, name: str, content: bytes, reason: str
) -> None:
    need = line.supported()
    asked = line.asked(need, "endorsement")
    typed = _typed(asked, answer="with_remark", text="Husk opplæring.", source_file=SimpleUploadedFile(name, content))
    page = line.client("secretary").post(_url(asked), typed)
    text = page.content.decode()
    assert page.status_code == 409 and reason in text and 'href="#id_source_file"' in text
    assert "Husk opplæring." in text and "E-post 2. november" in text and "Velg fila på nytt" in text
    assert line.case(need).state == "awaiting_endorsement"


def test_a_double_click_writes_it_down_once(line: Line) -> None:
    need = line.supported()
    asked = line.asked(need, "endorsement")
    client = line.client("secretary")
    for _ in range(2):
        answer = client.post(_url(asked), _typed(asked, how="spoken", source="Telefon 2. november"))
        assert answer.status_code == 302
    with line.seen_by():
        assert Notification.objects.filter(kind="anchoring.recorded").count() == 1


def test_the_secretariat_and_the_head_answering_at_once_lose_nothing(line: Line) -> None:
    need = line.supported()
    asked = line.asked(need, "endorsement")
    late = _typed(asked, how="spoken", answer="returned", text="Mer om gevinst.")
    line.client("sector_head").post(
        _url(asked, "request_answer"), {"version": asked.version, "answer": "recommended", "text": ""}
    )
    page = line.client("secretary").post(_url(asked), late)
    assert page.status_code == 409 and "Mer om gevinst." in page.content.decode()
    assert line.case(need).state == "endorsed"


def test_the_one_who_wrote_it_down_cannot_contest_and_a_double_click_contests_once(line: Line) -> None:
    need = line.supported()
    asked = line.asked(need, "endorsement")
    line.client("secretary").post(_url(asked), _typed(asked, how="spoken"))
    contest = _url(asked, "answer_contest")
    assert line.client("secretary").post(contest, {"version": asked.version + 1}).status_code == 403
    client = line.client("sector_head")
    assert client.post(contest, {"version": asked.version + 1}).status_code == 302
    assert client.post(contest, {"version": asked.version + 1}).status_code in {403, 409}
    with line.seen_by():
        told = Notification.objects.filter(kind="anchoring.contested")
        assert line.people["secretary"].pk in set(told.values_list("person_id", flat=True))
        assert Request.objects.filter(initiative=need, kind="endorsement").count() == 2


def test_one_whose_hearing_answer_was_wrong_is_heard_again(line: Line) -> None:
    need = line.supported(both=True)
    [hearing] = line.hearings(need)
    with line.acting("secretary") as by:
        actions.record_on_behalf(by=by, at=AT, request_id=hearing.pk, answer="recommended", source="Telefon")
    with line.acting("sector_head") as by:
        actions.answer_endorsement(by=by, at=AT, request_id=line.asked(need, "endorsement").pk, answer="recommended")
    contest = reverse("anchoring:answer_contest", args=[hearing.pk])
    assert line.client("dal_sector_head").post(contest, {"version": hearing.version + 1}).status_code == 302
    [again] = line.hearings(need)
    with line.acting("dal_sector_head") as by:
        assert [t.object_id for t in tasks_of(by)] == [again.pk]
    with line.acting("proposer") as by, pytest.raises(Refused):
        actions.submit(by=by, at=AT, initiative_id=need.pk)
