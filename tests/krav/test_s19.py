"""S19: sending in, and the archive."""

import json
from pathlib import Path

import pytest
from django.utils import timezone

from samrad.archive.tasks import sweep
from tests.krav.region import CONSENT, MAIL, NIGHT, SPEECH, STRANGER, Region, pdf_text, text_of

krav = pytest.mark.krav


def register(region: Region, key: str, title: str, number: str = "2026/1234") -> int:
    [filing] = region.filings(title, kind="submission")
    values = {"version": filing.version, "case_number": number}
    return int(region.client(key).post(f"/archive/{filing.pk}/", values).status_code)


@krav("S19.AK1", guards=["samrad.config.wiring._file_submission", "samrad.archive.queries.visible_to"])
def test_what_is_sent_in_stands_in_the_list_until_it_has_a_case_number(region: Region) -> None:
    queue = "/archive/?state=by_hand"
    assert MAIL not in region.page("fjelldal-arkiv", queue)
    region.endorse_and_submit(MAIL)
    assert MAIL in region.page("fjelldal-arkiv", queue)
    assert "Ikke arkivert ennå." in region.page("fjelldal-ansatt-organisasjon", region.story(MAIL))
    [filing] = region.filings(MAIL)
    for key in ("granlia-arkiv", "fjelldal-ansatt-organisasjon", STRANGER):
        assert region.status(key, f"/archive/{filing.pk}/") == 404
    assert register(region, "fjelldal-arkiv", MAIL) == 302
    assert MAIL not in region.page("fjelldal-arkiv", queue)
    assert "Saksnummer: 2026/1234" in region.page("fjelldal-ansatt-organisasjon", region.story(MAIL))


@krav("S19.AK2", guards=["samrad.archive.queries.due", "samrad.archive.tasks._file"])
def test_when_the_archive_is_down_sending_in_works_and_filing_is_tried_again(region: Region, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file where the folder should be")
    region.file_to("fjelldal", taken / "archive")
    region.endorse_and_submit(MAIL)
    assert "Innmeldt" in region.page("fjelldal-ansatt-organisasjon", region.story(MAIL))
    sweep(0)
    sweep(0)  # too early for the next try
    page = region.page("fjelldal-arkiv", f"/archive/{region.filings(MAIL)[0].pk}/")
    assert "Forsøkt 1 ganger." in page
    assert region.filings(MAIL)[0].state == "failed"
    taken.unlink()
    later = region.filings(MAIL)[0].next_try_at
    assert later is not None
    with pytest.MonkeyPatch.context() as clock:
        clock.setattr("samrad.archive.tasks.timezone.now", lambda: later)
        sweep(0)
    assert MAIL in region.page("fjelldal-arkiv", "/archive/?state=filed")
    assert sorted(f.suffix for f in (taken / "archive").iterdir()) == [".json", ".pdf", ".txt", ".xml"]


@krav("S19.AK3", guards="samrad.archive.policy.can_retry")
def test_the_records_manager_sees_a_failure_and_tries_again(region: Region, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file where the folder should be")
    region.file_to("fjelldal", taken / "archive")
    region.endorse_and_submit(MAIL)
    sweep(0)
    assert "Ett dokument ble ikke arkivert. Vi prøver igjen." in region.page("fjelldal-arkiv", "/archive/")
    url = f"/archive/{region.filings(MAIL)[0].pk}/"
    button = ">Prøv igjen nå</button>"
    assert button in region.page("fjelldal-arkiv", url)
    assert button not in region.page("sekretariat", url)
    assert region.client("sekretariat").post(f"{url}retry/").status_code == 403
    for key in ("granlia-arkiv", STRANGER):
        assert region.client(key).post(f"{url}retry/").status_code == 404
    taken.unlink()
    assert region.client("fjelldal-arkiv").post(f"{url}retry/").status_code == 302
    assert MAIL in region.page("fjelldal-arkiv", "/archive/?state=filed")


@krav(
    "S19.AK4",
    guards=[
        "samrad.archive.papers._answers",
        "samrad.archive.papers._endorsements",
        "samrad.archive.papers._attachments",
        "samrad.archive.queries.visible_to",
    ],
)
def test_the_filed_document_holds_answers_attachments_time_submitter_and_endorsement(region: Region) -> None:
    author = "fjelldal-ansatt-organisasjon"
    assert region.answer("fjelldal-leder-organisasjon", MAIL, "endorsement", "with_remark", "Start i januar.")
    assert region.submit(author, MAIL).status_code == 302
    [filing] = region.filings(MAIL)
    words = pdf_text(region.client("fjelldal-arkiv").get(f"/archive/{filing.pk}.pdf").content)
    for answer in ("Brev går på papir.", "Da fortsetter det som i dag", "200 000", "60 000", "Spart porto", "20"):
        assert answer in words, answer
    assert "Notat om dagens situasjon.txt" in words
    assert region.person(author).name in words and f"{timezone.localtime(filing.queued_at):%d.%m.%Y}" in words
    assert region.person("fjelldal-leder-organisasjon").name in words and "Start i januar." in words
    for key in ("granlia-arkiv", author, STRANGER):
        assert region.status(key, f"/archive/{filing.pk}.pdf") == 404


@krav("S19.AK5", guards=["samrad.archive.policy.can_register", "samrad.archive.policy.is_case_number"])
def test_a_small_municipality_registers_by_hand_alone(region: Region) -> None:
    """Bekkjarvoll has set up no archive at all."""
    manager = "bekkjarvoll-arkiv"
    [filing] = region.filings(CONSENT)
    assert f'href="/archive/{filing.pk}/"' in region.page(manager, "/overview/")
    wrong = region.client(manager).post(f"/archive/{filing.pk}/", {"version": filing.version, "case_number": "tull"})
    assert wrong.status_code == 400 and "2026/1234" in text_of(wrong)
    assert register(region, "sekretariat", CONSENT) == 403
    assert register(region, STRANGER, CONSENT) == 404
    assert register(region, manager, CONSENT) == 302
    assert f'href="/archive/{filing.pk}/"' not in region.page(manager, "/overview/")
    assert "2026/1234" in region.page("bekkjarvoll-ansatt-oppvekst", region.story(CONSENT))


@krav("S19.AK6", guards=["samrad.archive.actions._basis", "samrad.organisation.policy.can_exempt"])
def test_the_access_code_and_the_law_follow_the_document(region: Region, tmp_path: Path) -> None:
    need, author, law = region.need(MAIL), "fjelldal-ansatt-organisasjon", "offentleglova § 23 første ledd"
    region.file_to("fjelldal", tmp_path / "archive")
    values = {"field_group": "costs", "basis_code": "offl-23-1", "until": ""}
    assert region.client(STRANGER).post(f"/initiatives/{need.pk}/exemptions/", values).status_code == 404
    assert region.client(author).post(f"/initiatives/{need.pk}/exemptions/", values).status_code == 302
    region.endorse_and_submit(MAIL)
    sweep(0)
    told = json.loads(next((tmp_path / "archive").glob("*.json")).read_text())
    assert told["access_basis"] == law and told["public"] is False
    assert law in pdf_text(next((tmp_path / "archive").glob("*.pdf")).read_bytes())
    submitted = region.need(SPEECH)
    refused = region.client("fjelldal-ansatt-oppvekst").post(f"/initiatives/{submitted.pk}/exemptions/", values)
    assert refused.status_code == 403
    assert region.filings(NIGHT)[0].access_basis == ""
