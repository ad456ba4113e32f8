"""The gallery holds every component, and what its scripts add works. Its colours and width: tests/browser."""

import hashlib
import re
from pathlib import Path

from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.ui.pages import open_page

CORE = Path(__file__).resolve().parents[2] / "src" / "samrad" / "core"


def test_gallery_shows_every_component() -> None:
    shown = "".join(p.read_text() for p in (CORE / "templates" / "core").rglob("*.html"))
    listed = re.findall(r"\{% (?!end|load)(\w+)", (CORE / "templatetags" / "samrad.py").read_text().split('"""')[1])
    unshown = {tag for tag in listed if not re.search(rf"\{{% {tag}\b", shown)}
    assert listed and unshown == {"error_prefix", "query", "action_button"}  # no look of their own


def test_error_summary_has_the_focus_and_leads_to_the_field(live_server: LiveServer, page: Page) -> None:
    open_page(page, f"{live_server.url}/core/gallery/", 1280)
    assert page.evaluate("() => document.activeElement.className").startswith("ds-error-summary")
    page.locator(".error-summary a").first.click()
    assert page.evaluate("() => document.activeElement.id") == "wrong_title"


def test_checklist_fills_while_one_types(live_server: LiveServer, page: Page) -> None:
    open_page(page, f"{live_server.url}/core/gallery/", 1280)
    row = page.locator("[data-field=id_need]")
    assert row.get_attribute("data-done") == "no"
    page.fill("#id_need", "Ansatte kjører fram og tilbake for å gi medisiner hver dag.")
    assert row.get_attribute("data-done") == "yes"


def test_a_greyed_button_says_why_and_does_nothing(live_server: LiveServer, page: Page) -> None:
    open_page(page, f"{live_server.url}/core/gallery/", 1280)
    button = page.get_by_role("button", name="Send inn", exact=True)
    assert button.get_attribute("aria-disabled") == "true"
    assert "tre ting mangler" in page.locator(f"#{button.get_attribute('aria-describedby')}").inner_text()


def test_vendored_files_are_those_that_were_fetched() -> None:
    vendor = CORE / "static" / "samrad" / "vendor"
    lines = [line.split("  ") for line in (vendor / "CHECKSUMS.sha256").read_text().splitlines()]
    there = {
        p.relative_to(vendor).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in vendor.rglob("*")
        if p.is_file() and p.name != "CHECKSUMS.sha256"
    }
    assert there == {name: total for total, name in lines}
