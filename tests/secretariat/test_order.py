"""The order of what waits: the same for everyone, with the reason; the body may deviate, the IT staff may not."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from samrad.core.acting import acting_for
from samrad.eventlog.models import Event
from samrad.initiatives.models import Initiative
from samrad.organisation import actions as organisation
from samrad.organisation.actors import system_actor
from samrad.secretariat.models import Placing
from tests.anchoring.line import AT, ON, Line
from tests.overview.test_queries import queries
from tests.secretariat.scored import scored

ORDER = reverse("secretariat:order")


def _named(line: Line, title: str, number: int, **more: Any) -> Initiative:
    need = line.prepared()
    with line.seen_by():
        Initiative.objects.filter(pk=need.pk).update(title=title)
    scored(line, need, number, **more)
    return need


@pytest.fixture
def three(council_line: Line) -> tuple[Line, list[Initiative]]:
    """Three that are scored: the last one is demanded by law."""
    line = council_line
    return line, [
        _named(line, "Nest best", 3),
        _named(line, "Best nytte", 3, strategy=5),
        _named(line, "Lovkravet", 2, flags={"must_do": True}),
    ]


def _seen(line: Line, who: str) -> list[str]:
    page = line.client(who).get(ORDER).content.decode()
    where = {title: page.find(f">{title}<") for title in ("Nest best", "Best nytte", "Lovkravet")}
    return sorted((title for title, at in where.items() if at >= 0), key=lambda title: where[title])


def test_everyone_sees_the_same_order_and_why(three: tuple[Line, list[Initiative]]) -> None:
    line, _needs = three
    for who in ("colleague", "secretary", "member", "proposer", "dal_chief"):
        assert _seen(line, who) == ["Lovkravet", "Best nytte", "Nest best"], who
        page = line.client(who).get(ORDER).content.decode()
        assert "Loven krever det." in page and "Mindre nytte enn den som er regnet foran." in page
    assert _seen(line, "stranger") == []


def test_what_is_exempt_is_not_shown_but_the_place_is(three: tuple[Line, list[Initiative]]) -> None:
    line, needs = three
    with line.acting("secretary") as by:
        said: dict[str, Any] = {"house": needs[1], "initiative_id": needs[1].pk, "legal_basis": "offl. § 23"}
        for group in ("costs", "benefits"):
            organisation.exempt_fields(by=by, at=AT, field_group=group, involved=False, **said)
    inside, outside = (line.client(w).get(ORDER).content.decode().replace("\xa0", " ") for w in ("chief", "colleague"))
    assert inside.count("720 000 kr") == 3 and outside.count("720 000 kr") == 2
    assert _seen(line, "colleague") == ["Lovkravet", "Best nytte", "Nest best"]


def test_the_body_places_a_case_elsewhere_and_everyone_reads_why(three: tuple[Line, list[Initiative]]) -> None:
    line, needs = three
    case = line.case(needs[0])
    url = reverse("secretariat:order_place", args=[case.pk])
    typed = {"version": case.version, "place": "1", "reason": "Rådet så det i møte 4/26."}
    chair = line.client("chair")
    for wrong in ({"reason": ""}, {"place": "0"}, {"place": "først"}):
        assert chair.post(url, {**typed, **wrong}).status_code == 422
    assert chair.post(url, typed).status_code == 302
    assert _seen(line, "colleague") == ["Nest best", "Lovkravet", "Best nytte"]
    page = line.client("colleague").get(ORDER).content.decode()
    assert "Rådet så det i møte 4/26." in page and "regnet til plass 3" in page
    assert chair.post(url, typed).status_code == 409  # made from an older version
    for who, status in (("member", 403), ("colleague", 403), ("chief", 403), ("stranger", 404)):
        assert line.client(who).post(url, {**typed, "place": "2"}).status_code == status, who
    assert chair.post(reverse("secretariat:order_restore", args=[case.pk])).status_code == 302
    assert _seen(line, "colleague") == ["Lovkravet", "Best nytte", "Nest best"]
    with line.seen_by():
        assert [(p.place, p.ended_at is not None) for p in Placing.objects.all()] == [(1, True)]
    assert "Rådet så det i møte 4/26." in chair.get(url).content.decode()


def _make_it_staff(line: Line, who: str) -> None:
    with acting_for([e.pk for e in line.entities.values()]):
        by = system_actor(line.entities["fjell"].pk, on=ON)
        organisation.give_role(by=by, at=AT, person=line.people[who], role="it_staff", valid_from=ON)


@pytest.mark.parametrize("door", ["order_place", "order_restore", "mandate_decide", "line_send"])
def test_it_staff_are_refused_and_the_attempt_is_logged(three: tuple[Line, list[Initiative]], door: str) -> None:
    line, needs = three
    _make_it_staff(line, "colleague")
    case = line.case(needs[0])
    typed = {"version": case.version, "place": "1", "reason": "Vi haster.", "outcome": "approved", "amount_kr": "1"}
    answer = line.client("colleague").post(reverse(f"secretariat:{door}", args=[case.pk]), typed)
    assert answer.status_code == 403 and "IKT" in answer.content.decode()
    with line.seen_by():
        logged = Event.objects.get(kind="secretariat.AttemptRefused")
        assert (logged.case_id, logged.by_person_id) == (case.pk, line.people["colleague"].pk)
        assert not Placing.objects.exists()
    assert line.case(needs[0]).state == "ready" and _seen(line, "chief")[0] == "Lovkravet"


def test_the_order_costs_the_same_whatever_the_number_of_houses(
    three: tuple[Line, list[Initiative]],
) -> None:
    line, _needs = three
    client = line.client("secretary")
    assert len(queries(client, ORDER)) <= 12
