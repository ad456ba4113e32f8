"""Sending the need to be anchored."""

import re

import pytest
from django.urls import reverse

from samrad.anchoring import actions
from samrad.anchoring.models import Request
from samrad.cases.queries import tasks_of
from samrad.core.verdict import Refused
from samrad.initiatives import actions as initiatives
from samrad.organisation.models import Notification
from tests.anchoring.line import AT, Line


def test_a_draft_goes_to_the_expert_group(line: Line) -> None:
    need = line.draft()
    url = reverse("anchoring:request_send", args=[need.pk])
    answer = line.client("proposer").post(url, {"version": need.version})
    assert answer.status_code == 302
    assert line.case(need).state == "expert_group"
    asked = line.asked(need, "expert_group")
    assert asked.asked_person.name == "Frida Fag"
    assert (asked.due_date - AT.date()).days >= 14
    with line.acting("expert") as by:
        assert [t.kind for t in tasks_of(by)] == ["state_opinion"]
        assert Notification.objects.filter(person_id=by.person, kind="anchoring.asked").exists()


def test_a_double_click_sends_once(line: Line) -> None:
    need = line.draft()
    client = line.client("proposer")
    url = reverse("anchoring:request_send", args=[need.pk])
    client.post(url, {"version": need.version})
    again = client.post(url, {"version": need.version}, follow=True)
    assert again.status_code == 200 and "Det er sendt allerede" in again.content.decode()
    with line.seen_by():
        assert Request.objects.filter(initiative=need).count() == 1


def test_what_the_groundwork_lacks_is_named_one_by_one(line: Line) -> None:
    need = line.draft(problem="", goal="")
    url = reverse("anchoring:request_send", args=[need.pk])
    page = line.client("proposer").post(url, {"version": need.version})
    assert page.status_code == 409
    with line.acting("proposer") as by, pytest.raises(Refused) as refused:
        actions.send_to_anchoring(by=by, at=AT, initiative_id=need.pk)
    assert [lack.anchor for lack in refused.value.verdict.lacks] == ["id_problem", "id_goal"]
    assert line.case(need).state == "draft"


def test_without_an_expert_group_the_head_of_sector_is_asked(line: Line) -> None:
    assert line.field is not None
    with line.seen_by():
        line.field.uses_expert_group = False
        line.field.save()
    need = line.sent()
    assert line.case(need).state == "awaiting_endorsement"
    assert line.asked(need, "endorsement").asked_person.name == "Siri Dahl"


def test_the_other_municipality_is_heard(line: Line) -> None:
    need = line.supported(both=True)
    assert line.asked(need, "hearing").asked_person.name == "Else Vik"
    with line.acting("dal_sector_head") as by:
        assert "be_heard" in {t.kind for t in tasks_of(by)}


def test_a_stale_page_is_refused(line: Line) -> None:
    need = line.draft()
    with line.acting("proposer") as by:
        initiatives.save_answers(by=by, at=AT, initiative_id=need.pk, version=None, values={"problem": "Noe annet."})
    url = reverse("anchoring:request_send", args=[need.pk])
    client = line.client("proposer")
    page = client.post(url, {"version": need.version})
    assert page.status_code == 409 and "har endret behovet" in page.content.decode()
    assert line.case(need).state == "draft"
    [version] = re.findall(r'name="version" value="(\d+)"', page.content.decode())
    assert client.post(url, {"version": version}).status_code == 302, "read again and sent again, it counts"


@pytest.mark.parametrize("who", ["stranger", "colleague", "dal_chief"])
def test_others_find_nothing(line: Line, who: str) -> None:
    need = line.draft()
    url = reverse("anchoring:request_send", args=[need.pk])
    assert line.client(who).get(url).status_code == 404
    assert line.client(who).post(url, {"version": need.version}).status_code == 404
