"""The secretariat prepares a case: completeness, assessment, case paper."""

import pytest
from django.urls import reverse

from samrad.anchoring import actions as anchoring
from samrad.cases.queries import tasks_of
from samrad.core.verdict import Refused
from samrad.governance.actions import adopt_requirement
from samrad.initiatives import actions as initiatives
from samrad.initiatives.models import Initiative
from samrad.organisation.actions import exempt_fields
from samrad.organisation.actors import system_actor
from samrad.organisation.models import Notification
from samrad.secretariat import actions
from samrad.secretariat.models import CasePaper, CompletenessCheck
from tests.anchoring.line import AT, ON, Line

MONEY = "600\xa0000"  # as kroner are written


def _url(name: str, pk: int) -> str:
    return reverse(f"secretariat:{name}", args=[pk])


def test_the_list_shows_what_has_come_in(line: Line) -> None:
    line.submitted()
    page = line.client("secretary").get(reverse("secretariat:case_list")).content.decode()
    assert "Elektroniske låser" in page
    assert line.client("proposer").get(reverse("secretariat:case_list")).status_code == 403
    assert line.client("stranger").get(reverse("secretariat:case_list")).status_code == 403


def test_from_submitted_to_ready_through_the_page(line: Line) -> None:
    need = line.submitted()
    case = line.case(need)
    client = line.client("secretary")
    page = client.get(_url("case_prepare", case.pk))
    assert "40 omveier" in page.content.decode()
    client.post(_url("case_check", case.pk), {"version": case.version})
    case = line.case(need)
    assert case.state == "preparation"
    early = {"version": case.version, "proposed_outcome": "recommended", "proposed_text": "Anbefales."}
    assert client.post(_url("paper_make", case.pk), early).status_code == 409  # no assessment yet
    client.post(_url("assessment_write", case.pk), {"version": case.version, "kind": "secretariat", "text": "God sak."})
    client.post(_url("note_add", case.pk), {"note": "Ring Knut."})
    line.finance(need)
    case = line.case(need)
    done = client.post(_url("paper_make", case.pk), {**early, "version": case.version})
    assert done.status_code == 302
    case = line.case(need)
    assert line.council is not None
    assert (case.state, case.routing_rule, case.body_id) == ("ready", "needs_budget", line.council.pk)
    with line.acting("secretary") as by:
        assert [t.kind for t in tasks_of(by)] == ["set_agenda"]
    paper = client.get(_url("paper_detail", case.pk)).content.decode()
    assert "Anbefales." in paper and "God sak." in paper and "Ring Knut." not in paper


def test_a_returned_case_names_each_missing_thing_and_comes_back(line: Line) -> None:
    need = line.submitted()
    case = line.case(need)
    typed = {"version": case.version, "missing": ["privacy", "goal"], "other": "Tilbudet fra leverandøren"}
    line.client("secretary").post(_url("case_check", case.pk), typed)
    assert line.case(need).state == "returned"
    with line.acting("proposer") as by:
        assert [t.kind for t in tasks_of(by)] == ["complete_returned"]
        told = Notification.objects.get(person_id=by.person, kind="secretariat.returned")
        assert told.body.count("–") >= 3 and "Tilbudet fra leverandøren" in told.body
        assert len(CompletenessCheck.objects.get(case=case).missing) == 3
        initiatives.save_answers(
            by=by, at=AT, initiative_id=need.pk, version=None, values={"consulted": "Personvernombudet."}
        )
    fresh = line.client("proposer")
    with line.seen_by("proposer"):
        version = Initiative.objects.get(pk=need.pk).version
    fresh.post(reverse("anchoring:submission_send", args=[need.pk]), {"version": version})
    assert line.case(need).state == "submitted"


def test_a_material_completion_asks_the_head_of_sector(line: Line) -> None:
    need = line.submitted()
    with line.acting("secretary") as by:
        actions.check_completeness(by=by, at=AT, case_id=line.case(need).pk, missing=["goal"])
    with line.acting("proposer") as by:
        initiatives.save_answers(by=by, at=AT, initiative_id=need.pk, version=None, values={"goal": "Et annet mål."})
        with pytest.raises(Refused):
            anchoring.complete(by=by, at=AT, initiative_id=need.pk)
        anchoring.send_to_anchoring(by=by, at=AT, initiative_id=need.pk)
    assert line.case(need).state == "awaiting_endorsement"
    with line.acting("sector_head") as by:
        anchoring.answer_endorsement(by=by, at=AT, request_id=line.asked(need, "endorsement").pk, answer="recommended")
    with line.acting("proposer") as by:
        anchoring.submit(by=by, at=AT, initiative_id=need.pk)
    assert line.case(need).state == "submitted"


