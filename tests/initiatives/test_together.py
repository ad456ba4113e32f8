"""Several people on one draft: nothing is overwritten, both texts are shown, and one chooses."""

import pytest
from django.test import Client
from django.utils import timezone

from samrad.core.acting import acting_for
from samrad.core.verdict import Refused
from samrad.initiatives.actions import invite_author, set_responsibles
from samrad.initiatives.models import Benefit
from tests.initiatives.cast import Cast
from tests.initiatives.form import page, send, start, stored, values_of


@pytest.fixture
def anne(cast: Cast) -> Client:
    return cast.client(cast.proposer)


@pytest.fixture
def draft(cast: Cast, anne: Client) -> int:
    need = start(anne)
    assert anne.post(f"/initiatives/{need}/authors/", {"person": cast.colleague.pk}).status_code == 302
    return need


@pytest.fixture
def kari(cast: Cast) -> Client:
    return cast.client(cast.colleague)


def test_the_one_let_in_writes_and_is_told_and_the_stranger_is_not(cast: Cast, kari: Client, draft: int) -> None:
    assert send(kari, draft, 1, title="Karis tittel").status_code == 302
    assert "Skriv med" in kari.get("/organisation/notifications/").content.decode()
    for person in (cast.stranger, cast.neighbour, cast.records_manager):
        other = cast.client(person)
        assert other.get(f"/initiatives/{draft}/authors/").status_code == 404
        assert other.post(f"/initiatives/{draft}/authors/", {"person": person.pk}).status_code == 404
    url = f"/initiatives/{draft}/authors/{cast.colleague.pk}/remove/"
    assert cast.client(cast.stranger).post(url).status_code == 404


def test_the_stranger_cannot_be_let_in(cast: Cast, anne: Client, draft: int) -> None:
    assert anne.post(f"/initiatives/{draft}/authors/", {"person": cast.stranger.pk}).status_code == 422
    # Nor by another door: the action itself asks that the municipality takes part.
    with acting_for([cast.fjell.pk, cast.region.pk]), pytest.raises(Refused):
        by = cast.actor(cast.proposer)
        invite_author(by=by, at=timezone.now(), initiative_id=draft, person_id=cast.neighbour.pk)
    with acting_for([cast.fjell.pk, cast.region.pk]), pytest.raises(Refused):
        owner = {"need_owner": cast.neighbour.pk}
        set_responsibles(by=by, at=timezone.now(), initiative_id=draft, version=None, people=owner)


def test_taken_away_one_sees_nothing_and_the_last_author_stays(
    cast: Cast, anne: Client, kari: Client, draft: int
) -> None:
    assert anne.post(f"/initiatives/{draft}/authors/{cast.colleague.pk}/remove/").status_code == 302
    assert kari.get(f"/initiatives/{draft}/step/1/").status_code == 404
    assert anne.post(f"/initiatives/{draft}/authors/{cast.proposer.pk}/remove/").status_code == 403
    assert anne.get(f"/initiatives/{draft}/step/1/").status_code == 200


def test_two_on_the_same_step_with_different_fields_both_keep_theirs(
    cast: Cast, anne: Client, kari: Client, draft: int
) -> None:
    mine, theirs = page(anne, draft, 1), page(kari, draft, 1)
    assert send(kari, draft, 1, held=theirs, affected="Alle i hjemmetjenesten").status_code == 302
    assert send(anne, draft, 1, held=mine, problem="Nøkler hentes for hånd").status_code == 302
    it = stored(cast, draft)
    assert (it.answers["affected"], it.answers["problem"]) == ("Alle i hjemmetjenesten", "Nøkler hentes for hånd")


