"""S5, S10 and S40: everyone sees the same order and why, IT staff set none, and the secretariat's frame is right."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from samrad.council.models import AgendaItem
from samrad.eventlog.models import Event
from samrad.governance.models import Mandate
from samrad.initiatives.models import Initiative
from samrad.organisation.actions import add_entity, give_role, join_cooperation
from samrad.organisation.actors import system_actor
from samrad.secretariat.models import Placing
from tests.krav.meetings import planned
from tests.krav.region import LIST, MAIL, SPEECH, STRANGER, Region, text_of

krav = pytest.mark.krav
ORDER, LEDGER, ADMIN = "/secretariat/order/", "/secretariat/ledger/", "administrator"
EMPLOYEE, IT = "fjelldal-ansatt-helse", "skarholt-ansatt-teknisk"


def _at_secretariat(region: Region, title: str = MAIL, **costs: Any) -> int:
    """The case is with the secretariat, complete, and costs so much."""
    if title == MAIL:
        region.endorse_and_submit(MAIL)
    case = region.case(title).pk
    region.find(lambda: Initiative.objects.filter(cases=case).update(**{"annual_kr": 0, "funding": "new", **costs}))
    if region.case(title).state == "submitted":
        values = {"version": region.case(title).version}
        assert region.client("saksbehandler").post(f"/secretariat/cases/{case}/check/", values).status_code == 302
    return case


def _decide(region: Region, title: str, amount: str, key: str = "sekretariat") -> tuple[int, str]:
    case = region.case(title)
    typed = {"version": case.version, "outcome": "approved", "amount_kr": amount, "text": "Ja."}
    answer = region.client(key).post(f"/secretariat/cases/{case.pk}/decide/", typed)
    return answer.status_code, text_of(answer)


def _route(region: Region, case: int) -> str:
    return region.page("saksbehandler", f"/secretariat/cases/{case}/route/")


def _change_mandate(region: Region, **values: Any) -> None:
    body = region.world.bodies["secretariat"]
    region.find(lambda: Mandate.objects.filter(body=body).update(**values))


@krav("S5.AK2", guards="samrad.secretariat.policy.routing.for_the_council")
def test_what_the_secretariat_may_decide_never_comes_on_the_agenda_as_a_case(region: Region) -> None:
    case = _at_secretariat(region, one_off_kr=Decimal(50_000))
    meeting = planned(region)
    assert "innenfor mandatet til sekretariatet" in _route(region, case)
    made = {
        "text": "Dette bør vi gjøre.",
        "kind": "secretariat",
        "proposed_outcome": "recommended",
        "proposed_text": "Ja.",
    }
    for step, status in (("assessment", 302), ("make-paper", 409)):
        made["version"] = str(region.case(MAIL).version)
        answer = region.client("saksbehandler").post(f"/secretariat/cases/{case}/{step}/", made)
        assert answer.status_code == status
    assert "kommer den ikke på sakslista til rådet" in text_of(answer)
    url = f"/council/{meeting.pk}/agenda/"
    region.client("sekretariat").post(url, {"case": case})
    assert region.find(lambda: AgendaItem.objects.filter(case=case).count()) == 0
    assert _decide(region, MAIL, "50 000")[0] == 302
    kinds = region.find(lambda: list(AgendaItem.objects.filter(case=case).values_list("kind", flat=True)))
    assert kinds == ["referral"]
    assert region.client(STRANGER).post(url, {"case": case}).status_code == 404


def _make_it_staff(region: Region) -> None:
    person = region.person(IT)
    start = timezone.localdate().replace(month=1, day=1)
    region.set_up(region.world.towns["skarholt"], give_role, person=person, role="it_staff", valid_from=start)


@krav(
    "S10.AK1", guards=["samrad.secretariat.policy.scoring.can_place", "samrad.secretariat.actions.ordering.log_attempt"]
)
def test_it_staff_set_no_priority_and_start_nothing_and_the_attempt_is_logged(region: Region) -> None:
    _make_it_staff(region)
    case = region.case(LIST)
    before = region.page(EMPLOYEE, ORDER).split("<main")[1]
    typed = {"version": case.version, "place": "1", "reason": "Vi vil ta denne først."}
    url = f"/secretariat/order/{case.pk}/"
    answer = region.client(IT).post(url, typed)
    assert answer.status_code == 403 and "IKT kan ikke sette den. Forsøket er logget." in text_of(answer)
    started = region.client(IT).post(f"/secretariat/cases/{case.pk}/decide/", {"outcome": "approved"})
    assert started.status_code == 403 and "Ikke noe settes i gang uten vedtak" in text_of(started)
    logged = region.find(
        lambda: [(e.data["attempt"], e.by_person_id) for e in Event.objects.filter(kind="secretariat.AttemptRefused")]
    )
    assert sorted(logged) == sorted([("place", region.person(IT).pk), ("start", region.person(IT).pk)])
    assert not region.find(lambda: Placing.objects.exists()) and region.case(LIST).state == "ready"
    assert region.page(EMPLOYEE, ORDER).split("<main")[1] == before
    for other in (EMPLOYEE, "saksbehandler"):
        assert region.client(other).post(url, typed).status_code == 403
    assert region.client(STRANGER).post(url, typed).status_code == 404
    assert not region.find(lambda: Placing.objects.exists())
    assert region.client("leder").post(url, typed).status_code == 302


def score(region: Region, title: str, number: int) -> None:
    """Two score a case, through the pages."""
    case = region.case(title)
    people = [region.person(key) for key in ("saksbehandler", "leder")]
    start = {"version": case.version, "assessors": [p.pk for p in people]}
    url = f"/secretariat/cases/{case.pk}/scoring/"
    assert region.client("saksbehandler").post(f"{url}start/", start).status_code == 302
    cards = region.find(lambda: {c.assessor_id: c.pk for c in case.scorings.order_by("-number")[0].cards.all()})
    typed = {f"score_{n}": str(number) for n in range(7)} | {f"reason_{n}": "Derfor." for n in range(7)}
    for key, person in zip(("saksbehandler", "leder"), people, strict=True):
        assert region.client(key).post(f"/secretariat/scores/{cards[person.pk]}/", typed).status_code == 302


@krav("S10.AK3", guards="samrad.secretariat.ranking.in_order")
def test_everyone_sees_the_same_order_and_why(region: Region) -> None:
    score(region, LIST, 2)
    score(region, SPEECH, 4)
    readers = [EMPLOYEE, "granlia-ansatt-helse", "sekretariat", "leder", "granlia-leder-helse", "folkevalgt"]
    for who in readers:
        page = region.page(who, ORDER)
        assert page.index(SPEECH) < page.index(LIST) < page.index("Har ikke fått skår ennå"), who
        assert "Mindre nytte enn den som er regnet foran." in page, who
    case = region.case(LIST)
    typed = {"version": case.version, "place": "1", "reason": "Rådet så det i møte 3/26."}
    assert region.client("leder").post(f"/secretariat/order/{case.pk}/", typed).status_code == 302
    for who in readers:
        page = region.page(who, ORDER)
        assert page.index(LIST) < page.index(SPEECH) and "Den er regnet til plass 2." in page, who
    assert "Rådet så det i møte 3/26." in region.page("skarholt-ansatt-helse", ORDER)
    assert SPEECH not in region.page(STRANGER, ORDER)


@krav("S40.AK1", guards=["samrad.governance.policy.failing_rule", "samrad.secretariat.policy.can_decide"])
def test_each_rule_of_the_mandate_must_hold_and_the_one_that_fails_is_named(region: Region) -> None:
    case = _at_secretariat(region, one_off_kr=Decimal(100_000))
    assert "Sekretariatet avgjør innenfor mandatet" in _route(region, case)

    def refused(why: str) -> None:
        page = _route(region, case)
        assert "Rådet." in page and why in page
        status, _text = _decide(region, MAIL, "1")
        assert status == 409 and region.case(MAIL).state == "preparation"

    _change_mandate(region, amount_per_case=Decimal(99_999))
    refused("Det koster mer enn sekretariatet kan avgjøre i én sak.")
    _change_mandate(region, amount_per_case=Decimal(220_000), amount_per_year=Decimal(99_999))
    refused("Det koster mer enn det som er igjen av rammen til sekretariatet i år.")
    _change_mandate(region, amount_per_year=Decimal(600_000), may_decide_types=["maintenance"])
    refused("Mandatet til sekretariatet gjelder ikke denne typen.")
    towns = sorted(town.pk for town in region.world.towns.values())
    _change_mandate(region, may_decide_types=["development"], adopted_in_ids=towns[1:])
    refused("Mandatet til sekretariatet gjelder ikke i alle medlemskommunene.")
    _change_mandate(region, adopted_in_ids=towns)
    for other, status in (("saksbehandler", 409), (EMPLOYEE, 404), (STRANGER, 404)):
        assert _decide(region, MAIL, "100 000", other)[0] == status
    assert _decide(region, MAIL, "100 000")[0] == 302


@krav("S40.AK1", guards="samrad.governance.queries.bodies.members_of")
def test_a_new_member_must_adopt_the_mandate_before_the_secretariat_decides(region: Region) -> None:
    case = _at_secretariat(region, one_off_kr=Decimal(100_000))
    house, today, at = region.world.region, timezone.localdate(), timezone.now()
    by = system_actor(house.pk, on=today)
    town = region.find(lambda: add_entity(by=by, at=at, slug="nyby", name="Nyby kommune", kind="municipality"))
    region.find(lambda: join_cooperation(by=by, at=at, cooperation=house, member=town, valid_from=today))
    assert "gjelder ikke i alle medlemskommunene" in _route(region, case)
    assert _decide(region, MAIL, "100 000")[0] == 409


@krav("S40.AK2", guards="samrad.council.actions.agenda._take_in_referrals")
def test_each_decision_of_the_secretariat_is_on_the_next_agenda(region: Region) -> None:
    meeting = planned(region)
    _at_secretariat(region, one_off_kr=Decimal(100_000))
    assert _decide(region, MAIL, "100 000")[0] == 302
    page = region.page("leder", f"/council/{meeting.pk}/")
    assert MAIL in page and "Vedtatt av sekretariatet" in page
    assert region.status(STRANGER, f"/council/{meeting.pk}/") == 404


def _ledger(region: Region, key: str = "leder") -> str:
    return region.page(key, LEDGER)


@krav("S40.AK3", guards=["samrad.secretariat.queries.given_in", "samrad.secretariat.queries.Frame.holds"])
def test_what_is_left_of_the_frame_is_right_to_the_krone(region: Region) -> None:
    _change_mandate(region, amount_per_year=Decimal(300_000))
    _at_secretariat(region, one_off_kr=Decimal(100_000))
    assert "300 000 kr" in _ledger(region)
    assert _decide(region, MAIL, "150 000,01")[0] == 302
    page = _ledger(region)
    assert "150 000,01 kr" in page and "149 999,99 kr" in page and MAIL in page
    second = _at_secretariat(region, SPEECH, one_off_kr=Decimal(100_000))
    status, why = _decide(region, SPEECH, "150 000")
    assert status == 409 and "149 999,99" in why
    assert _decide(region, SPEECH, "149 999,99")[0] == 302
    assert "0 kr" in _ledger(region) and region.case(SPEECH).pk == second
    assert region.status(EMPLOYEE, LEDGER) == 403
    assert MAIL not in text_of(region.client(STRANGER).get(LEDGER))


@krav("S40.AK4", guards="samrad.governance.models.bodies.Mandate.gap_hours")
def test_a_mandate_with_more_tasks_than_resources_shows_the_gap(region: Region) -> None:
    body = region.world.bodies["secretariat"]
    mandate = region.find(lambda: Mandate.objects.filter(body=body).order_by("-version")[0]).pk
    _change_mandate(region, tasks="", task_hours=4000, resource_percent=200)
    page = region.page(EMPLOYEE, f"/governance/mandates/{mandate}/")
    assert "Oppgavene tar 4 000 timer i året" in page and "Det mangler 610 timer." in page
    tasks = "Skrive saksframlegg: 2 000\nHolde møter: 1 500 timer\nSvare på spørsmål"
    _change_mandate(region, tasks=tasks)
    page = region.page(EMPLOYEE, f"/governance/mandates/{mandate}/")
    assert "Oppgavene tar 3 500 timer i året" in page and "Det mangler 110 timer." in page
    _change_mandate(region, tasks="Skrive saksframlegg", task_hours=3390)
    assert "Det mangler" not in region.page(EMPLOYEE, f"/governance/mandates/{mandate}/")
    assert region.status(STRANGER, f"/governance/mandates/{mandate}/") == 404
