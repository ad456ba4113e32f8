"""«Meld inn behov»: the form, step by step, as an employee fills it in."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from samrad.core.acting import acting_for
from samrad.initiatives.models import Benefit
from samrad.initiatives.queries import responsibles
from tests.initiatives.cast import Cast
from tests.initiatives.form import fill, page, send, start, stored

ALL_STEPS = tuple(range(1, 10))


@pytest.fixture
def client(cast: Cast) -> Client:
    return cast.client(cast.proposer)


@pytest.fixture
def draft(client: Client) -> int:
    return start(client)


def benefits(cast: Cast, draft: int) -> list[Benefit]:
    with acting_for([cast.fjell.pk, cast.region.pk]):
        return list(Benefit.objects.filter(initiative_id=draft, removed_at__isnull=True))


def test_an_employee_reports_a_need_from_start_to_review(cast: Cast, client: Client, draft: int) -> None:
    fill(client, cast, draft)
    it = stored(cast, draft)
    assert (it.title, it.one_off_kr, it.annual_kr) == ("E-lås i hjemmetjenesten", Decimal(600000), Decimal(180000))
    assert (it.field, it.owning_sector) == (cast.field, cast.health)
    assert it.participant_ids == sorted([cast.fjell.pk, cast.dal.pk])
    assert [(b.title, b.hours_a_year) for b in benefits(cast, draft)] == [("Mindre kjøring", 1200)]
    with acting_for([cast.fjell.pk, cast.region.pk]):
        assert {k: r.person for k, r in responsibles(it).items()} == {
            "need_owner": cast.sector_head,
            "lead": cast.proposer,
        }
    text = client.get(f"/initiatives/{draft}/review/").content.decode()
    assert "mangler før du kan sende" not in text and "600\xa0000\xa0kr" in text


def test_starting_twice_takes_up_the_empty_draft(cast: Cast, client: Client, draft: int) -> None:
    assert start(client) == draft
    send(client, draft, 1, title="Noe")
    assert start(client) != draft


@pytest.mark.parametrize(
    ("go", "where"),
    [("next", "/step/4/"), ("previous", "/step/1/"), ("later", "/overview/"), ("review", "/review/")],
)
def test_every_button_saves_and_goes_where_it_says(cast: Cast, client: Client, draft: int, go: str, where: str) -> None:
    answer = send(client, draft, 2, go=go, goal="Målet")
    assert answer.status_code == 302 and where in answer["Location"]
    assert stored(cast, draft).answers["goal"] == "Målet"
    assert page(client, draft, 2)["goal"] == "Målet"


def test_it_saves_itself(cast: Cast, client: Client, draft: int) -> None:
    held = page(client, draft, 1)
    url = f"/initiatives/{draft}/step/1/"
    first = client.post(url, {**held, "title": "E-lås"}, headers={"HX-Request": "true"}).content.decode()
    assert "Lagret kl. " in first and 'name="version"' in first and "<html" not in first
    # The page in the browser may still hold the version it was made from: its own saving must not stop it.
    assert send(client, draft, 1, held=held, title="E-lås i hjemmet").status_code == 302
    assert stored(cast, draft).title == "E-lås i hjemmet"


def test_a_title_of_ten_thousand_characters_is_not_lost(cast: Cast, client: Client, draft: int) -> None:
    long = "Å" * 10_000
    answer = send(client, draft, 1, title=long, problem="Behold dette")
    text = answer.content.decode()
    assert answer.status_code == 200 and long in text
    assert "Kort ned til 200 tegn. Nå er det 10000." in text and "Feil: " in text and 'href="#id_title"' in text
    assert stored(cast, draft).answers["problem"] == "Behold dette", "what was well-formed is saved"


def test_script_tags_are_text(cast: Cast, client: Client, draft: int) -> None:
    bad = "</textarea><script>alert(1)</script>"
    send(client, draft, 1, title=bad, problem=bad)
    for url in (f"/initiatives/{draft}/step/1/", f"/initiatives/{draft}/review/", "/initiatives/"):
        text = client.get(url).content.decode()
        assert "<script>alert" not in text and "&lt;script&gt;alert" in text


@pytest.mark.parametrize("typed", ["mye penger", "12e5", "-5", "1,234,567.8", "9" * 39, "١٢٣", "\x00"])
def test_letters_in_kroner_are_told_at_the_field(cast: Cast, client: Client, draft: int, typed: str) -> None:
    answer = send(client, draft, 5, one_off_kr=typed, annual_kr="20 000,50")
    text = answer.content.decode()
    assert answer.status_code == 200 and 'aria-invalid="true"' in text and 'id="id_one_off_kr_error"' in text
    it = stored(cast, draft)
    assert it.one_off_kr is None and it.annual_kr == Decimal("20000.50")


@pytest.mark.parametrize(
    ("typed", "kroner"),
    [("350 000", 350000), ("350.000", 350000), ("350\xa0000 kr", 350000), ("1000,-", 1000), ("0", 0)],
)
def test_kroner_as_people_write_them(cast: Cast, client: Client, draft: int, typed: str, kroner: int) -> None:
    send(client, draft, 5, one_off_kr=typed)
    assert stored(cast, draft).one_off_kr == kroner


def test_the_costs_step_says_whether_it_needs_budget(client: Client, draft: int) -> None:
    empty = client.get(f"/initiatives/{draft}/step/5/").content.decode()
    assert "Du ser det her når du har skrevet hva det koster." in empty and "Nei: det dekkes" not in empty
    send(client, draft, 5, one_off_kr="100 000", annual_kr="0", funding="own")
    assert "Nei: det dekkes av eget budsjett" in client.get(f"/initiatives/{draft}/step/5/").content.decode()
    send(client, draft, 5, funding="new")
    assert "Ja: det koster penger" in client.get(f"/initiatives/{draft}/step/5/").content.decode()


def test_benefits_in_several_rows_without_a_script(cast: Cast, client: Client, draft: int) -> None:
    answer = send(client, draft, 4, go="add", **{"benefits-0-title": "Tid", "benefits-0-kind": "saved_time"})
    held = page(client, draft, 4, "?more=1")
    assert answer.status_code == 302 and "benefits-1-title" in held
    send(
        client,
        draft,
        4,
        held=held,
        **{"benefits-1-title": "Penger", "benefits-1-kind": "avoided_cost", "benefits-1-kroner_a_year": "50 000"},
    )
    first, second = benefits(cast, draft)
    assert (first.title, second.title, second.kroner_a_year) == ("Tid", "Penger", Decimal(50000))
    send(client, draft, 4, **{"benefits-0-title": "Mer tid"})
    assert [(b.pk, b.title) for b in benefits(cast, draft)] == [(first.pk, "Mer tid"), (second.pk, "Penger")]
    send(client, draft, 4, go="remove:0")
    assert [b.pk for b in benefits(cast, draft)] == [second.pk]


def test_a_benefit_that_saves_itself_twice_is_one_benefit(cast: Cast, client: Client, draft: int) -> None:
    held = {**page(client, draft, 4), "benefits-0-title": "Tid", "benefits-0-kind": "saved_time"}
    for title in ("Tid", "Tid til brukerne"):
        client.post(
            f"/initiatives/{draft}/step/4/", {**held, "benefits-0-title": title}, headers={"HX-Request": "true"}
        )
    with acting_for([cast.fjell.pk, cast.region.pk]):
        assert [b.title for b in Benefit.objects.filter(initiative_id=draft)] == ["Tid til brukerne"]


def test_a_bad_benefit_row_keeps_what_is_typed_and_what_stands(cast: Cast, client: Client, draft: int) -> None:
    send(client, draft, 4, **{"benefits-0-title": "Tid", "benefits-0-kind": "saved_time"})
    answer = send(client, draft, 4, **{"benefits-0-kroner_a_year": "mye", "benefits-0-title": "Ny"})
    text = answer.content.decode()
    assert answer.status_code == 200 and 'value="mye"' in text and 'href="#id_benefits-0-kroner_a_year"' in text
    assert [b.title for b in benefits(cast, draft)] == ["Tid"]
    answer = send(client, draft, 4, **{"benefits-1-hours_a_year": "123"})
    assert 'id="id_benefits-1-title_error"' in answer.content.decode() and 'value="123"' in answer.content.decode()


def test_nobody_from_elsewhere_can_be_made_responsible(cast: Cast, client: Client, draft: int) -> None:
    for who in (cast.stranger.pk, "x", 10**30):
        answer = send(client, draft, 6, need_owner=who, lead=cast.colleague.pk)
        assert answer.status_code == 200 and "Velg en person fra lista" in answer.content.decode()


@pytest.mark.parametrize("tampered", [{"field": "999999"}, {"classification": "x"}, {"participant_ids": ["999999"]}])
def test_a_choice_that_does_not_exist(client: Client, draft: int, tampered: dict[str, Any]) -> None:
    assert send(client, draft, 1, **tampered).status_code == 200


def test_two_people_writing_the_same_lose_nothing(cast: Cast, client: Client, draft: int) -> None:
    send(client, draft, 6, need_owner=cast.sector_head.pk, lead=cast.colleague.pk)
    other = cast.client(cast.colleague)
    mine, theirs = page(client, draft, 2), page(other, draft, 2)
    assert send(other, draft, 2, held=theirs, goal="Karis mål").status_code == 302
    answer = send(client, draft, 2, held=mine, goal="Annes mål")
    text = answer.content.decode()
    assert answer.status_code == 409 and "Kari Lie endret det samme kl." in text
    assert "Karis mål" in text and "Annes mål" in text
    assert stored(cast, draft).answers["goal"] == "Karis mål"
    from tests.initiatives.form import values_of

    assert send(client, draft, 2, held=values_of(text)).status_code == 302, "sent again, it is the one that counts"
    assert stored(cast, draft).answers["goal"] == "Annes mål"


def test_two_people_on_different_steps_do_not_stop_each_other(cast: Cast, client: Client, draft: int) -> None:
    send(client, draft, 6, need_owner=cast.sector_head.pk, lead=cast.colleague.pk)
    other = cast.client(cast.colleague)
    mine = page(client, draft, 2)
    send(other, draft, 9, question="Kjøp")
    assert send(client, draft, 2, held=mine, goal="Mål").status_code == 302
    it = stored(cast, draft)
    assert (it.answers["goal"], it.answers["question"]) == ("Mål", "Kjøp")


def test_a_double_click_saves_once(cast: Cast, client: Client, draft: int) -> None:
    held = page(client, draft, 1)
    for _ in range(2):
        assert send(client, draft, 1, held=held, title="Én gang").status_code == 302
    assert stored(cast, draft).version == 2


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "0"])
def test_a_version_that_is_none_loses_nothing(cast: Cast, client: Client, draft: int, version: str) -> None:
    send(client, draft, 1, title="Først")
    held = {**page(client, draft, 1), "version": version, "page": ""}
    answer = send(client, draft, 1, held=held, title="Så")
    assert answer.status_code == 409 and "Først" in answer.content.decode() and "Så" in answer.content.decode()


def test_the_stranger_finds_no_draft(cast: Cast, client: Client, draft: int) -> None:
    send(client, draft, 1, title="Hemmelig")
    for person in (cast.stranger, cast.neighbour, cast.colleague, cast.records_manager):
        other = cast.client(person)
        for step in ALL_STEPS:
            assert other.get(f"/initiatives/{draft}/step/{step}/").status_code == 404
        assert other.post(f"/initiatives/{draft}/step/1/", {"title": "x"}).status_code == 404
        for path in ("review/", "", "exemptions/"):
            assert other.get(f"/initiatives/{draft}/{path}").status_code == 404
    assert Client().get(f"/initiatives/{draft}/step/1/").status_code == 302
    assert client.get(f"/initiatives/{draft}/step/10/").status_code == 404


def test_the_form_in_nynorsk(client: Client, draft: int) -> None:
    client.post("/organisation/language/", {"language": "nn"})
    text = client.get(f"/initiatives/{draft}/step/1/").content.decode()
    assert "Kva skjer om vi ikkje gjer noko?" in text and "Lagra kl." in text and "Lagre og hald fram seinare" in text


def test_a_page_of_the_form_asks_the_database_little(
    cast: Cast, client: Client, draft: int, django_assert_max_num_queries: Any
) -> None:
    fill(client, cast, draft)
    for step in ALL_STEPS:
        with django_assert_max_num_queries(32):
            client.get(f"/initiatives/{draft}/step/{step}/")