@pytest.mark.parametrize(("keep", "stands"), [("mine", "Annes problem"), ("theirs", "Karis problem")])
def test_the_same_field_shows_both_texts_and_one_chooses(
    cast: Cast, anne: Client, kari: Client, draft: int, keep: str, stands: str
) -> None:
    mine, theirs = page(anne, draft, 1), page(kari, draft, 1)
    send(kari, draft, 1, held=theirs, problem="Karis problem")
    answer = send(anne, draft, 1, held=mine, problem="Annes problem", affected="Ansatte")
    text = answer.content.decode()
    assert answer.status_code == 409 and "Karis problem" in text and "Annes problem" in text
    assert 'name="keep-problem"' in text and 'name="keep-affected"' not in text
    assert stored(cast, draft).answers["problem"] == "Karis problem"
    chosen = {**values_of(text), "keep-problem": keep}
    assert send(anne, draft, 1, held=chosen).status_code == 302
    it = stored(cast, draft)
    assert it.answers["problem"] == stands and it.answers["affected"] == "Ansatte"


def rows(cast: Cast, draft: int) -> list[str]:
    with acting_for([cast.fjell.pk, cast.region.pk]):
        found = Benefit.objects.filter(initiative_id=draft, removed_at__isnull=True)
        return sorted(found.values_list("title", flat=True))


def test_two_who_both_add_a_first_benefit_have_two(cast: Cast, anne: Client, kari: Client, draft: int) -> None:
    mine, theirs = page(anne, draft, 4), page(kari, draft, 4)
    kind = {"benefits-0-kind": "saved_time"}
    send(kari, draft, 4, held=theirs, **kind, **{"benefits-0-title": "Karis gevinst"})
    send(anne, draft, 4, held=mine, **kind, **{"benefits-0-title": "Annes gevinst"})
    assert rows(cast, draft) == ["Annes gevinst", "Karis gevinst"]


def test_a_row_that_both_change_is_asked_about(cast: Cast, anne: Client, kari: Client, draft: int) -> None:
    send(anne, draft, 4, **{"benefits-0-title": "Tid", "benefits-0-kind": "saved_time"})
    mine, theirs = page(anne, draft, 4), page(kari, draft, 4)
    send(kari, draft, 4, held=theirs, **{"benefits-0-title": "Karis tid"})
    answer = send(anne, draft, 4, held=mine, **{"benefits-0-title": "Annes tid"})
    assert answer.status_code == 409 and rows(cast, draft) == ["Karis tid"]
    held = {**values_of(answer.content.decode()), "keep-benefits-0": "theirs"}
    assert send(anne, draft, 4, held=held).status_code == 302 and rows(cast, draft) == ["Karis tid"]


def test_it_grows_while_one_writes_and_says_so_and_loses_nothing(cast: Cast, anne: Client, draft: int) -> None:
    send(anne, draft, 4, **{"benefits-0-title": "Tid", "benefits-0-kind": "saved_time"})
    assert "Mulige løsninger" not in anne.get(f"/initiatives/{draft}/step/5/").content.decode()
    answer = anne.post(
        f"/initiatives/{draft}/step/5/",
        {**page(anne, draft, 5), "one_off_kr": "400 000"},
        headers={"HX-Request": "true"},
    )
    text = answer.content.decode()
    assert "skjemaet har fått flere steg" in text and "Avsjekk" in text
    assert stored(cast, draft).size == "medium" and rows(cast, draft) == ["Tid"]
    assert "Steg 5 av 10" in anne.get(f"/initiatives/{draft}/step/5/").content.decode()
    send(anne, draft, 5, one_off_kr="4 000 000", annual_kr="0")
    assert stored(cast, draft).size == "large"


def test_the_years_are_left_alone_until_one_changes_them(cast: Cast, anne: Client, draft: int) -> None:
    send(anne, draft, 5, one_off_kr="400 000", annual_kr="50 000")
    held = page(anne, draft, 5)
    assert held["year-0-one_off"] == "400\xa0000" and held["year-5-running"] == "50\xa0000"
    send(anne, draft, 5, one_off_kr="500 000")
    assert "years" not in stored(cast, draft).answers
    send(anne, draft, 5, **{"year-0-one_off": "300 000", "year-1-one_off": "100 000"})
    assert [row["one_off"] for row in stored(cast, draft).answers["years"]][:2] == ["300000", "100000"]
    text = anne.get(f"/initiatives/{draft}/review/").content.decode()
    assert "årene summerer til" in text and "Netto nåverdi" in text
    send(anne, draft, 5, go="usual")
    assert not stored(cast, draft).answers["years"]
