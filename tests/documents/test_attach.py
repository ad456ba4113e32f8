"""Attaching, opening and removing files, as people who may and people who may not."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from samrad.core.acting import acting_for
from samrad.core.verdict import Refused, Verdict
from samrad.documents import policy
from samrad.documents.actions import attach_file, keep_paper, lock_files, remove_file
from samrad.documents.models import File
from samrad.documents.policy import can_open
from samrad.eventlog.models import Event
from samrad.initiatives.actions import start_draft
from samrad.organisation.models import Person
from tests.documents.examples import PDF, PNG
from tests.initiatives.cast import Cast

AT = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_guards(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What the rooms have wired is theirs to test; here it is as if nothing were."""
    monkeypatch.setattr(policy, "_opens", {})
    monkeypatch.setattr(policy, "_changes", [])
    yield


def attached(cast: Cast, by: Person, name: str = "Notat.pdf", content: bytes = PDF, *, on_need: bool = False) -> File:
    actor = cast.actor(by)
    with acting_for(actor.entities):
        need = start_draft(by=actor, at=AT, title="Ny journal") if on_need else None
        return attach_file(
            by=actor,
            at=AT,
            house=need or by,
            initiative_id=need.pk if need else None,
            upload=SimpleUploadedFile(name, content),
        )


def test_a_colleague_saves_the_file_and_it_never_opens_as_a_page(cast: Cast) -> None:
    file = attached(cast, cast.proposer, "../Blå «rapport».pdf")
    response = cast.client(cast.colleague).get(f"/documents/{file.pk}/")
    assert response.status_code == 200 and response.content == PDF
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Bl%C3%A5%20%C2%ABrapport%C2%BB.pdf"
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox"
    assert "no-store" in response["Cache-Control"]


def test_strangers_neighbours_and_the_public_get_nothing(cast: Cast) -> None:
    file = attached(cast, cast.proposer)
    assert cast.client(cast.stranger).get(f"/documents/{file.pk}/").status_code == 404
    assert cast.client(cast.stranger).post(f"/documents/{file.pk}/remove/").status_code == 404
    assert cast.client(cast.neighbour).get(f"/documents/{file.pk}/").status_code in {403, 404}
    client = cast.client(cast.stranger)
    client.logout()
    assert client.get(f"/documents/{file.pk}/").status_code == 404


def test_row_security_hides_it_even_where_visible_to_is_forgotten(cast: Cast) -> None:
    file = attached(cast, cast.proposer)
    with acting_for(cast.actor(cast.stranger).entities):
        assert not File.objects.filter(pk=file.pk).exists()


def test_without_a_guard_nobody_opens_what_hangs_on_a_need(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "_changes", [lambda by, initiative_id: Verdict.yes()])
    file = attached(cast, cast.proposer, on_need=True)
    assert not can_open(cast.actor(cast.proposer), file)
    response = cast.client(cast.proposer).get(f"/documents/{file.pk}/")
    assert response.status_code == 403 and "ikke er med i saken" in response.content.decode()
    policy.register_guard("attachment", lambda actor, file: Verdict(actor.person_id == cast.proposer.pk, "Nei."))
    assert cast.client(cast.proposer).get(f"/documents/{file.pk}/").status_code == 200
    assert cast.client(cast.colleague).get(f"/documents/{file.pk}/").status_code == 403


def test_without_a_guard_nobody_attaches_to_a_need(cast: Cast) -> None:
    with pytest.raises(Refused, match="ikke er med og skriver"):
        attached(cast, cast.proposer, on_need=True)
    with acting_for(cast.actor(cast.proposer).entities):
        assert not File.objects.exists()


def test_a_file_that_lies_changes_nothing(cast: Cast) -> None:
    with pytest.raises(Refused, match="noe annet"):
        attached(cast, cast.proposer, "bilde.png", PDF)
    with acting_for(cast.actor(cast.proposer).entities):
        assert not File.objects.exists() and not Event.objects.filter(kind__startswith="documents.").exists()


def test_a_double_click_attaches_once_and_the_log_has_no_names(cast: Cast) -> None:
    first, second = attached(cast, cast.proposer), attached(cast, cast.proposer)
    assert first.pk == second.pk
    with acting_for(cast.actor(cast.proposer).entities):
        event = Event.objects.get(kind="documents.FileAttached")
    assert event.data == {"file_id": first.pk, "size": len(PDF)}


def test_what_is_removed_is_gone_and_can_be_attached_again(cast: Cast) -> None:
    file = attached(cast, cast.proposer)
    client = cast.client(cast.proposer)
    response = client.post(f"/documents/{file.pk}/remove/", {"next": "/core/privacy/"})
    assert response.status_code == 302 and response["Location"] == "/core/privacy/"
    assert client.get(f"/documents/{file.pk}/").status_code == 404
    assert attached(cast, cast.proposer).pk != file.pk


def test_remove_never_leads_off_the_site_and_asks_first(cast: Cast) -> None:
    file = attached(cast, cast.proposer)
    client = cast.client(cast.proposer)
    asked = client.get(f"/documents/{file.pk}/remove/?next=https://evil.example/").content.decode()
    assert "Notat.pdf" in asked and 'href="/">Behold fila' in asked and 'href="https://evil' not in asked
    assert client.get(f"/documents/{file.pk}/").status_code == 200, "asking removes nothing"
    response = client.post(f"/documents/{file.pk}/remove/", {"next": "https://evil.example/"})
    assert response["Location"] == "/"


def test_what_was_sent_in_stays(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "_changes", [lambda by, initiative_id: Verdict.yes()])
    file = attached(cast, cast.proposer, on_need=True)
    actor = cast.actor(cast.proposer)
    with acting_for(actor.entities):
        assert file.initiative_id is not None
        assert lock_files(by=actor, at=AT, house=file, initiative_id=file.initiative_id) == (file.pk,)
        assert lock_files(by=actor, at=AT, house=file, initiative_id=file.initiative_id) == ()
        with pytest.raises(Refused, match="sendt inn"):
            remove_file(by=actor, at=AT, file=file)


def test_a_finished_paper_is_kept_and_stays(cast: Cast) -> None:
    actor = cast.actor(cast.proposer)
    with acting_for(actor.entities):
        paper = keep_paper(by=actor, at=AT, house=cast.proposer, kind="report", name="a/../Rapport.pdf", content=PDF)
        assert paper.name == "Rapport.pdf" and paper.locked and paper.ending == "PDF"
        with pytest.raises(Refused):
            remove_file(by=actor, at=AT, file=paper)


def test_missing_bytes_are_a_page_not_a_crash(cast: Cast) -> None:
    from samrad.documents.files import path_of

    file = attached(cast, cast.proposer, "bilde.png", PNG)
    path_of(file.sha256).unlink()
    assert cast.client(cast.proposer).get(f"/documents/{file.pk}/").status_code == 404
