"""Answering what one was asked; writing an answer down for another; contesting it."""

import pytest
from django.urls import reverse

from samrad.anchoring import actions
from samrad.anchoring.models import Request
from samrad.cases.queries import tasks_of
from samrad.core.verdict import Refused
from samrad.eventlog.models import Event
from samrad.initiatives import actions as initiatives
from samrad.initiatives.models import Initiative
from samrad.organisation.models import Notification
from tests.anchoring.line import AT, Line


def _url(asked: Request) -> str:
    return reverse("anchoring:request_answer", args=[asked.pk])


def test_the_expert_group_reads_and_supports(line: Line) -> None:
    need = line.sent()
    asked = line.asked(need, "expert_group")
    client = line.client("expert")
    assert "40 omveier" in client.get(_url(asked)).content.decode()
    answer = client.post(_url(asked), {"version": asked.version, "answer": "recommended", "text": ""})
    assert answer.status_code == 302
    assert line.case(need).state == "awaiting_endorsement"
    with line.acting("sector_head") as by:
        assert [t.kind for t in tasks_of(by)] == ["endorse"]


def test_the_expert_group_that_does_not_support_says_why(line: Line) -> None:
    need = line.sent()
    asked = line.asked(need, "expert_group")
    client = line.client("expert")
    page = client.post(_url(asked), {"version": asked.version, "answer": "not_recommended", "text": " "})
    assert page.status_code == 409 and b'href="#id_text"' in page.content
    assert line.case(need).state == "expert_group"
    client.post(_url(asked), {"version": asked.version, "answer": "not_recommended", "text": "Mangler nullpunkt."})
    assert line.case(need).state == "clarification"
    with line.acting("proposer") as by:
        assert [t.kind for t in tasks_of(by)] == ["clarify"]
        told = Notification.objects.filter(person_id=by.person, kind="anchoring.answered").get()
        assert "Mangler nullpunkt." in told.body


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("recommended", "endorsed"),
        ("with_remark", "endorsed"),
        ("not_recommended", "stopped"),
        ("returned", "clarification"),
    ],
)
def test_the_head_of_sector_answers(line: Line, answer: str, state: str) -> None:
    need = line.supported()
    asked = line.asked(need, "endorsement")
    client = line.client("sector_head")
    text = "" if answer == "recommended" else "Fordi."
    client.post(_url(asked), {"version": asked.version, "answer": answer, "text": text})
    assert line.case(need).state == state


def test_who_has_answered_is_thanked_and_reads_what_happens_next(line: Line) -> None:
    asked = line.asked(line.supported(), "endorsement")
    client = line.client("sector_head")
    before = client.get(_url(asked)).content.decode()
    assert "Takk for svaret" not in before
    text = "Bra, men start i én kommune."
    typed = {"version": asked.version, "answer": "with_remark", "text": text}
    page = client.post(_url(asked), typed, follow=True).content.decode()
    thanks, rest = page.split("Dette ble det spurt om")
    assert "<h2>Takk for svaret</h2>" in thanks and text in thanks
    assert "<h3>Hva skjer nå</h3>" in thanks and "kan sende det inn til sekretariatet" in thanks
    assert "Dette blir du spurt om" not in page and "40 omveier" in rest
    # Others who may read the answer are not thanked for it; a stranger does not get in.
    others = line.client("secretary").get(_url(asked)).content.decode()
    assert text in others and "Takk for svaret" not in others
    assert line.client("stranger").get(_url(asked)).status_code == 404


def test_an_answer_without_a_choice_keeps_what_was_typed(line: Line) -> None:
    asked = line.asked(line.supported(), "endorsement")
    page = line.client("sector_head").post(_url(asked), {"version": asked.version, "text": "Lang tekst"})
    assert page.status_code == 422 and "Lang tekst" in page.content.decode()


def test_two_who_answer_at_once(line: Line) -> None:
    asked = line.asked(line.supported(), "endorsement")
    first = {"version": asked.version, "answer": "recommended", "text": ""}
    client = line.client("sector_head")
    assert client.post(_url(asked), first).status_code == 302
    assert client.post(_url(asked), {**first, "answer": "returned", "text": "Nei."}).status_code == 409
    with line.seen_by():
        assert Request.objects.get(pk=asked.pk).answer == "recommended"


