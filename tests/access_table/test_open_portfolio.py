"""The open portfolio: what a mandate opens, to anyone, in a browser where nobody is signed in."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from samrad.core.acting import acting_for
from samrad.governance.actions import adopt_mandate
from samrad.governance.models import OpenPart
from samrad.organisation.actions import exempt_fields, lift_exemption
from samrad.organisation.actors import system_actor
from samrad.organisation.models import Exemption, Membership
from samrad.overview import open_pages
from tests.access_table.world import AMOUNT, World, markers, text_of
from tests.anchoring.line import AT, ON

LIST = "/overview/open/region/"


def titles(page: str) -> list[str]:
    return re.findall(r">(TITTEL\w+)</a>", page)


def one(world: World, stage: str, *, marked: bool = False) -> str:
    return f"{LIST}{world.needs[stage, marked].pk}/"


def adopt(world: World, **opens: list[str]) -> None:
    """A new version of the council's mandate, in force from today."""
    region, council = world.line.entities["region"], world.line.council
    assert council is not None
    with acting_for([region.pk]):
        by = system_actor(region.pk, on=ON)
        adopt_mandate(by=by, at=AT, body=council, valid_from=timezone.localdate(), adopted_by="Rådet", **opens)


def lift(world: World, stage: str) -> None:
    with world.line.acting("secretary") as by:
        for exemption in Exemption.objects.filter(initiative_id=world.needs[stage, False].pk):
            lift_exemption(by=by, at=AT, exemption=exemption)


def test_the_way_in_is_on_the_sign_in_page(world: World) -> None:
    client = Client()
    assert 'href="/overview/open/"' in text_of(client, "/organisation/sign-in/")
    assert client.get("/overview/open/")["Location"] == LIST


def test_anyone_sees_the_list_with_state_and_benefits(world: World) -> None:
    lift(world, "portfolio")
    page = text_of(Client(), LIST)
    assert len(titles(page)) == 6
    row = page[page.index("TITTELPORTFOLIOY") :].split("</tr>")[0]
    assert "Vedtatt" in row and "900timer" in row and f"{AMOUNT}kr" in row
    assert "GEVINSTPORTFOLIOY" in text_of(Client(), one(world, "portfolio"))


def test_it_is_as_good_nynorsk(world: World) -> None:
    client = Client()
    client.post("/organisation/language/", {"language": "nn", "next": LIST})
    page = text_of(client, LIST)
    assert "<h1>Open portefølje" in page and "Dette er ope" in page and 'lang="nn"' in page


def test_search_narrow_and_sort(world: World) -> None:
    client, dal = Client(), world.line.entities["dal"].pk
    assert titles(text_of(client, f"{LIST}?q=submittedy")) == ["TITTELSUBMITTEDY"]
    assert len(titles(text_of(client, f"{LIST}?stage=2"))) == 2
    assert len(titles(text_of(client, f"{LIST}?municipality={dal}&field=Helse&stage=3"))) == 4
    assert titles(text_of(client, f"{LIST}?sort=title"))[0] == "TITTELPORTFOLIOX"
    assert "Ingenting passer" in text_of(client, f"{LIST}?q=finnes+ikke") or "Ta bort" in text_of(
        client, f"{LIST}?q=xyz"
    )


@pytest.mark.parametrize("query", ["page=0", "page=x", "stage=9", "municipality=0", "field=%00", "q=%00%00", "sort=;"])
def test_nonsense_is_left_out(world: World, query: str) -> None:
    assert Client().get(f"{LIST}?{query}").status_code == 200


def test_pages_and_print(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_pages, "PAGE", 4)
    client = Client()
    first, second = text_of(client, LIST), text_of(client, f"{LIST}?page=2")
    assert len(titles(first)) == 4 and len(titles(second)) == 2 and "?page=2" in first
    assert not set(titles(first)) & set(titles(second))
    printed = text_of(client, f"{LIST}?print=1&stage=3")
    assert len(titles(printed)) == 4 and "<form" not in printed.split("<main", 1)[1]


def test_a_page_costs_few_queries(world: World, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for url in (f"{LIST}?q=tittel", one(world, "portfolio")):
        with django_assert_max_num_queries(12):
            assert Client().get(url).status_code == 200


def test_words_of_decisions_are_shown_only_where_nothing_is_exempt(world: World) -> None:
    url = one(world, "recommended")
    page = text_of(Client(), url)
    assert "Anbefales" in page and "Rådet anbefaler." not in page and "offentleglova § 23" in page
    lift(world, "recommended")
    page = text_of(Client(), url)
    assert "Rådet anbefaler." in page and "GEVINSTRECOMMENDEDY" in page
    need = world.needs["recommended", False]
    with world.line.acting("secretary") as by:
        exempt_fields(
            by=by,
            at=AT,
            house=need,
            initiative_id=need.pk,
            field_group="costs",
            legal_basis="offentleglova § 13",
            involved=False,
        )
    page = text_of(Client(), url)
    assert str(AMOUNT) not in page and "Rådet anbefaler." not in page and "offentleglova § 13" in page
    assert str(AMOUNT) not in text_of(Client(), f"{LIST}?q=recommendedy")


def test_an_exemption_holds_until_its_last_day(world: World) -> None:
    rows = Exemption.objects.filter(initiative_id=world.needs["portfolio", False].pk)
    with world.line.seen_by("proposer"):
        rows.update(until=timezone.localdate())
    assert "GEVINSTPORTFOLIOY" not in text_of(Client(), one(world, "portfolio"))
    with world.line.seen_by("proposer"):
        rows.update(until=timezone.localdate() - timedelta(days=1))
    assert "GEVINSTPORTFOLIOY" in text_of(Client(), one(world, "portfolio"))


def test_a_new_mandate_opens_more(world: World) -> None:
    adopt(world, open_submitted=["title", "need"], open_decided=["title", "costs"])
    words = markers("submitted", marked=False)
    page = text_of(Client(), one(world, "submitted"))
    assert words["need"] in page and str(AMOUNT) not in page
    page = text_of(Client(), one(world, "portfolio"))
    assert str(AMOUNT) in page and "BEHOVPORTFOLIOY" not in page and "Vedtak</h2>" not in page


@pytest.mark.parametrize("opens", [{}, {"open_submitted": ["need"], "open_decided": ["costs"]}])
def test_a_mandate_that_does_not_open_the_title_opens_nothing(world: World, opens: dict[str, list[str]]) -> None:
    adopt(world, **opens)
    assert Client().get(LIST).status_code == 404
    assert Client().get(one(world, "portfolio")).status_code == 404
    assert "Ingenting er åpent her ennå" in text_of(Client(), "/overview/open/")


def test_only_what_is_decided_where_the_mandate_says_so(world: World) -> None:
    adopt(world, open_decided=OpenPart.values)
    assert Client().get(one(world, "submitted")).status_code == 404
    assert len(titles(text_of(Client(), LIST))) == 4


def test_what_no_longer_is_shared_is_no_longer_open(world: World) -> None:
    fjell = world.line.entities["fjell"].pk
    Membership.objects.filter(member_id=fjell).update(valid_to=date(2026, 2, 1))
    assert titles(text_of(Client(), LIST)) == []
    assert Client().get(one(world, "portfolio")).status_code == 404


def test_other_houses_and_other_numbers_are_not_there(world: World) -> None:
    number = world.needs["portfolio", False].pk
    for url in (f"/overview/open/annetsamarbeid/{number}/", "/overview/open/finnes-ikke/", f"{LIST}{'9' * 30}/"):
        assert Client().get(url).status_code == 404
