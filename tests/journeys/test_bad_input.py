"""Bad input on the way from the need to the decision: nothing is a 500, nothing typed is lost, nothing happens twice."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import Settings

from samrad.archive.models import Filing
from samrad.cases.models import Decision
from samrad.initiatives import actions as initiatives
from samrad.organisation.models import Notification
from samrad.secretariat.models import CompletenessCheck
from tests.anchoring.line import AT, Line
from tests.council.seats import planned
from tests.documents.examples import PDF

LONG = "Å" * 10_000
TITLES = [
    '#image("/etc/passwd") *fet* $x^2$ @ref <merke> #set page(fill: red)',
    '=HYPERLINK("http://vond.example";"Klikk")',
    "</title><script>alert(1)</script>{{ 7*7 }}",
]


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: Settings) -> None:
    """A file store of the test's own."""
    settings.FILES_DIR = tmp_path / "files"


def _text(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def _squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("title", TITLES)
def test_a_hostile_title_is_text_from_the_form_to_the_filed_paper(council_line: Line, title: str) -> None:
    line = council_line
    need = line.draft()
    client = line.client("proposer")
    step = reverse("initiatives:draft_step", args=[need.pk, 1])
    with line.acting("proposer") as by:
        initiatives.save_answers(by=by, at=AT, initiative_id=need.pk, version=None, values={"title": title})
    files = {"files": [SimpleUploadedFile("=1+1.pdf", PDF)], "title": title, "group": ""}
    assert client.post(reverse("initiatives:draft_files", args=[need.pk]), files).status_code == 302
    with line.seen_by("proposer"):
        need.refresh_from_db()
    client.post(reverse("anchoring:request_send", args=[need.pk]), {"version": need.version})
    for who, kind in (("expert", "expert_group"), ("sector_head", "endorsement")):
        url = reverse("anchoring:request_answer", args=[line.asked(need, kind).pk])
        assert "<script>alert" not in line.client(who).get(url).content.decode()
        given = {"version": 1, "answer": "with_remark", "text": title}
        assert line.client(who).post(url, given).status_code == 302
    with line.seen_by("proposer"):
        need.refresh_from_db()
    assert (
        client.post(reverse("anchoring:submission_send", args=[need.pk]), {"version": need.version}).status_code == 302
    )
    case, office = line.case(need), line.client("secretary")
    office.post(reverse("secretariat:case_check", args=[case.pk]), {"version": case.version})
    line.finance(need)
    for name, typed in (
        ("assessment_write", {"kind": "secretariat", "text": title}),
        ("paper_make", {"proposed_outcome": "recommended", "proposed_text": title}),
    ):
        version = line.case(need).version
        answer = office.post(reverse(f"secretariat:{name}", args=[case.pk]), {"version": version, **typed})
        assert answer.status_code == 302, name
    paper = office.get(reverse("secretariat:paper_pdf", args=[case.pk]))
    assert _squeezed(_text(paper.content)).count(_squeezed(title)) >= 3
    with line.seen_by("fjell_archive"):
        filing = Filing.objects.get(initiative=need)
    filed = line.client("fjell_archive").get(reverse("archive:filing_file", args=[filing.pk]))
    words = _squeezed(_text(filed.content))
    assert _squeezed(title) in words and "_=1+1.pdf" in words, "the title, and the list of attachments"
    for page in (
        line.client("secretary").get(reverse("secretariat:case_prepare", args=[case.pk])),
        client.get(reverse("overview:initiative_story", args=[need.pk])),
        client.get(step),
        client.get(reverse("initiatives:initiative_list")),
        client.get(reverse("overview:my_page")),
        line.client("fjell_archive").get(reverse("archive:filing_detail", args=[filing.pk])),
    ):
        assert page.status_code == 200 and "<script>alert" not in page.content.decode()
    assert line.client("stranger").get(reverse("overview:initiative_story", args=[need.pk])).status_code == 404


def _kept(answer: HttpResponse, words: str, *statuses: int) -> None:
    text = answer.content.decode()
    assert answer.status_code in statuses and words in text and "Feil:" in text


def test_ten_thousand_characters_are_told_at_the_field_and_kept(line: Line) -> None:
    need = line.supported()
    asked = line.asked(need, "endorsement")
    url = reverse("anchoring:request_answer", args=[asked.pk])
    given = {"version": asked.version, "answer": "returned", "text": LONG}
    _kept(line.client("sector_head").post(url, given), LONG, 422)
    record = reverse("anchoring:answer_record", args=[asked.pk])
    _kept(line.client("secretary").post(record, {**given, "how": "spoken", "source": LONG}), LONG, 422)
    case = line.case(need)
    withdraw = reverse("cases:case_withdraw", args=[case.pk])
    _kept(line.client("proposer").post(withdraw, {"version": case.version, "reason": LONG}), LONG, 422)
    assert line.case(need).state == "awaiting_endorsement"


def test_ten_thousand_characters_to_the_secretariat_and_the_chief_executive(line: Line) -> None:
    need = line.recommended()
    case, decision = line.case(need), line.decision(need, "fjell")
    office = line.client("secretary")
    for name, typed in (
        ("assessment_write", {"kind": "secretariat", "text": LONG}),
        ("note_add", {"note": LONG}),
        ("case_redirect", {"reason": LONG}),
        ("paper_make", {"proposed_outcome": "recommended", "proposed_text": LONG}),
        ("case_check", {"other": LONG}),
    ):
        answer = office.post(reverse(f"secretariat:{name}", args=[case.pk]), {"version": case.version, **typed})
        _kept(answer, LONG, 422)
    url = reverse("cases:decision_decide", args=[decision.pk])
    typed = {"version": decision.version, "outcome": "rejected", "text": LONG}
    _kept(line.client("chief").post(url, typed), LONG, 422)


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "\x00"])
def test_a_version_that_is_none_is_refused_kindly(line: Line, version: str) -> None:
    need = line.supported()
    asked, case = line.asked(need, "endorsement"), line.case(need)
    tries: list[tuple[str, str, dict[str, Any]]] = [
        ("sector_head", reverse("anchoring:request_answer", args=[asked.pk]), {"answer": "returned", "text": "Nei."}),
        ("proposer", reverse("cases:case_withdraw", args=[case.pk]), {"reason": "Nei."}),
        ("proposer", reverse("anchoring:submission_send", args=[need.pk]), {}),
    ]
    for who, url, typed in tries:
        answer = line.client(who).post(url, {"version": version, **typed})
        assert answer.status_code in {409, 422} and (not typed or "Nei." in answer.content.decode()), url
    assert line.case(need).state == "awaiting_endorsement"


