"""Withdrawing a need."""

import pytest
from django.urls import reverse

from samrad.cases.queries import tasks_of
from samrad.initiatives.models import Initiative
from tests.anchoring.line import Line


def test_the_one_who_wrote_it_withdraws_with_a_reason(line: Line) -> None:
    need = line.supported()
    case = line.case(need)
    url = reverse("cases:case_withdraw", args=[case.pk])
    client = line.client("proposer")
    assert client.get(url).status_code == 200
    assert client.post(url, {"version": case.version, "reason": ""}).status_code == 422
    client.post(url, {"version": case.version, "reason": "Vi fant en annen løsning."})
    assert line.case(need).state == "withdrawn"
    with line.acting("sector_head") as by:
        assert not tasks_of(by).exists()
        assert Initiative.objects.get(pk=need.pk).status == "withdrawn"


def test_one_who_was_asked_cannot(line: Line) -> None:
    case = line.case(line.supported())
    url = reverse("cases:case_withdraw", args=[case.pk])
    answer = line.client("sector_head").post(url, {"version": case.version, "reason": "Nei."})
    assert answer.status_code == 409


@pytest.mark.parametrize("who", ["stranger", "colleague", "secretary"])
def test_others_find_nothing(line: Line, who: str) -> None:
    case = line.case(line.supported())
    url = reverse("cases:case_withdraw", args=[case.pk])
    assert line.client(who).get(url).status_code == 404
    assert line.client(who).post(url, {"version": case.version, "reason": "Nei."}).status_code == 404
