"""The administrator's pages: people, roles with dates and scope, ways in, sectors, the log. And who has no business there."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samrad.core.acting import acting_for
from samrad.core.verdict import Refused
from samrad.organisation import actions
from samrad.organisation.actors import actor_of, system_actor
from samrad.organisation.models import Account, Person, RoleAssignment
from tests.initiatives.cast import AT, ON, PASSWORD, Cast

PEOPLE = "/organisation/admin/people/"
ADMIN_PAGES = [
    "/organisation/admin/",
    PEOPLE,
    f"{PEOPLE}add/",
    "/organisation/admin/units/",
    "/organisation/admin/log/",
]
NEW = {"name": "Ny Nilsen", "email": "ny@fjell.example", "title": "Rådgiver", "language": "nb"}


def make_administrator(cast: Cast, person: Person, *, of_region: bool = False) -> Client:
    home = person.owner
    entities = [home.pk, cast.region.pk] if home != cast.other else [home.pk]
    with acting_for(entities):
        actions.give_role(
            by=system_actor(home.pk, on=ON),
            at=AT,
            person=person,
            role="administrator",
            entity=cast.region if of_region else home,
            valid_from=ON,
        )
    return cast.client(person)


@pytest.fixture
def admin(cast: Cast) -> Client:
    """Kari, administrator of Fjell."""
    return make_administrator(cast, cast.colleague)


def text_of(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, (url, answer.status_code)
    return answer.content.decode()


def stored(cast: Cast, email: str) -> Person:
    with acting_for([cast.fjell.pk, cast.dal.pk, cast.region.pk]):
        return Person.objects.select_related("account").get(email=email)


def address_on(page: str) -> str:
    found = re.search(r'value="http://[^/]+(/organisation/link/[^"]+)"', page)
    assert found, "the page shows a link"
    return found[1]


def test_only_an_administrator_opens_the_pages(cast: Cast, admin: Client) -> None:
    for page in ADMIN_PAGES:
        assert admin.get(page).status_code == 200, page
        assert cast.client(cast.proposer).get(page).status_code == 403, page
        assert cast.client(cast.stranger).get(page).status_code == 403, page
        assert Client().get(page).status_code == 302, page


def test_a_new_person_comes_in_by_a_link_that_works_once(cast: Cast, admin: Client) -> None:
    added = admin.post(f"{PEOPLE}add/", {**NEW, "entity": cast.fjell.pk, "role": "records_manager"}, follow=True)
    page = added.content.decode()
    assert "Arkivleder" in page and "Ny Nilsen er lagt til" in page
    link = address_on(page)
    newcomer = Client()
    assert "Ny Nilsen" in text_of(newcomer, link)
    for password, again, said in (
        ("kort", "kort", "for kort"),
        ("password1234", "password1234", "lett å gjette"),
        ("en god lang setning", "en annen lang setning", "ikke like"),
    ):
        assert said in newcomer.post(link, {"password": password, "again": again}).content.decode()
    done = newcomer.post(link, {"password": "en god lang setning", "again": "en god lang setning"})
    assert done.status_code == 302
    assert newcomer.get("/organisation/notifications/").status_code == 200
    assert "virker ikke lenger" in text_of(Client(), link, 410)
    assert stored(cast, "ny@fjell.example").account.password.startswith("argon2")  # type: ignore[union-attr]
    sign_in = {"email": "ny@fjell.example", "password": "en god lang setning"}
    assert Client().post("/organisation/sign-in/", sign_in).status_code == 302


def test_a_link_expires_is_replaced_and_cannot_be_made_up(cast: Cast, admin: Client) -> None:
    admin.post(f"{PEOPLE}add/", {**NEW, "entity": cast.fjell.pk})
    person = stored(cast, "ny@fjell.example")
    url = f"{PEOPLE}{person.pk}/"
    first = address_on(text_of(admin, url))
    second = address_on(admin.post(f"{url}link/", follow=True).content.decode())
    assert first != second
    assert Client().get(first).status_code == 410
    assert Client().get(second).status_code == 200
    assert Client().get(second[:-3] + "x/").status_code == 410
    with acting_for([cast.fjell.pk]):
        person.links.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(second).status_code == 410
    assert Client().post(second, {"password": PASSWORD, "again": PASSWORD}).status_code == 410


def test_people_are_found_by_words_and_choices_page_by_page(cast: Cast, admin: Client) -> None:
    with acting_for([cast.fjell.pk, cast.region.pk]):
        by = system_actor(cast.fjell.pk, on=ON)
        for number in range(27):
            actions.add_person(by=by, at=AT, owner=cast.fjell, name=f"Person {number:02}", email=f"p{number}@x.example")
    assert "Person 27" not in text_of(admin, PEOPLE)
    assert "page=2" in text_of(admin, PEOPLE)
    assert "Siri Dahl" in text_of(admin, f"{PEOPLE}?page=2")
    found = text_of(admin, f"{PEOPLE}?q=siri")
    assert "Siri Dahl" in found and "Anne Berg" not in found
    assert "Siri Dahl" in text_of(admin, f"{PEOPLE}?role=sector_head")
    assert "Anne Berg" not in text_of(admin, f"{PEOPLE}?role=sector_head")
    assert "Ingen passer" in text_of(admin, f"{PEOPLE}?state=left")
    for nonsense in ("?page=x", "?entity=999", "?role=king", "?q=%00"):
        assert admin.get(PEOPLE + nonsense).status_code == 200


def test_a_role_has_dates_and_scope_and_ends(cast: Cast, admin: Client) -> None:
    url = f"{PEOPLE}{cast.proposer.pk}/"
    role = {"role": "sector_head", "entity": cast.fjell.pk, "valid_from": "01.11.2026"}
    lacking = admin.post(f"{url}roles/", role)
    assert lacking.status_code == 400 and "Velg sektoren" in lacking.content.decode()
    turned = admin.post(f"{url}roles/", {**role, "unit": cast.health.pk, "valid_to": "01.10.2026"})
    assert "kan ikke være før den første" in turned.content.decode()
    assert admin.post(f"{url}roles/", {**role, "unit": cast.health.pk}).status_code == 302
    page = text_of(admin, url)
    assert "Sektorleder" in page and "Helse og omsorg" in page and "01.11.2026" in page
    with acting_for([cast.fjell.pk, cast.region.pk]):
        given = RoleAssignment.objects.get(person=cast.proposer)
    assert admin.post(f"{url}roles/{given.pk}/end/", {"last_day": "i morgen"}).status_code == 400
    assert admin.post(f"{url}roles/{given.pk}/end/", {"last_day": "20.11.2026"}).status_code == 302
    page = text_of(admin, url)
    assert "20.11.2026" in page and "Rolle gitt: Sektorleder" in page and "Rolle avsluttet: Sektorleder" in page
    assert "Rolle avsluttet: Sektorleder" in text_of(admin, "/organisation/admin/log/")


def test_what_is_written_about_a_person_is_changed_from_the_newest_page_only(cast: Cast, admin: Client) -> None:
    url = f"{PEOPLE}{cast.proposer.pk}/change/"
    data = {"name": "Anne Berge", "title": "Fagleder", "language": "nn", "unit": cast.health.pk, "version": 0}
    assert admin.post(url, {**data, "name": ""}).status_code == 400
    assert admin.post(url, data).status_code == 302
    assert admin.post(url, data).status_code == 409
    assert "Anne Berge" in text_of(admin, PEOPLE)


def test_who_has_left_signs_in_no_more_and_may_come_back(cast: Cast, admin: Client) -> None:
    url = f"{PEOPLE}{cast.sector_head.pk}/"
    gone = cast.client(cast.sector_head)
    assert admin.post(f"{url}end/", {"version": 7}).status_code == 409
    assert admin.post(f"{url}end/", {"version": 0}).status_code == 302
    assert gone.get("/organisation/notifications/").status_code == 302
    assert "Har sluttet" in text_of(admin, url)
    with acting_for([cast.fjell.pk, cast.region.pk]):
        assert not [r for r in cast.sector_head.roles.all() if r.holds_on(timezone.localdate())]
    assert admin.post(f"{url}link/").status_code == 403
    assert admin.post(f"{url}return/", {"version": 1}).status_code == 302
    assert cast.client(cast.sector_head).get("/organisation/notifications/").status_code == 200


def test_the_last_administrator_stays(cast: Cast, admin: Client) -> None:
    url = f"{PEOPLE}{cast.colleague.pk}/"
    assert admin.post(f"{url}end/", {"version": 0}).status_code == 403
    with acting_for([cast.fjell.pk, cast.region.pk]):
        given = RoleAssignment.objects.get(person=cast.colleague, role="administrator")
    refused = admin.post(f"{url}roles/{given.pk}/end/", {"last_day": "24.11.2026"})
    assert refused.status_code == 403 and "siste administratoren" in refused.content.decode()


def test_the_same_address_is_not_added_twice(cast: Cast, admin: Client) -> None:
    again = admin.post(f"{PEOPLE}add/", {**NEW, "email": "ANNE@fjell.example", "entity": cast.fjell.pk})
    assert again.status_code == 400 and "allerede en person" in again.content.decode()


def test_a_sector_is_added_once(cast: Cast, admin: Client) -> None:
    data = {"name": "Kultur", "kind": "sector", "entity": cast.fjell.pk}
    assert "Kultur er lagt til" in admin.post("/organisation/admin/units/", data, follow=True).content.decode()
    assert "allerede en sektor" in admin.post("/organisation/admin/units/", data).content.decode()


def test_the_stranger_reaches_nobody_and_changes_nothing(cast: Cast, admin: Client) -> None:
    stranger = make_administrator(cast, cast.stranger)
    assert "Anne Berg" not in text_of(stranger, PEOPLE)
    url = f"{PEOPLE}{cast.proposer.pk}/"
    assert stranger.get(url).status_code == 404
    for end in ("change/", "end/", "return/", "link/", "roles/", "roles/1/end/"):
        assert stranger.post(url + end, {"version": 0}).status_code == 404, end
    added = stranger.post(f"{PEOPLE}add/", {**NEW, "entity": cast.fjell.pk})
    assert added.status_code == 400
    assert not Account.objects.filter(email="ny@fjell.example").exists()


def test_a_municipalitys_administrator_gives_no_roles_in_the_cooperation(cast: Cast, admin: Client) -> None:
    url = f"{PEOPLE}{cast.proposer.pk}/roles/"
    chair = {"role": "council_chair", "entity": cast.region.pk, "valid_from": "01.11.2026"}
    assert admin.post(url, chair).status_code == 400
    assert admin.get(f"{PEOPLE}{cast.neighbour.pk}/").status_code == 404
    with acting_for([cast.fjell.pk, cast.region.pk]), pytest.raises(Refused):
        by = actor_of(cast.colleague.pk, cast.fjell.pk, on=date(2026, 11, 2))
        actions.give_role(by=by, at=AT, person=cast.proposer, role="council_chair", entity=cast.region, valid_from=ON)


def test_the_cooperations_administrator_answers_for_its_members_and_gives_seats(cast: Cast) -> None:
    admin = make_administrator(cast, cast.colleague, of_region=True)
    assert "Nils Nabo" in text_of(admin, PEOPLE) and "Stian" not in text_of(admin, PEOPLE)
    chair = {"role": "council_chair", "entity": cast.region.pk, "valid_from": "01.11.2026"}
    assert admin.post(f"{PEOPLE}{cast.neighbour.pk}/roles/", chair).status_code == 302
    with acting_for([cast.dal.pk, cast.region.pk]):
        seat = cast.neighbour.seats.get()
        assert (seat.position, seat.municipality) == ("chair", cast.dal)
        given = RoleAssignment.objects.get(person=cast.neighbour)
    admin.post(f"{PEOPLE}{cast.neighbour.pk}/roles/{given.pk}/end/", {"last_day": "20.11.2026"})
    with acting_for([cast.dal.pk, cast.region.pk]):
        seat.refresh_from_db()
        assert seat.valid_to == date(2026, 11, 20)


def test_a_link_that_opens_more_than_ones_own_is_not_shown(cast: Cast, admin: Client) -> None:
    make_administrator(cast, cast.proposer, of_region=True)
    page = admin.post(f"{PEOPLE}{cast.proposer.pk}/link/", follow=True).content.decode()
    assert "/organisation/link/" not in page and "bare til personen på e-post" in page


def test_one_asks_for_a_link_oneself_and_no_oftener_than_thrice_an_hour(cast: Cast, settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    client, url = Client(), "/organisation/forgotten/"
    said = [client.post(url, {"email": e}).content.decode() for e in ("anne@fjell.example", "ingen@fjell.example")]
    assert re.sub(r"csrf\S+ value=\S+", "", said[0]) == re.sub(r"csrf\S+ value=\S+", "", said[1])
    with acting_for([cast.fjell.pk, cast.region.pk]):
        assert cast.proposer.links.filter(ended_at=None).count() == 1
    assert [client.post(url, {"email": "anne@fjell.example"}).status_code for _ in range(3)] == [200, 200, 429]


def test_the_link_is_mailed_once(cast: Cast, admin: Client, mailoutbox: list[object]) -> None:
    from samrad.organisation.tasks import mail_sweep

    admin.post(f"{PEOPLE}add/", {**NEW, "entity": cast.fjell.pk})
    for _ in range(2):
        mail_sweep(0)
    mine = [m for m in mailoutbox if m.to == ["ny@fjell.example"]]  # type: ignore[attr-defined]
    assert len(mine) == 1
    found = re.search(r"/organisation/link/\S+", mine[0].body)  # type: ignore[attr-defined]
    assert found and Client().get(found[0]).status_code == 200


def test_one_changes_ones_own_password(cast: Cast) -> None:
    client, url, new = cast.client(cast.proposer), "/organisation/password/", "en helt ny setning"
    assert Client().get(url).status_code == 302
    wrong = client.post(url, {"current": "feil", "password": new, "again": new})
    assert "ikke passordet du har nå" in wrong.content.decode()
    assert client.post(url, {"current": PASSWORD, "password": new, "again": new}).status_code == 302
    assert "byttet" in text_of(client, "/organisation/notifications/"), "still signed in, and told"
    assert Client().post("/organisation/sign-in/", {"email": cast.proposer.email, "password": new}).status_code == 302


@pytest.mark.django_db
def test_the_first_visit_says_what_to_do(settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    page = Client().get("/", follow=True).content.decode()
    assert page.count("Velkommen til Samråd") >= 1 and "samrad person add" in page
