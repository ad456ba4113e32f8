"""What every browser test asks of a page."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it has no types
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def open_page(page: Page, address: str, width: int) -> None:
    """Open an address in a window of a width."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address, wait_until="networkidle")


def faults(page: Page) -> list[Any]:
    """What axe finds, and what is wider than the window."""
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    faults: list[Any] = [(v["id"], [node["html"][:160] for node in v["nodes"]]) for v in found]
    wide: int = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    return faults + ([f"{wide} px too wide"] if wide > 0 else [])