def test_a_double_click_answers_once_and_shows_no_error(line: Line) -> None:
    need = line.supported()
    asked = line.asked(need, "endorsement")
    url = reverse("anchoring:request_answer", args=[asked.pk])
    client = line.client("sector_head")
    for _ in range(2):
        given = {"version": asked.version, "answer": "with_remark", "text": "Husk opplæring."}
        assert client.post(url, given).status_code == 302
    with line.seen_by("proposer"):
        told = Notification.objects.filter(person=line.people["proposer"], kind="anchoring.answered")
        assert told.filter(body__contains="Husk opplæring.").count() == 1


def test_who_answers_second_finds_the_first_answer_and_the_own_words(line: Line) -> None:
    need = line.supported()
    asked = line.asked(need, "endorsement")
    url = reverse("anchoring:request_answer", args=[asked.pk])
    first, second = line.client("sector_head"), line.client("sector_head")
    first.post(url, {"version": asked.version, "answer": "recommended", "text": ""})
    answer = second.post(url, {"version": asked.version, "answer": "returned", "text": "Lang begrunnelse"})
    _kept(answer, "Lang begrunnelse", 409)
    assert "Siri Dahl: Jeg tilrår det" in answer.content.decode() and line.case(need).state == "endorsed"


def test_two_in_the_secretariat_at_once(line: Line) -> None:
    need = line.submitted()
    case = line.case(need)
    check = reverse("secretariat:case_check", args=[case.pk])
    first, second = line.client("secretary"), line.client("secretary")
    first.post(check, {"version": case.version})
    late = second.post(check, {"version": case.version, "other": "Tilbudet mangler", "note": "Send det"})
    _kept(late, "Tilbudet mangler", 409)
    assert line.case(need).state == "preparation"
    with line.seen_by():
        assert CompletenessCheck.objects.filter(case=case).count() == 1
    gone = reverse("secretariat:case_redirect", args=[case.pk])
    first.post(gone, {"version": line.case(need).version, "reason": "Brukerstøtte"})
    write = reverse("secretariat:assessment_write", args=[case.pk])
    typed = {"version": case.version, "kind": "secretariat", "text": "En lang vurdering"}
    _kept(second.post(write, typed), "En lang vurdering", 409)
    assert line.case(need).state == "redirected"


def test_a_stale_page_counts_when_it_is_read_and_sent_again(line: Line) -> None:
    need = line.submitted()
    case, client = line.case(need), line.client("secretary")
    client.post(reverse("secretariat:case_check", args=[case.pk]), {"version": case.version})
    write = reverse("secretariat:assessment_write", args=[case.pk])
    typed = {"version": case.version, "kind": "secretariat", "text": "Vurderingen"}
    answer = client.post(write, typed)
    _kept(answer, "Vurderingen", 409)
    assert f'name="version" value="{line.case(need).version}"' in answer.content.decode()
    assert client.post(write, {**typed, "version": line.case(need).version}).status_code == 302


def test_two_chief_executives_decide_at_once(line: Line) -> None:
    need = line.recommended(both=True)
    decision = line.decision(need, "fjell")
    url = reverse("cases:decision_decide", args=[decision.pk])
    given = {"version": decision.version, "outcome": "approved", "text": "Vi gjør det.", "amount_kr": "350 000"}
    first, second = line.client("chief"), line.client("chief")
    for _ in range(2):
        assert first.post(url, given).status_code == 302, "a double click is one decision"
    late = second.post(url, {**given, "outcome": "rejected", "text": "Ikke råd i år."})
    _kept(late, "Ikke råd i år.", 409)
    kept = line.decision(need, "fjell")
    assert (kept.outcome, kept.text, kept.version) == ("approved", "Vi gjør det.", decision.version + 1)
    with line.seen_by("proposer"):
        told = Notification.objects.filter(person=line.people["proposer"], kind="cases.decided")
        assert told.count() == 1 and Decision.objects.filter(case=decision.case_id).count() == 2


def test_a_case_put_on_two_agendas_at_once_stands_on_one(council_line: Line) -> None:
    line = council_line
    need, meeting = line.prepared(), planned(line)
    url = reverse("council:agenda_set", args=[meeting.pk])
    client = line.client("secretary")
    for _ in range(2):
        assert client.post(url, {"case": line.case(need).pk}).status_code == 302
    with line.seen_by():
        assert meeting.items.count() == 1
    for nonsense in ("x", "9" * 30, "", "\x00"):
        assert client.post(url, {"case": nonsense}).status_code == 302
    assert line.client("stranger").post(url, {"case": line.case(need).pk}).status_code == 404
