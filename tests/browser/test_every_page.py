"""Every page kind there is, opened in the demo region by someone it is for, on a wide and on a narrow screen."""

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]  # it has no types
from django.test import Client
from playwright.sync_api import Page

from tests.browser.catalogue import FILES, MOVES_ON, PAGES, PARTS, POSTED_TO, every_name
from tests.browser.region import Region
from tests.ui.pages import WIDE, listen, narrow_faults, wide_faults

OPEN_TO_ALL = {name for name, examples in PAGES.items() if examples[0].who == ""} | {
    name for name, example in FILES.items() if example.who == ""
}
# The number in the address is a year, and everyone has one of their own.
YEARS = {"governance:cycle_year", "governance:cycle_file"}
MANY = 20
NYNORSK = ("bekkjarvoll", "fossmark")


def test_every_address_is_accounted_for() -> None:
    groups = [set(PAGES), set(FILES), MOVES_ON, PARTS, POSTED_TO]
    assert every_name() == set().union(*groups), "give the new URL pattern an example in tests/browser/catalogue.py"
    assert sum(map(len, groups)) == len(set().union(*groups))


def test_every_page_is_accessible_quiet_and_narrow_enough(region: Region, page: Page, said: list[str]) -> None:
    page.context.add_init_script(AXE_SCRIPT)  # to send it to each page takes twice the time
    wrong, who, seen = {}, None, 0
    for name, examples in PAGES.items():
        for example in examples:
            seen += 1
            if seen % MANY == 0:  # what axe leaves in a window's memory makes it ever slower
                page, old = page.context.new_page(), page
                old.close()
                listen(page, said)
            if example.who != who:
                who = example.who
                region.sign_in(page.context, who)
            address = example.address(region, name)
            page.set_viewport_size(WIDE)
            page.goto(region.url + address)
            language = "nn" if who.startswith(NYNORSK) else "nb"
            found = [*wide_faults(page, language), *narrow_faults(page), *said]
            said.clear()
            if page.url != region.url + address:
                found.append(f"moved on to {page.url}")
            if found:
                wrong[f"{name} ({who}: {address})"] = found
    assert wrong == {}


def test_every_file_comes_as_a_file(region: Region) -> None:
    for name, example in FILES.items():
        answer = region.client(example.who).get(example.address(region, name))
        assert (name, answer.status_code) == (name, 200)
        assert "html" not in answer["Content-Type"], name


def test_the_stranger_sees_nothing_of_any_of_it(region: Region) -> None:
    """Someone from outside the cooperation finds nothing; one who is not signed in is asked to sign in."""
    stranger, nobody = region.client("stranger"), Client()
    for name, examples in {**PAGES, **{name: [example] for name, example in FILES.items()}}.items():
        address = examples[0].address(region, name)
        if name not in OPEN_TO_ALL:
            assert nobody.get(address).status_code in (302, 404), address
        if (
            name not in YEARS
            and examples[0].who not in {"", "stranger"}
            and any(part.isdigit() for part in address.replace(".", "/").split("/"))
        ):
            assert stranger.get(address).status_code in (403, 404), address