def test_what_has_changed_is_shown_when_one_is_asked_again(line: Line) -> None:
    need = line.supported()
    with line.acting("sector_head") as by:
        actions.answer_endorsement(
            by=by, at=AT, request_id=line.asked(need, "endorsement").pk, answer="returned", text="Mer."
        )
    with line.acting("proposer") as by:
        initiatives.save_answers(
            by=by, at=AT, initiative_id=need.pk, version=None, values={"problem": "Nå 60 omveier."}
        )
        actions.send_to_anchoring(by=by, at=AT, initiative_id=need.pk)
    page = line.client("sector_head").get(_url(line.asked(need, "endorsement"))).content.decode()
    assert "40 omveier" in page and "Nå 60 omveier." in page


def test_the_secretariat_writes_an_answer_down(line: Line) -> None:
    need = line.supported()
    asked = line.asked(need, "endorsement")
    url = reverse("anchoring:answer_record", args=[asked.pk])
    client = line.client("secretary")
    page = client.get(url)
    assert page.status_code == 200
    typed = {"version": asked.version, "answer": "recommended", "text": ""}
    assert client.post(url, typed).status_code == 422  # no source
    client.post(url, {**typed, "how": "spoken", "source": "E-post 2. november"})
    assert line.case(need).state == "endorsed"
    shown = line.client("sector_head").get(_url(asked)).content.decode()
    assert "E-post 2. november" in shown and "Sara Sekretær" in shown
    with line.seen_by():
        told = Notification.objects.filter(kind="anchoring.recorded").get()
        assert told.person_id == line.people["sector_head"].pk
        assert Event.objects.filter(on_behalf_of_id=told.person_id).exists()


def test_a_contested_answer_no_longer_counts(line: Line) -> None:
    need = line.supported()
    asked = line.asked(need, "endorsement")
    with line.acting("secretary") as by:
        actions.record_on_behalf(by=by, at=AT, request_id=asked.pk, answer="recommended", source="Telefon", text="")
    url = reverse("anchoring:answer_contest", args=[asked.pk])
    assert line.client("proposer").post(url, {"version": asked.version + 1}).status_code == 403
    assert line.client("sector_head").post(url, {"version": asked.version + 1}).status_code == 302
    assert line.case(need).state == "awaiting_endorsement"
    assert line.asked(need, "endorsement").pk != asked.pk


def test_only_the_secretariat_writes_answers_down(line: Line) -> None:
    asked = line.asked(line.supported(), "endorsement")
    with line.acting("proposer") as by, pytest.raises(Refused):
        actions.record_on_behalf(by=by, at=AT, request_id=asked.pk, answer="recommended", source="Telefon")


def test_the_one_who_wrote_the_need_cannot_answer_for_the_head(line: Line) -> None:
    asked = line.asked(line.supported(), "endorsement")
    page = line.client("proposer").post(_url(asked), {"version": asked.version, "answer": "recommended", "text": ""})
    assert page.status_code == 409


def test_a_stopped_need_is_stopped(line: Line) -> None:
    need = line.supported()
    with line.acting("sector_head") as by:
        actions.answer_endorsement(
            by=by, at=AT, request_id=line.asked(need, "endorsement").pk, answer="not_recommended", text="Nei."
        )
        assert Initiative.objects.get(pk=need.pk).status == "stopped"


@pytest.mark.parametrize("who", ["stranger", "colleague", "dal_chief"])
def test_others_find_nothing(line: Line, who: str) -> None:
    asked = line.asked(line.supported(), "endorsement")
    client = line.client(who)
    assert client.get(_url(asked)).status_code == 404
    assert client.post(_url(asked), {"version": 1, "answer": "recommended"}).status_code == 404
    assert client.get(reverse("anchoring:answer_record", args=[asked.pk])).status_code == 404
    assert client.post(reverse("anchoring:answer_contest", args=[asked.pk])).status_code == 404
