"""S4, S23 and S29 at every level: sent on, decided, paid for together, asked downwards, stopped and opened anew."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import timezone

from samrad.cases.models import Assignment, Case, Decision
from samrad.core.workdays import add_workdays
from samrad.initiatives.models import Initiative
from tests.krav.meetings import agreed, held
from tests.krav.region import ALARM, CONSENT, LIST, NIGHT, SPEECH, STRANGER, Region, text_of

krav = pytest.mark.krav


def _day(days: int = 0) -> str:
    return (timezone.localdate() + timedelta(days=days)).strftime("%d.%m.%Y")


def _send_on(region: Region, key: str, row: Decision, organ: str) -> HttpResponse:
    url = f"/cases/decisions/{row.pk}/send-on/"
    version = region.find(lambda: Decision.objects.get(pk=row.pk).version)
    return region.client(key).post(url, {"version": version, "organ": organ})


def _result(**values: Any) -> dict[str, Any]:
    said = {"text": "Kommunestyret vedtar tiltaket.", "amount_kr": "350 000", "case_number": "PS 41/26"}
    return {**said, "decided_date": _day(), **values}


@krav(
    "S23.AK2",
    guards=["samrad.cases.policy.result_lacks", "samrad.cases.policy.can_send_on", "samrad.cases.policy.can_decide"],
)
def test_the_municipal_council_gets_the_words_unaltered_and_its_answer_comes_home_whole(region: Region) -> None:
    director, words = "skarholt-direktor", "Rådet anbefaler «legemiddelliste»\nmed <strek> under & inntil 10 %."
    agreed(region, held(region, LIST), text=words)
    row = region.decisions(LIST)["skarholt"]
    url = f"/cases/decisions/{row.pk}/"
    for other in ("granlia-direktor", "skarholt-leder-helse"):
        assert _send_on(region, other, row, "municipal_council").status_code == 409, other
    assert _send_on(region, STRANGER, row, "municipal_council").status_code == 404
    assert _send_on(region, director, row, "municipal_council").status_code == 302
    page = region.page(director, url)
    assert words in page and f"http://testserver{url}" in page  # word for word, with a link back
    assert region.case(LIST).state == "at_political_level"
    for lacking, told in (
        ({"case_number": ""}, "Skriv saksnummeret i det politiske organet."),
        ({"decided_date": ""}, "Skriv dagen det ble vedtatt."),
        ({"decided_date": _day(1)}, "Vedtaksdagen kan ikke være i framtida."),
        ({"text": ""}, "Skriv vedtaket slik det står i møteboka."),
        ({"amount_kr": ""}, "Skriv beløpet."),
    ):
        answer = region.decide(director, LIST, "skarholt", **_result(**lacking))
        assert answer.status_code == 409 and told in text_of(answer), lacking
    assert region.decide("granlia-direktor", LIST, "skarholt", **_result()).status_code == 409
    assert region.decide(director, LIST, "skarholt", **_result()).status_code == 302
    story = region.page("skarholt-ansatt-helse", region.story(LIST))
    for said in ("Kommunestyret", "PS 41/26", "Kommunestyret vedtar tiltaket.", "350 000 kr", "kommuneloven § 5-3"):
        assert said in story, said
    assert "sendte saken videre til et annet organ i kommunen" in story
    assert region.case(LIST).state == "approved"


@krav("S23.AK1", guards="samrad.cases.policy.can_be_approved")
def test_what_comes_to_need_budget_is_not_approved_without_the_council(region: Region) -> None:
    """Sent to the line because it needed none, then made dearer: the head of sector cannot say yes to it."""
    case, need = region.case(SPEECH), region.need(SPEECH)
    with region.looking():
        Initiative.objects.filter(pk=need.pk).update(
            one_off_kr=Decimal(900000), annual_kr=Decimal(0), funding="own", internal_hours=40
        )
    sent = region.client("saksbehandler").post(f"/secretariat/cases/{case.pk}/to-line/", {"version": case.version})
    assert sent.status_code == 302
    head = f"fjelldal-leder-{_sector(region, need)}"
    with region.looking():
        Initiative.objects.filter(pk=need.pk).update(annual_kr=Decimal(50000))
    refused = region.decide(head, SPEECH, "fjelldal", amount_kr="900 000")
    assert refused.status_code == 409 and "Saken krever budsjett nå" in text_of(refused)
    assert region.case(SPEECH).state == "at_sector_head"
    back = {"outcome": "sent_back", "text": "Det ble dyrere."}
    assert region.decide(head, SPEECH, "fjelldal", **back).status_code == 302


def _sector(region: Region, need: Initiative) -> str:
    unit = region.find(lambda: Initiative.objects.get(pk=need.pk).owning_sector_id)
    return next(slug for (town, slug), row in region.world.units.items() if town == "fjelldal" and row.pk == unit)


@krav("S4.AK2", guards="samrad.cases.policy.authority_of")
def test_the_authority_and_the_mandate_of_the_day_stay_with_the_decision(region: Region) -> None:
    row = region.decisions(NIGHT)["granlia"]
    assert region.decide("granlia-direktor", NIGHT, "granlia").status_code == 302
    kept = region.find(lambda: Decision.objects.select_related("mandate").get(pk=row.pk))
    assert kept.mandate is not None
    url = f"/overview/decisions/{row.pk}/"
    page = region.page("fossmark-ansatt-helse", url)
    assert "Myndighet delegert fra kommunestyret, kommuneloven § 13-1" in page
    assert f"versjon {kept.mandate.version}" in page
    assert "Digitaliseringsrådet anbefaler tiltaket" in page and "Organet var enig uten avstemning." in page
    assert "Versjon 1, sendt" in page and "Ingenting som er ført inn her." in page
    with region.looking():
        Initiative.objects.filter(pk=region.need(NIGHT).pk).update(status="stopped")
    assert "Tiltaket er nå: Stoppet." in region.page("fossmark-ansatt-helse", url)
    assert region.status(STRANGER, url) == 404


def _plan(region: Region, by: str, title: str, **values: Any) -> HttpResponse:
    return region.client(by).post(f"/cases/{region.case(title).pk}/costs/", {"version": 0, "key": "equal", **values})


@krav("S23.AK3", guards=["samrad.cases.policy.can_plan_costs", "samrad.cases.policy.plan_lacks"])
def test_each_takes_part_waits_or_does_not_and_pays_its_share(region: Region) -> None:
    case, towns = region.case(NIGHT), region.world.towns
    url = f"/cases/{case.pk}/costs/"
    assert _plan(region, "granlia-direktor", NIGHT).status_code == 409
    assert _plan(region, STRANGER, NIGHT).status_code == 404
    nothing = _plan(region, "sekretariat", NIGHT, key="use")
    assert nothing.status_code == 409 and "Skriv hvor mye minst én kommune bruker." in text_of(nothing)
    use = {f"use_{towns[slug].pk}": number for slug, number in (("granlia", 3), ("skarholt", 1))}
    more = {"host": towns["granlia"].pk, "start_count": 2, "start_kr": "900 000"}
    assert _plan(region, "sekretariat", NIGHT, key="use", **use, **more).status_code == 302
    once = int(region.need(NIGHT).one_off_kr or 0)
    page = region.page("fossmark-ansatt-helse", url)
    quarter = f"{once // 4:,}".replace(",", " ")
    assert f"{quarter} kr" in page and "Vertskommune" in page and "Nå har 0 vedtatt." in page
    assert region.decide("granlia-direktor", NIGHT, "granlia", amount_kr="350 000").status_code == 302
    no = {"outcome": "rejected", "text": "Ikke nå."}
    assert region.decide("skarholt-direktor", NIGHT, "skarholt", **no).status_code == 302
    page = region.page("fossmark-ansatt-helse", url)
    for town, said in (("Granlia kommune", "deltar"), ("Skarholt kommune", "deltar ikke"), ("Fossmark", "avventer")):
        line = page[page.index(town, page.index("Formidlet hjemme")) :]
        assert f"<td>{said}</td>" in line[: line.index("</tr>")], town
    late = _plan(region, "sekretariat", NIGHT)
    assert late.status_code == 409 and "fordelingen står fast" in text_of(late)
    story = region.page("fossmark-ansatt-helse", region.story(NIGHT))
    assert "Venter på å starte" in story and "Nå har 1 vedtatt." in story
    assert region.decide("fossmark-direktor", NIGHT, "fossmark", amount_kr="1").status_code == 302
    assert "Kan starte" in region.page("fossmark-ansatt-helse", region.story(NIGHT))


@krav("S29.AK1", guards=["samrad.cases.policy.can_assign", "samrad.cases.policy.can_answer_assignment"])
def test_a_political_decision_becomes_an_assignment_with_a_deadline(region: Region) -> None:
    director, owner = "granlia-direktor", "granlia-leder-helse"
    row = region.decisions(NIGHT)["granlia"]
    url, asked = f"/cases/decisions/{row.pk}/assign/", {"text": "Legg fram en plan.", "due": _day(30)}
    values = {**asked, "person": region.person(owner).pk}
    assert region.client(director).post(url, values).status_code == 409  # nothing is decided yet
    assert _send_on(region, director, row, "executive_committee").status_code == 302
    assert region.decide(director, NIGHT, "granlia", **_result()).status_code == 302
    for other in ("skarholt-direktor", owner):
        assert region.client(other).post(url, values).status_code == 409, other
    assert region.client(STRANGER).post(url, values).status_code == 404
    short = region.client(director).post(url, {**values, "due": _day(-1)})
    assert short.status_code == 409 and "Velg en frist som ikke er gått ut." in text_of(short)
    assert region.client(director).post(url, values).status_code == 302
    given = region.find(lambda: Assignment.objects.order_by("-pk")[0])
    page = f"/cases/assignments/{given.pk}/"
    assert "Svar på oppdraget du har fått" in region.page(owner, "/overview/")
    assert "Legg fram en plan." in region.page(owner, "/organisation/notifications/")
    assert region.client(director).post(page, {"answer": "Jeg svarer selv."}).status_code == 409
    assert region.client(owner).post(page, {"accept": "1"}).status_code == 302
    assert region.client(owner).post(page, {"answer": "Planen ligger ved."}).status_code == 302
    assert "Planen ligger ved." in region.page("fossmark-ansatt-helse", page)
    assert "Planen ligger ved." in region.page(director, "/organisation/notifications/")
    assert "Svar på oppdraget du har fått" not in region.page(owner, "/overview/")
    story = region.page("fossmark-ansatt-helse", region.story(NIGHT))
    assert "Legg fram en plan." in story and "Besvart" in story


@krav("S29.AK2", guards="samrad.cases.actions.recommending.tell")
def test_the_need_owner_hears_with_reasons_when_the_minutes_are_approved(region: Region) -> None:
    owner, told = "skarholt-leder-helse", "/organisation/notifications/"
    item = held(region, LIST)
    assert "Rådet sier ja til dette." not in region.page(owner, told)
    agreed(region, item, text="Rådet sier ja til dette.")
    page = region.page(owner, told)
    assert "Rådet sier ja til dette." in page and "Gevinsten er stor." in page
    # What a political body decided long ago, and is recorded today, is seen to be told late.
    director, row = "skarholt-direktor", region.decisions(LIST)["skarholt"]
    assert _send_on(region, director, row, "municipal_council").status_code == 302
    with region.looking():
        Decision.objects.filter(pk=row.pk).update(sent_on_at=timezone.now() - timedelta(days=30))
    long_ago = timezone.localdate() - timedelta(days=10)
    assert add_workdays(long_ago, 1) < timezone.localdate()
    assert region.decide(director, LIST, "skarholt", **_result(decided_date=_day(-10))).status_code == 302
    assert "Sen beskjed" in region.page(owner, region.story(LIST))
    assert "Kommunestyret vedtar tiltaket." in region.page(owner, told)
    assert region.status(STRANGER, region.story(LIST)) == 404


@krav("S29.AK3", guards="samrad.cases.policy.can_tell_at_home")
def test_both_directions_stand_on_one_timeline(region: Region) -> None:
    row = region.decisions(ALARM)["granlia"]
    told = f"/cases/decisions/{row.pk}/told-at-home/"
    assert "Ikke formidlet ennå" in region.page("sekretariat", f"/cases/{region.case(ALARM).pk}/costs/")
    assert region.client("skarholt-direktor").post(told).status_code == 403
    assert region.client(STRANGER).post(told).status_code == 404
    assert region.client("granlia-direktor").post(told).status_code == 302
    page = region.page("granlia-ansatt-helse", region.story(ALARM))
    timeline = page[page.index("Dette har skjedd") :]
    for said in (
        "meldte inn behovet",
        "formidlet vedtaket til egen kommune",
        "oppdrag",
        "gjorde vedtak for kommunen",
    ):
        assert said in timeline, said


def _turn(region: Region, key: str, title: str, kind: str, **values: Any) -> HttpResponse:
    case = region.find(lambda: Case.objects.filter(initiative__title=title).order_by("-pk")[0])
    typed = {"version": case.version, "reason": "Vi venter på tilskudd.", **values}
    return region.client(key).post(f"/cases/{case.pk}/turn/{kind}/", typed)


def test_a_case_is_paused_taken_up_stopped_and_opened_anew(region: Region) -> None:
    owner, author = "bekkjarvoll-leder-oppvekst", "bekkjarvoll-ansatt-oppvekst"
    old = region.case(CONSENT)
    for other in ("granlia-direktor", "saksbehandler"):
        assert _turn(region, other, CONSENT, "pause").status_code in (404, 409), other
    assert _turn(region, STRANGER, CONSENT, "pause").status_code == 404
    assert _turn(region, owner, CONSENT, "pause", reason=" ").status_code == 409
    assert _turn(region, owner, CONSENT, "pause").status_code == 302
    assert "Vi venter på tilskudd." in region.page(author, region.story(CONSENT))
    check = {"version": region.case(CONSENT).version, "missing": ["benefits"], "other": "", "note": ""}
    refused = region.client("saksbehandler").post(f"/secretariat/cases/{old.pk}/check/", check)
    assert refused.status_code == 409 and "satt på pause" in text_of(refused)
    assert _turn(region, owner, CONSENT, "resume").status_code == 302
    assert _turn(region, "sekretariat", CONSENT, "stop").status_code == 302
    assert region.case(CONSENT).state == "stopped"
    assert "Stoppa: " in region.page(author, "/organisation/notifications/")
    assert _turn(region, author, CONSENT, "reopen", reason="Tilskuddet kom.").status_code == 302
    cases = region.find(lambda: list(Case.objects.filter(initiative__title=CONSENT).order_by("pk")))
    assert [(c.state, c.closed_at is None) for c in cases] == [("stopped", False), ("draft", True)]
    assert "Tilskuddet kom." in region.page(author, region.story(CONSENT))
    assert region.status(author, f"/initiatives/{region.need(CONSENT).pk}/review/") == 200


def test_a_case_is_merged_with_another_and_closed(region: Region) -> None:
    into = region.need(SPEECH).pk
    assert _turn(region, "bekkjarvoll-leder-oppvekst", CONSENT, "merge", into=into).status_code == 409
    itself = _turn(region, "saksbehandler", CONSENT, "merge", into=region.need(CONSENT).pk)
    assert itself.status_code in (409, 422)
    assert _turn(region, "saksbehandler", CONSENT, "merge", into=into).status_code == 302
    assert region.case(CONSENT).state == "merged" and region.need(CONSENT).status == "merged"
    assert SPEECH in region.page("bekkjarvoll-ansatt-oppvekst", region.story(CONSENT))


def test_open_conditions_stand_before_the_next_gate(region: Region) -> None:
    url = f"/portfolio/projects/{region.project(ALARM).pk}/"
    page = region.page("portefolje", url)
    assert "Prosjektet kan ikke passere neste beslutningspunkt ennå." in page
    assert "Personvernet skal være vurdert før oppstart." in page
    assert "Åpne vilkår" in region.page("portefolje", f"/portfolio/{region.portfolio().pk}/")
