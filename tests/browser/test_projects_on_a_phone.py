"""On a phone each project stands as a card: its name, its lights, its phase and its end, without sliding sideways."""

import pytest
from playwright.sync_api import Page

from tests.browser.catalogue import PAGES
from tests.browser.region import Region

BESIDE = "cells => cells.map(cell => getComputedStyle(cell, '::before').content)"
PHONE = {"width": 360, "height": 780}


@pytest.mark.parametrize("part", ["", "projects/?col=light&col=phase&col=ends"])
def test_the_lights_of_each_project_are_seen_without_sliding(region: Region, page: Page, part: str) -> None:
    example = PAGES["portfolio:portfolio_detail"][0]
    region.sign_in(page.context, example.who)
    page.set_viewport_size(PHONE)
    page.goto(f"{region.url}{example.address(region, 'portfolio:portfolio_detail')}{part}")
    room = page.locator(".as-cards")
    assert room.evaluate("room => room.scrollWidth <= room.clientWidth + 1")
    row = room.locator("tbody tr").first
    lights = row.locator(".light")
    assert lights.count() >= 1
    for n in range(lights.count()):
        box = lights.nth(n).bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    said = row.locator("td[data-label]").evaluate_all(BESIDE)
    assert '"Fase"' in said and '"Slutter"' in said  # what is a column elsewhere is said beside each value
    page.set_viewport_size({"width": 1280, "height": 900})
    assert room.locator("thead th").first.is_visible() and '"Fase"' not in (
        row.locator("td[data-label]").evaluate_all(BESIDE)
    )
