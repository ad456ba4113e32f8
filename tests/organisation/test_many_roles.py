"""A person with six roles, and a person with none: the pages stay clear, and nobody is offered what is not theirs."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from samrad.core.acting import acting_for
from samrad.organisation import actions
from samrad.organisation.actors import system_actor
from samrad.organisation.models import Person
from tests.initiatives.cast import AT, ON, Cast
from tests.organisation.test_administration import text_of

SIX = ("chief_executive", "cfo", "records_manager", "portfolio_manager", "administrator", "secretariat_lead")


@pytest.fixture
def busy(cast: Cast) -> Client:
    """Kari holds six roles for Fjell, and works in Dal too."""
    by = system_actor(cast.fjell.pk, on=ON)
    with acting_for([cast.fjell.pk, cast.dal.pk, cast.region.pk]):
        for role in SIX:
            actions.give_role(by=by, at=AT, person=cast.colleague, role=role, valid_from=ON)
        actions.add_person(
            by=system_actor(cast.dal.pk, on=ON), at=AT, owner=cast.dal, name="Kari Lie", email=cast.colleague.email
        )
    return cast.client(cast.colleague)


def rooms_in(page: str) -> list[str]:
    menu = re.search(r'<nav class="rooms".*?</nav>', page, re.S) or re.search(r'class="rooms".*?</ul>', page, re.S)
    return re.findall(r">\s*([^<>]+?)\s*</a>", menu[0]) if menu else []


def test_six_roles_give_one_menu_one_page_and_a_choice_of_whom_to_be(cast: Cast, busy: Client) -> None:
    page = text_of(busy, "/overview/")
    rooms = rooms_in(page)
    assert rooms and len(rooms) == len(set(rooms)), "no room twice"
    assert "Administrasjon" in page and "Arkiv" in page
    chosen = text_of(busy, "/organisation/persons/")
    assert chosen.count("Kari Lie") >= 2 and ">Fjell<" in chosen and ">Dal<" in chosen
    own = text_of(busy, f"/organisation/admin/people/{cast.colleague.pk}/")
    for role in ("Kommunedirektør", "Økonomisjef", "Arkivleder", "Porteføljeforvalter", "Administrator"):
        assert own.count(f">{role}") >= 1, role


def test_as_the_other_person_the_roles_are_left_behind(cast: Cast, busy: Client) -> None:
    with acting_for([cast.dal.pk, cast.region.pk]):
        other = Person.objects.get(owner=cast.dal, name="Kari Lie")
    assert busy.post("/organisation/persons/", {"person": other.pk}).status_code == 302
    assert busy.get("/organisation/admin/").status_code == 403
    assert "Administrasjon" not in text_of(busy, "/overview/")


def test_without_roles_one_is_an_employee_with_a_clear_page(cast: Cast) -> None:
    client = cast.client(cast.neighbour)
    page = text_of(client, "/overview/")
    assert "Ingenting venter på deg" in page
    for room in ("Administrasjon", "Sekretariat", "Arkiv"):
        assert room not in rooms_in(page), room


def test_an_account_without_a_person_is_told_whom_to_ask(cast: Cast) -> None:
    client = cast.client(cast.neighbour)
    with acting_for([cast.dal.pk, cast.region.pk]):
        Person.objects.filter(pk=cast.neighbour.pk).update(active=False)
    page = client.get("/organisation/persons/").content.decode()
    assert "Spør administratoren" in page
    for url in ("/overview/", "/initiatives/", "/organisation/admin/", "/overview/set-up/"):
        assert client.get(url).status_code in (200, 302, 403), url
