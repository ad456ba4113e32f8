"""The frame: where one may go, who one is, how much waits; on a wide and on a narrow screen."""

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from samrad.core.fields import parse_amount
from tests.initiatives.cast import Cast, make_cast
from tests.initiatives.form import start
from tests.ui.pages import faults, open_page


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The people, seen by the server's own connections too."""
    return make_cast()


def sign_in(page: Page, server: LiveServer, client: Client) -> None:
    value = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": value, "url": server.url}])


def test_the_menu_opens_on_a_phone(cast: Cast, live_server: LiveServer, page: Page, said: list[str]) -> None:
    sign_in(page, live_server, cast.client(cast.proposer))
    open_page(page, f"{live_server.url}/initiatives/", 320)
    page.locator("details.top-narrow > summary").click()
    assert (faults(page), said) == ([], [])
    menu = page.get_by_role("navigation", name="Hovedmeny")
    assert menu.get_by_role("link", name="Tiltak").get_attribute("aria-current") == "page"


def test_one_chooses_language_and_signs_out(cast: Cast, live_server: LiveServer, page: Page) -> None:
    sign_in(page, live_server, cast.client(cast.proposer))
    open_page(page, f"{live_server.url}/overview/", 1280)
    page.locator("details.top-wide > summary").click()
    page.get_by_role("button", name="Nynorsk").click()
    assert page.locator("html").get_attribute("lang") == "nn"
    assert page.get_by_role("link", name="Mi side").count()
    page.locator("details.top-wide > summary").click()
    page.keyboard.press("Escape")
    assert not page.get_by_role("button", name="Logg ut").is_visible()
    page.locator("details.top-wide > summary").click()
    page.get_by_role("button", name="Logg ut").click()
    page.wait_for_url("**/organisation/sign-in/**")


@pytest.mark.django_db
def test_the_stranger_gets_a_page_that_says_so(cast: Cast) -> None:
    draft = start(cast.client(cast.proposer))
    answer = cast.client(cast.stranger).get(f"/initiatives/{draft}/")
    assert answer.status_code == 404 and "Vi fant ikke siden" in answer.content.decode()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 234 567,50", "1234567.50"),
        ("1234567", "1234567"),
        ("1.234.567 kr", "1234567"),
        ("12,5", "12.5"),
        ("−3", "-3"),
    ],
)
def test_amounts_are_read_as_norwegians_write_them(text: str, value: str) -> None:
    assert str(parse_amount(text)) == value
