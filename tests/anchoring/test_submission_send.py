"""Sending in: only what was endorsed."""

from decimal import Decimal

import pytest
from django.urls import reverse

from samrad.anchoring import actions
from samrad.anchoring.models import Submission
from samrad.cases.queries import tasks_of
from samrad.core.verdict import Refused
from samrad.initiatives import actions as initiatives
from samrad.initiatives.models import Initiative
from samrad.organisation.models import Notification
from tests.anchoring.line import AT, Line


def _url(need: Initiative) -> str:
    return reverse("anchoring:submission_send", args=[need.pk])


def _fresh(line: Line, need: Initiative) -> Initiative:
    with line.seen_by("proposer"):
        return Initiative.objects.get(pk=need.pk)


def test_an_endorsed_need_is_sent_in_with_a_receipt(line: Line) -> None:
    need = _fresh(line, line.endorsed())
    client = line.client("proposer")
    assert client.get(_url(need)).status_code == 200
    receipt = client.post(_url(need), {"version": need.version}, follow=True)
    assert need.reference in receipt.content.decode()
    assert line.case(need).state == "submitted"
    with line.acting("secretary") as by:
        submission = Submission.objects.get(initiative=need)
        assert "problem" in {r["code"] for r in submission.requirements}
        assert [t.kind for t in tasks_of(by)] == ["check_completeness"]
        assert Initiative.objects.get(pk=need.pk).stage == Initiative.Stage.SUBMITTED
        assert Notification.objects.filter(person_id=by.person, kind="anchoring.submitted").exists()


def test_a_double_click_sends_in_once(line: Line) -> None:
    need = _fresh(line, line.endorsed())
    client = line.client("proposer")
    client.post(_url(need), {"version": need.version})
    again = client.post(_url(need), {"version": need.version}, follow=True)
    assert again.status_code == 200 and "Vi har mottatt behovet" in again.content.decode()
    with line.seen_by():
        assert Submission.objects.filter(initiative=need).count() == 1


def test_a_material_change_asks_the_head_of_sector_again(line: Line) -> None:
    need = line.endorsed()
    with line.acting("proposer") as by:
        initiatives.save_answers(
            by=by, at=AT, initiative_id=need.pk, version=None, values={"one_off_kr": Decimal(900000)}
        )
    need = _fresh(line, need)
    client = line.client("proposer")
    assert client.post(_url(need), {"version": need.version}).status_code == 409
    assert line.case(need).state == "endorsed"
    client.post(reverse("anchoring:request_send", args=[need.pk]), {"version": need.version})
    assert line.case(need).state == "awaiting_endorsement"
    asked = line.asked(need, "endorsement")
    page = line.client("sector_head").get(reverse("anchoring:request_answer", args=[asked.pk]))
    assert "900" in page.content.decode() and "600" in page.content.decode()


def test_an_immaterial_change_does_not(line: Line) -> None:
    need = line.endorsed()
    with line.acting("proposer") as by:
        initiatives.save_answers(
            by=by, at=AT, initiative_id=need.pk, version=None, values={"consulted": "Tillitsvalgte 1. november."}
        )
        actions.submit(by=by, at=AT, initiative_id=need.pk)
    assert line.case(need).state == "submitted"


def test_what_is_not_endorsed_cannot_be_sent_in(line: Line) -> None:
    need = _fresh(line, line.supported())
    assert line.client("proposer").post(_url(need), {"version": need.version}).status_code == 409
    with line.acting("proposer") as by, pytest.raises(Refused):
        actions.submit(by=by, at=AT, initiative_id=need.pk)


def test_operation_is_not_for_the_council(line: Line) -> None:
    """It is stopped at the door already: nobody is asked about it."""
    with pytest.raises(Refused):
        line.endorsed(classification="operation")


def test_one_who_is_to_be_heard_is_waited_for(line: Line) -> None:
    need = line.supported(both=True)
    with line.acting("sector_head") as by:
        actions.answer_endorsement(by=by, at=AT, request_id=line.asked(need, "endorsement").pk, answer="recommended")
    with line.acting("proposer") as by, pytest.raises(Refused):
        actions.submit(by=by, at=AT, initiative_id=need.pk)
    [hearing] = line.hearings(need)
    with line.acting("dal_sector_head") as by:
        assert [t.object_id for t in tasks_of(by)] == [hearing.pk]
        actions.answer_request(by=by, at=AT, request_id=hearing.pk, version=None, answer="recommended")
    with line.acting("proposer") as by:
        actions.submit(by=by, at=AT, initiative_id=need.pk)


@pytest.mark.parametrize("who", ["stranger", "colleague", "dal_chief"])
def test_others_find_nothing(line: Line, who: str) -> None:
    need = line.endorsed()
    client = line.client(who)
    assert client.get(_url(need)).status_code == 404
    assert client.post(_url(need), {"version": 1}).status_code == 404
    assert client.get(reverse("anchoring:submission_receipt", args=[need.pk])).status_code == 404
