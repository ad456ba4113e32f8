"""Attachments on their way: those asked read them, they count in what was recommended, and stay when sent in."""

from pathlib import Path

import pytest
from django.urls import reverse
from pytest_django import Settings

from samrad.anchoring import actions
from samrad.documents.models import File
from samrad.initiatives.models import Initiative
from samrad.organisation.actions import exempt_fields
from tests.anchoring.attaching import attach
from tests.anchoring.line import AT, Line
from tests.documents.examples import PDF, PNG


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: Settings) -> None:
    """A file store of the test's own."""
    settings.FILES_DIR = tmp_path / "files"


def _open(line: Line, who: str, file: File) -> int:
    return line.client(who).get(reverse("documents:file_download", args=[file.pk])).status_code


def _fresh(line: Line, need: Initiative) -> Initiative:
    with line.seen_by("proposer"):
        return Initiative.objects.get(pk=need.pk)


def _sent_with_file(line: Line, *, both: bool = False) -> tuple[Initiative, File]:
    need = line.draft(both=both)
    file = attach(line, need, title="Pristilbud")
    with line.acting("proposer") as by:
        actions.send_to_anchoring(by=by, at=AT, initiative_id=need.pk)
    return need, file


def test_those_who_are_asked_read_the_attachments_and_others_do_not(line: Line) -> None:
    need, file = _sent_with_file(line)
    asked = line.asked(need, "expert_group")
    page = line.client("expert").get(reverse("anchoring:request_answer", args=[asked.pk])).content.decode()
    assert "Tilbud.pdf" in page and "Pristilbud" in page and f"/documents/{file.pk}/" in page
    with line.acting("expert") as by:
        actions.give_opinion(by=by, at=AT, request_id=asked.pk, supports=True)
    asked = line.asked(need, "endorsement")
    page = line.client("sector_head").get(reverse("anchoring:request_answer", args=[asked.pk])).content.decode()
    assert "Tilbud.pdf" in page
    assert [_open(line, who, file) for who in ("proposer", "expert", "sector_head")] == [200, 200, 200]
    assert _open(line, "stranger", file) == 404
    for who in ("colleague", "secretary", "dal_chief", "chief"):
        assert _open(line, who, file) in {403, 404}, who
        story = line.client(who).get(reverse("overview:initiative_story", args=[need.pk]))
        assert "Tilbud.pdf" not in story.content.decode(), who


def test_a_changed_file_after_the_recommendation_asks_again_and_shows_it(line: Line) -> None:
    need, file = _sent_with_file(line)
    with line.acting("expert") as by:
        actions.give_opinion(by=by, at=AT, request_id=line.asked(need, "expert_group").pk, supports=True)
    with line.acting("sector_head") as by:
        actions.answer_endorsement(by=by, at=AT, request_id=line.asked(need, "endorsement").pk, answer="recommended")
    client = line.client("proposer")
    client.post(reverse("documents:file_remove", args=[file.pk]))
    attach(line, need, "Nytt tilbud.pdf", PDF + b"%%EOF")
    need = _fresh(line, need)
    url = reverse("anchoring:submission_send", args=[need.pk])
    page = client.post(url, {"version": need.version})
    assert page.status_code == 409 and "Be om tilråding på nytt" in page.content.decode()
    client.post(reverse("anchoring:request_send", args=[need.pk]), {"version": need.version})
    asked = line.asked(need, "endorsement")
    page = line.client("sector_head").get(reverse("anchoring:request_answer", args=[asked.pk]))
    text = page.content.decode()
    assert "Nytt tilbud.pdf" in text and "Tilbud.pdf · Pristilbud" in text, "what changed is shown"


def test_a_file_put_back_is_the_recommended_version_again(line: Line) -> None:
    need, file = _sent_with_file(line)
    with line.acting("expert") as by:
        actions.give_opinion(by=by, at=AT, request_id=line.asked(need, "expert_group").pk, supports=True)
    asked = line.asked(need, "endorsement")
    with line.acting("sector_head") as by:
        actions.answer_endorsement(by=by, at=AT, request_id=asked.pk, answer="recommended")
    client = line.client("proposer")
    client.post(reverse("documents:file_remove", args=[file.pk]))
    gone = line.client("sector_head").get(reverse("anchoring:request_answer", args=[asked.pk])).content.decode()
    assert "Fjernet etter at du ble spurt" in gone
    client.post(reverse("documents:file_restore", args=[file.pk]))
    need = _fresh(line, need)
    assert (
        client.post(reverse("anchoring:submission_send", args=[need.pk]), {"version": need.version}).status_code == 302
    )


def test_what_was_sent_in_stays_and_the_secretariat_reads_it(line: Line) -> None:
    need, file = _sent_with_file(line)
    with line.acting("expert") as by:
        actions.give_opinion(by=by, at=AT, request_id=line.asked(need, "expert_group").pk, supports=True)
    with line.acting("sector_head") as by:
        actions.answer_endorsement(by=by, at=AT, request_id=line.asked(need, "endorsement").pk, answer="recommended")
    with line.acting("proposer") as by:
        actions.submit(by=by, at=AT, initiative_id=need.pk)
    client = line.client("proposer")
    page = client.get(reverse("initiatives:draft_files", args=[need.pk])).content.decode()
    assert "Del av det som er sendt inn" in page and f"/documents/{file.pk}/remove/" not in page
    url = reverse("documents:file_remove", args=[file.pk])
    assert "Fjern fila</button>" not in client.get(url).content.decode()
    assert client.post(url).status_code == 403
    case = line.case(need)
    prepared = line.client("secretary").get(reverse("secretariat:case_prepare", args=[case.pk])).content.decode()
    assert "Tilbud.pdf" in prepared and _open(line, "secretary", file) == 200
    assert _open(line, "colleague", file) == 200, "what is sent in is open to the municipality"
    assert _open(line, "stranger", file) == 404


def test_a_file_follows_the_exemption_of_what_it_belongs_to(line: Line) -> None:
    need = line.draft(both=True)
    price = attach(line, need, "Pris.pdf", exempt_group="costs")
    drawing = attach(line, need, "Skisse.png", PNG)
    with line.acting("proposer") as by:
        actions.send_to_anchoring(by=by, at=AT, initiative_id=need.pk)
        exempt_fields(
            by=by,
            at=AT,
            house=need,
            initiative_id=need.pk,
            involved=True,
            field_group="costs",
            legal_basis="offl. § 23",
            until=None,
        )
    with line.acting("expert") as by:
        actions.give_opinion(by=by, at=AT, request_id=line.asked(need, "expert_group").pk, supports=True)
    with line.acting("sector_head") as by:
        actions.answer_endorsement(by=by, at=AT, request_id=line.asked(need, "endorsement").pk, answer="recommended")
    for hearing in line.hearings(need):
        with line.acting("dal_sector_head") as by:
            actions.answer_request(by=by, at=AT, request_id=hearing.pk, version=None, answer="recommended")
    with line.acting("proposer") as by:
        actions.submit(by=by, at=AT, initiative_id=need.pk)
    assert (_open(line, "colleague", price), _open(line, "colleague", drawing)) == (403, 200)
    story = line.client("colleague").get(reverse("overview:initiative_story", args=[need.pk])).content.decode()
    assert "Pris.pdf" not in story and "Skisse.png" in story
    whole = line.client("secretary").get(reverse("overview:initiative_story", args=[need.pk])).content.decode()
    assert "Pris.pdf" in whole and "offl. § 23" in whole
    assert _open(line, "stranger", drawing) == 404