def test_what_is_not_for_the_council_is_sent_elsewhere(line: Line) -> None:
    need = line.submitted()
    case = line.case(need)
    client = line.client("secretary")
    assert client.post(_url("case_redirect", case.pk), {"version": case.version}).status_code == 422
    client.post(_url("case_redirect", case.pk), {"version": case.version, "reason": "Meld det til brukerstøtte."})
    assert line.case(need).state == "redirected"


def test_a_stale_page_keeps_what_was_typed(line: Line) -> None:
    case = line.case(line.submitted())
    client = line.client("secretary")
    client.post(_url("case_check", case.pk), {"version": case.version})
    page = client.post(
        _url("assessment_write", case.pk), {"version": case.version, "kind": "secretariat", "text": "Lang tekst"}
    )
    assert page.status_code == 409 and "Lang tekst" in page.content.decode()


def test_the_paper_hides_what_is_exempt(line: Line) -> None:
    need = line.recommended()
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
    case = line.case(need)
    open_page = line.client("colleague").get(_url("paper_detail", case.pk)).content.decode()
    assert MONEY not in open_page and "offentleglova § 23" in open_page
    assert MONEY in line.client("chief").get(_url("paper_detail", case.pk)).content.decode()


def test_the_paper_is_a_pdf(line: Line) -> None:
    case = line.case(line.prepared())
    pdf = line.client("secretary").get(_url("paper_pdf", case.pk))
    assert pdf.content.startswith(b"%PDF")


def test_an_unfinished_paper_is_not_open(line: Line) -> None:
    need = line.prepared()
    case = line.case(need)
    with line.seen_by():
        assert CasePaper.objects.filter(case=case).exists()
    assert line.client("colleague").get(_url("paper_detail", case.pk)).status_code == 404
    assert line.client("chief").get(_url("paper_detail", case.pk)).status_code == 200


@pytest.mark.parametrize("who", ["stranger", "proposer", "dal_chief"])
def test_others_cannot_prepare(line: Line, who: str) -> None:
    case = line.case(line.submitted())
    client = line.client(who)
    assert client.get(_url("case_prepare", case.pk)).status_code == 404
    for name in ("case_check", "assessment_write", "note_add", "case_redirect", "paper_make"):
        assert client.post(_url(name, case.pk), {"version": case.version}).status_code == 404
    with line.acting(who) as by, pytest.raises((Refused, type(case).DoesNotExist, Initiative.DoesNotExist)):
        actions.check_completeness(by=by, at=AT, case_id=case.pk)


def test_a_stranger_finds_no_paper(line: Line) -> None:
    case = line.case(line.recommended())
    client = line.client("stranger")
    assert client.get(_url("paper_detail", case.pk)).status_code == 404
    assert client.get(_url("paper_pdf", case.pk)).status_code == 404


def test_the_paper_holds_the_whole_form(line: Line) -> None:
    said = {"alt_zero": "Vi kan flytte skapet.", "alternative_1": "Låne låsene av naboen.", "kostra_function": "254"}
    need = line.draft(**said)
    with line.acting("proposer") as by:
        row = initiatives.BenefitRow(title="Tryggere netter", kind="quality", quality_before=2, quality_after=4)
        initiatives.save_benefits(by=by, at=AT, initiative_id=need.pk, version=None, rows=[row])
    need = line.prepared(need=need)
    paper = line.client("secretary").get(_url("paper_detail", line.case(need).pk)).content.decode()
    for words in (
        "Alternativer",
        "Vi kan flytte skapet.",
        "Låne låsene av naboen.",
        "254",
        "fra 2 (dårlig) til 4 (god)",
    ):
        assert words in paper, words


def test_the_paper_holds_what_the_house_asks_for_unless_it_is_exempt(line: Line) -> None:
    region = line.entities["region"]
    with line.seen_by():
        adopt_requirement(
            by=system_actor(region.pk, on=ON),
            at=AT,
            owner=region,
            size_classes=[],
            valid_from=ON,
            source="Rådet",
            material=False,
            question="Er verneombudet orientert?",
            answer="text",
        )
    need = line.recommended(own_1="Ja, Knut fikk vite det i mars.")
    url = _url("paper_detail", line.case(need).pk)
    page = line.client("colleague").get(url).content.decode()
    assert "Er verneombudet orientert?" in page and "Ja, Knut fikk vite det i mars." in page
    assert line.client("stranger").get(url).status_code == 404
    with line.acting("secretary") as by:
        exempt = {"field_group": "need", "legal_basis": "offentleglova § 13", "involved": False}
        exempt_fields(by=by, at=AT, house=need, initiative_id=need.pk, **exempt)  # type: ignore[arg-type]
    page = line.client("colleague").get(url).content.decode()
    assert "Knut fikk vite det" not in page and "offentleglova § 13" in page
    assert "Knut fikk vite det" in line.client("chief").get(url).content.decode()
