"""What every browser test asks of a page."""

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]  # it has no types
from playwright.sync_api import Page, ViewportSize

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only what is wrong comes back from the browser: the whole answer is large, and slow to read.
FIND = """([tags, rules]) => axe.run({runOnly: tags, rules: rules, resultTypes: ["violations"]}).then(
  found => found.violations.map(v => [v.id, v.nodes.map(node => node.html.slice(0, 160))]))"""
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 900}


def listen(page: Page, heard: list[str]) -> None:
    """Keep everything the browser complains about on a page."""
    page.on("console", lambda message: heard.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: heard.append(str(error)))


def open_page(page: Page, address: str, width: int) -> None:
    """Open an address in a window of a width."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address, wait_until="networkidle")


def faults(page: Page, but: Sequence[str] = ()) -> list[Any]:
    """What axe finds, and what is wider than the window; `but`: the rules that are left out."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[Any] = page.evaluate(FIND, [RULES, {rule: {"enabled": False} for rule in but}])
    wide: int = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    return found + ([f"{wide} px too wide"] if wide > 0 else [])


def wide_faults(page: Page, language: str = "nb") -> list[Any]:
    """What is wrong with a page on a wide screen: its frame, and what axe finds."""
    headings = page.locator("h1").count()
    title = page.title().removesuffix("– Samråd").strip()
    spoken = page.locator("html").get_attribute("lang")
    return [
        *([] if headings == 1 else [f"{headings} h1"]),
        *([] if title and title != "Samråd" else ["no title"]),
        *([] if spoken == language else [f"lang={spoken}"]),
        *faults(page),
    ]


def narrow_faults(page: Page) -> list[Any]:
    """What is wrong with the same page on a phone. The colours are those of the wide screen, and take half of axe's time."""
    page.set_viewport_size(NARROW)
    return [("320 px", fault) for fault in faults(page, but=["color-contrast"])]
