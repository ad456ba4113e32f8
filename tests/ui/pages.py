"""What every browser test asks of a page."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]  # it has no types
from playwright.sync_api import Page, ViewportSize

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only what is wrong comes back from the browser: the whole answer is large, and slow to read.
FIND = """rules => axe.run({runOnly: rules, rules: {"color-contrast": {enabled: false}}, resultTypes: ["violations"]}).then(
  found => found.violations.map(v => [v.id, v.nodes.map(node => node.html.slice(0, 160))]))"""
# Contrast takes more time than all else, and the same letters on the same ground need be looked at only once.
CONTRAST = """known => {
  const seen = new Set(known), fresh = [];
  const ground = element => {
    const style = getComputedStyle(element), {backgroundColor: colour, backgroundImage: image, opacity} = style;
    const above = element.parentElement && (!/^rgb\\(/.test(colour) || opacity !== "1") ? ground(element.parentElement) : "";
    return [colour, image, opacity, above].join();
  };
  for (const element of document.body.querySelectorAll("*")) {
    const says = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    const {width, right, bottom} = element.getBoundingClientRect(), shown = width > 1 && right > 0 && bottom > 0;
    if (!(says || element.matches("input, select, textarea")) || !shown) continue;
    const {color, fontSize, fontWeight, textShadow} = getComputedStyle(element);
    const look = [color, fontSize, fontWeight, textShadow, element.matches(":disabled, :disabled *"), ground(element)].join();
    if (!seen.has(look)) { seen.add(look); fresh.push(element); }
  }
  const found = fresh.length ? axe.run({include: fresh}, {runOnly: ["color-contrast"], resultTypes: ["violations"]}) : null;
  return Promise.resolve(found).then(found => [[...seen],
    (found ? found.violations : []).map(v => [v.id, v.nodes.map(node => node.html.slice(0, 160))])]);
}"""
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 900}


_seen: list[str] = []  # how letters have looked on the pages of this run


def listen(page: Page, heard: list[str]) -> None:
    """Keep everything the browser complains about on a page."""
    page.on("console", lambda message: heard.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: heard.append(str(error)))


def open_page(page: Page, address: str, width: int) -> None:
    """Open an address in a window of a width."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)


def faults(page: Page, colours: bool = True) -> list[Any]:
    """What axe finds, and what is wider than the window; `colours`: also of letters as no page has shown them yet."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[Any] = page.evaluate(FIND, RULES)
    if colours:
        _seen[:], pale = page.evaluate(CONTRAST, _seen)
        found += pale
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
    """What is wrong with the same page on a phone. The colours are those of the wide screen."""
    page.set_viewport_size(NARROW)
    return [("320 px", fault) for fault in faults(page, colours=False)]
