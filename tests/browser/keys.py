"""A person who uses the keyboard and nothing else: Tab, Enter and Space, and letters to write and choose with."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

# What has the focus, and whether one can see that it has.
FOCUSED = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  return {
    tag: e.tagName, id: e.id, name: e.name || "", value: e.value || "", text: (e.innerText || "").trim(),
    ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    there: box.width > 0 && box.right > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""
FAR = 160
SKIP = "Hopp til innholdet"


@dataclass
class Keys:
    """The keyboard on a page."""

    page: Page

    def focused(self) -> dict[str, str | bool]:
        """What has the focus."""
        found: dict[str, str | bool] = self.page.evaluate(FOCUSED)
        return found

    def to(self, **wanted: str) -> Keys:
        """Press Tab until this has the focus. Every stop on the way can be seen."""
        passed: list[object] = []
        for _press in range(FAR):
            self.page.keyboard.press("Tab")
            now = self.focused()
            if now["tag"] == "BODY":  # round the end of the page
                continue
            assert now["ringed"] and now["there"], f"the focus cannot be seen on {now}"
            if all(now[key] == value for key, value in wanted.items()):
                return self
            passed.append(now["name"] or now["text"])
        raise AssertionError(f"{wanted} cannot be reached with Tab; passed {passed[:40]}")

    def write(self, name: str, text: str) -> Keys:
        """Go to a field and write in it; in a list the letters choose."""
        self.to(name=name)
        self.page.keyboard.type(text)
        return self

    def tick(self, name: str, value: str) -> Keys:
        """Go to a choice and choose it."""
        self.to(name=name)
        for _step in range(10):
            if self.focused()["value"] == value:
                self.page.keyboard.press("Space")
                return self
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{value} cannot be chosen in {name}")

    def press(self, text: str) -> Keys:
        """Go to a button or a link and press Enter; the next page comes."""
        self.to(text=text)
        with self.page.expect_event("load"):
            self.page.keyboard.press("Enter")
        return self.past_the_menu()

    def past_the_menu(self) -> Keys:
        """Go straight to what the page is about, as one does who knows it."""
        self.page.keyboard.press("Tab")
        skips = self.focused()["text"] == SKIP
        self.page.keyboard.press("Enter" if skips else "Shift+Tab")
        return self
