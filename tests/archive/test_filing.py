"""Filing: nothing is silent, nothing is filed twice, and nobody reads another's archive."""

import hashlib
import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from pytest_django import Settings

from samrad.anchoring import actions as anchoring
from samrad.archive import actions, policy
from samrad.archive.models import Filing
from samrad.archive.tasks import sweep
from samrad.cases.actions import decide
from samrad.cases.models import Case
from samrad.cases.queries import tasks_of
from samrad.core.acting import acting_for
from samrad.core.verdict import Refused
from samrad.initiatives.models import Initiative
from samrad.organisation.actions import exempt_fields
from samrad.organisation.actors import system_actor
from tests.anchoring.attaching import attach
from tests.anchoring.line import AT, ON, Line
from tests.council.seats import approved
from tests.documents.examples import PDF, PNG


def _url(name: str, *ids: int) -> str:
    return reverse(f"archive:{name}", args=ids)


def _filings(line: Line, **values: object) -> list[Filing]:
    with acting_for([e.pk for e in line.entities.values()]):
        return list(Filing.objects.filter(**values).select_related("owner", "initiative").order_by("pk"))


def _to_folder(line: Line, folder: Path, owner: str = "fjell") -> None:
    home = line.entities[owner]
    with acting_for([home.pk]):
        by = system_actor(home.pk, on=ON)
        actions.set_up_archive(by=by, at=AT, owner=home, backend="folder", folder=str(folder))


def _text(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_what_is_sent_in_waits_in_the_owners_list_with_a_task(council_line: Line) -> None:
    line = council_line
    need = line.submitted()
    [filing] = _filings(line)
    assert (filing.kind, filing.state, filing.owner_id) == ("submission", "by_hand", line.entities["fjell"].pk)
    with line.acting("fjell_archive") as by:
        assert [(t.kind, t.object_id) for t in tasks_of(by)] == [("file_by_hand", filing.pk)]
    client = line.client("fjell_archive")
    assert need.title in client.get(_url("filing_list")).content.decode()
    text = _text(client.get(_url("filing_file", filing.pk)).content)
    assert "40 omveier" in text and "Anne Berg" in text


def test_the_case_number_is_entered_by_hand(council_line: Line) -> None:
    line = council_line
    need = line.submitted()
    [filing] = _filings(line)
    client, url = line.client("fjell_archive"), _url("filing_detail", filing.pk)
    for wrong in ("tull", "", "26/12", "2026/", "2026/1234; drop"):
        page = client.post(url, {"version": filing.version, "case_number": wrong})
        assert page.status_code == 400 and "2026/1234" in page.content.decode()
    assert client.post(url, {"version": filing.version + 1, "case_number": "2026/1234"}).status_code == 409
    assert client.post(url, {"case_number": "2026/1234"}).status_code == 409
    assert client.post(url, {"version": filing.version, "case_number": " 2026/1234-1 "}).status_code == 302
    [filing] = _filings(line)
    assert (filing.state, filing.archive_ref, filing.filed_by_id) == (
        "filed",
        "2026/1234-1",
        line.people["fjell_archive"].pk,
    )
    assert line.case(need).archive_ref == "2026/1234"
    with line.acting("fjell_archive") as by:
        assert not tasks_of(by).exists()
    assert client.post(url, {"version": filing.version, "case_number": "2026/9"}).status_code == 403
    found = client.get(_url("filing_list"), {"q": "2026/1234", "state": "filed"}).content.decode()
    assert need.title in found
    assert need.title not in client.get(_url("filing_list"), {"state": "failed"}).content.decode()


def test_the_folder_gets_the_document_and_what_the_archive_must_know(council_line: Line, tmp_path: Path) -> None:
    line = council_line
    _to_folder(line, tmp_path)
    need = line.submitted()
    [filing] = _filings(line)
    assert filing.state == "queued"
    sweep(0)
    sweep(0)  # a second worker, or the same job again
    [filing] = _filings(line)
    assert (filing.state, filing.attempts) == ("filed", 1)
    told, pdf, _message = sorted(tmp_path.iterdir(), key=lambda p: p.suffix)
    metadata = json.loads(told.read_text())
    assert (metadata["title"], metadata["reference"]) == (need.title, need.reference)
    assert metadata["sha256"] == hashlib.sha256(pdf.read_bytes()).hexdigest()
    assert metadata["public"] and "pdfaid" in pdf.read_bytes().decode("latin-1")


def test_the_attachments_are_listed_in_what_is_filed_and_follow_it(
    council_line: Line, tmp_path: Path, settings: Settings
) -> None:
    line, folder = council_line, tmp_path / "sak"
    settings.FILES_DIR = tmp_path / "files"
    _to_folder(line, folder)
    need = line.draft()
    attach(line, need, "Tilbud.pdf", PDF, title="Fra leverandøren")
    attach(line, need, "Skisse.png", PNG)
    with line.acting("proposer") as by:
        anchoring.send_to_anchoring(by=by, at=AT, initiative_id=need.pk)
    with line.acting("expert") as by:
        asked = line.asked(need, "expert_group")
        anchoring.give_opinion(by=by, at=AT, request_id=asked.pk, supports=True)
    with line.acting("sector_head") as by:
        asked = line.asked(need, "endorsement")
        anchoring.answer_endorsement(by=by, at=AT, request_id=asked.pk, answer="recommended")
    with line.acting("proposer") as by:
        anchoring.submit(by=by, at=AT, initiative_id=need.pk)
    [filing] = _filings(line)
    page = line.client("fjell_archive").get(_url("filing_detail", filing.pk)).content.decode()
    assert "Tilbud.pdf" in page and "Skisse.png" in page
    sweep(0)
    [metadata] = [json.loads(path.read_text()) for path in folder.glob("*.json")]
    listed = {f["file"]: (f["title"], f["sha256"]) for f in metadata["attachments"]}
    assert listed["Tilbud.pdf"] == ("Fra leverandøren", hashlib.sha256(PDF).hexdigest())
    [main] = [path for path in folder.glob("*.pdf") if not path.stem.endswith("-1")]
    text = _text(main.read_bytes())
    assert "Vedlegg" in text and "Tilbud.pdf" in text and "Fra leverandøren" in text and "Skisse.png" in text
    assert sorted(path.read_bytes() for path in folder.glob("*-[12].p*")) == sorted([PDF, PNG])
    assert line.client("other_archive").get(_url("filing_detail", filing.pk)).status_code == 404


def test_a_folder_that_cannot_be_written_is_tried_again_and_listed(council_line: Line, tmp_path: Path) -> None:
    line = council_line
    taken = tmp_path / "taken"
    taken.write_text("a file where the folder should be")
    _to_folder(line, taken / "archive")
    line.submitted()
    sweep(0)
    [filing] = _filings(line)
    assert (filing.state, filing.attempts) == ("failed", 1) and str(taken) in filing.error
    sweep(0)  # not yet: it waits longer for each failure
    assert _filings(line)[0].attempts == 1
    client = line.client("fjell_archive")
    page = client.get(_url("filing_list")).content.decode()
    assert "Mislyktes" in page and "Ett dokument" in page
    client.post(_url("filing_retry", filing.pk))
    [filing] = _filings(line)
    assert (filing.state, filing.attempts) == ("failed", 2)
    assert filing.next_try_at is not None and filing.next_try_at > timezone.now() + timedelta(seconds=100)
    taken.unlink()
    assert client.post(_url("filing_retry", filing.pk)).status_code == 302
    assert _filings(line)[0].state == "filed" and len(list((taken / "archive").iterdir())) == 3


def test_one_that_cannot_be_made_does_not_hold_up_the_others(council_line: Line, tmp_path: Path) -> None:
    line = council_line
    _to_folder(line, tmp_path)
    line.submitted()
    line.submitted()
    first, _second = _filings(line)
    with acting_for([line.entities["fjell"].pk]):
        Filing.objects.filter(pk=first.pk).update(content={"title": "ødelagt", "unknown": True})
    sweep(0)
    first, second = _filings(line)
    assert (first.state, first.error, second.state) == ("failed", "TypeError", "filed")


def test_a_failed_one_can_be_filed_by_hand_instead(council_line: Line, tmp_path: Path) -> None:
    line = council_line
    (tmp_path / "x").write_text("")
    _to_folder(line, tmp_path / "x")
    line.submitted()
    sweep(0)
    [filing] = _filings(line)
    url = _url("filing_detail", filing.pk)
    line.client("fjell_archive").post(url, {"version": filing.version, "case_number": "2026/7"})
    assert _filings(line)[0].state == "filed"


def test_minutes_extracts_and_decisions_are_filed_each_in_its_house(council_line: Line) -> None:
    line = council_line
    need, _meeting, _item = approved(line, both=True)
    for who in ("chief", "dal_chief"):
        row = line.decision(need, "fjell" if who == "chief" else "dal")
        with line.acting(who) as by:
            decide(by=by, at=AT, decision_id=row.pk, version=None, outcome="approved")
    found = {(f.kind, f.owner.slug) for f in _filings(line)}
    assert found == {
        ("submission", "fjell"),
        ("minutes", "region"),
        ("notice", "region"),
        ("case_paper", "fjell"),
        ("minutes_extract", "fjell"),
        ("decision", "fjell"),
        ("decision", "dal"),
    }
    [extract] = _filings(line, kind="minutes_extract")
    assert "Rådet anbefaler elektroniske låser." in _text(
        line.client("fjell_archive").get(_url("filing_file", extract.pk)).content
    )
    [theirs] = [f for f in _filings(line, kind="decision") if f.owner.slug == "dal"]
    dal = line.client("dal_archive")
    dal.post(_url("filing_detail", theirs.pk), {"version": theirs.version, "case_number": "2026/55"})
    assert _filings(line, pk=theirs.pk)[0].archive_ref == "2026/55"
    assert line.case(need).archive_ref == ""  # the number of the owner's archive, not of the neighbour's


def test_a_decision_made_again_is_filed_again_and_the_first_still_says_what_it_said(council_line: Line) -> None:
    line = council_line
    need, _meeting, _item = approved(line)
    row = line.decision(need, "fjell")
    with line.acting("chief") as by:
        decide(by=by, at=AT, decision_id=row.pk, version=None, outcome="deferred", text="Venter på tall.")
    with line.acting("secretary"):
        case = line.case(need)
        Case.objects.filter(pk=case.pk).update(state="recommended")  # back from the council once more
    from samrad.cases.actions import ask_decisions

    with line.acting("secretary") as by:
        ask_decisions(by=by, at=AT, case=Case.objects.get(pk=case.pk))
    row = line.decision(need, "fjell")
    with line.acting("chief") as by:
        decide(by=by, at=AT, decision_id=row.pk, version=None, outcome="approved", text="Nå er tallene her.")
    first, second = _filings(line, kind="decision")
    client = line.client("fjell_archive")
    assert "Venter på tall." in _text(client.get(_url("filing_file", first.pk)).content)
    assert "Nå er tallene her." in _text(client.get(_url("filing_file", second.pk)).content)


def test_the_legal_basis_follows_the_document(council_line: Line, tmp_path: Path) -> None:
    line = council_line
    _to_folder(line, tmp_path)
    need = line.submitted()
    with line.acting("secretary") as by:
        exempt_fields(
            by=by,
            at=AT,
            house=need,
            initiative_id=need.pk,
            field_group="costs",
            legal_basis="offentleglova § 23",
            involved=False,
        )
    sweep(0)
    metadata = json.loads(next(tmp_path.glob("*.json")).read_text())
    assert metadata["access_basis"] == "offentleglova § 23" and not metadata["public"]
    assert "offentleglova § 23" in _text(next(tmp_path.glob("*.pdf")).read_bytes())


def test_the_neighbours_records_manager_reads_nothing(council_line: Line) -> None:
    """The documents hold every field, exempt ones too: they are their owner's."""
    line = council_line
    need = line.submitted()
    [filing] = _filings(line)
    client = line.client("dal_archive")
    assert need.title not in client.get(_url("filing_list")).content.decode()
    assert client.get(_url("filing_file", filing.pk)).status_code == 404
    for who in ("stranger", "other_archive", "dal_archive", "colleague", "proposer"):
        client = line.client(who)
        assert client.get(_url("filing_detail", filing.pk)).status_code == 404
        typed = {"version": filing.version, "case_number": "2026/1"}
        assert client.post(_url("filing_detail", filing.pk), typed).status_code == 404
        assert client.post(_url("filing_retry", filing.pk)).status_code == 404
        assert client.get(_url("filing_list")).status_code in (200, 403)
    assert line.client("proposer").get(_url("filing_list")).status_code == 403
    assert need.title not in line.client("other_archive").get(_url("filing_list")).content.decode()


def test_only_the_records_manager_registers_and_retries(council_line: Line, tmp_path: Path) -> None:
    line = council_line
    region = line.entities["region"]
    from samrad.organisation.actions import give_role

    with acting_for([region.pk]):
        give_role(
            by=system_actor(region.pk, on=ON),
            at=AT,
            person=line.people["secretary"],
            role="secretariat_lead",
            valid_from=ON,
        )
    need = line.submitted()
    [filing] = _filings(line)
    client = line.client("secretary")
    page = client.get(_url("filing_detail", filing.pk)).content.decode()
    assert need.title in page and "id_case_number" not in page and "arkiv" in page.lower()
    typed = {"version": filing.version, "case_number": "2026/1"}
    assert client.post(_url("filing_detail", filing.pk), typed).status_code == 403
    with line.acting("secretary") as by:
        with pytest.raises(Refused):
            actions.register_by_hand(by=by, at=AT, filing_id=filing.pk, version=None, case_number="2026/1")
        with pytest.raises(Refused):
            actions.retry_filing(by=by, at=AT, filing_id=filing.pk)


def test_the_row_stands_or_falls_with_what_it_follows(council_line: Line) -> None:
    line = council_line
    with pytest.raises(RuntimeError), acting_for([line.entities["fjell"].pk]):
        line.submitted()
        raise RuntimeError
    assert not _filings(line)


@pytest.mark.parametrize(
    ("text", "good"),
    [("2026/1234", True), ("2026/1234-12", True), ("2026-1234", False), ("../../etc", False), ("2026/１２", False)],
)
def test_what_looks_like_a_case_number(text: str, good: bool) -> None:
    assert bool(policy.is_case_number(text)) is good


def test_the_list_is_few_queries(council_line: Line) -> None:
    from django.test.utils import CaptureQueriesContext

    line = council_line
    for _need in range(3):
        line.submitted()
    client = line.client("fjell_archive")
    with CaptureQueriesContext(connection) as seen:
        client.get(_url("filing_list"))
    real = [q for q in seen.captured_queries if "set_config" not in q["sql"] and "SAVEPOINT" not in q["sql"]]
    assert len(real) <= 18, [q["sql"][:90] for q in real]
    with acting_for([line.entities["fjell"].pk]):
        assert Initiative.objects.count() == 3
