"""A browser that counts: the pages one goes through and the fields one types in."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.test import Client


class _Forms(HTMLParser):
    """What each form of a page holds, by its action, and which fields are typed in."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, Any]]] = []
        self.typed: set[str] = set()
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = dict(attrs)
        name = had.get("name") or ""
        if tag == "form":
            self.forms.append((had.get("action") or "", {}))
        if not self.forms or (not name and tag != "option"):
            return
        values = self.forms[-1][1]
        kind = had.get("type") or "text"
        if tag == "input" and kind in ("checkbox", "radio"):
            if "checked" in had:
                values.setdefault(name, []).append(had.get("value") or "on")
        elif tag == "input" and kind not in ("submit", "file"):
            values[name] = had.get("value") or ""
            if kind != "hidden":
                self.typed.add(name)
        elif tag == "select":
            self._select, values[name] = name, ""
        elif tag == "option" and self._select and "selected" in had:
            values[self._select] = had.get("value") or ""
        elif tag == "textarea":
            self._area, values[name] = name, ""
            self.typed.add(name)

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1][1][self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            values = self.forms[-1][1]
            values[self._area] = values[self._area].removeprefix("\n")
            self._area = ""
        elif tag == "select":
            self._select = ""


class Walker:
    """Someone who goes through pages. `pages` counts those shown, `typed` the fields filled in by hand."""

    def __init__(self) -> None:
        self.client = Client()
        self.pages = self.typed = 0
        self.text = self.url = ""

    def go(self, url: str, **query: Any) -> str:
        """Open a page."""
        return self._shown(self.client.get(url, query, follow=True))

    def _shown(self, answer: Any, status: int = 200) -> str:
        self.text = answer.content.decode()
        told = self.text.partition("error-summary")[2][:1500] or self.text[-1500:]
        assert answer.status_code == status, (answer.status_code, told)
        if answer.redirect_chain:
            self.url = answer.redirect_chain[-1][0]
        else:
            self.url = answer.request["PATH_INFO"]
        self.pages += 1
        return self.text

    def send(self, action: str = "", *, status: int = 200, **values: Any) -> str:
        """Fill in the form of this page (the one with this action) and send it."""
        parser = _Forms()
        parser.feed(self.text)
        path = self.url.split("#")[0].split("?")[0]
        found = [(where, held) for where, held in parser.forms if (where or path).endswith(action)]
        found = [(where, held) for where, held in found if (where or path) == path] or found
        where, held = found[0]
        sent = {key: value for key, value in {**held, **values}.items() if value is not None}
        sent.pop("csrfmiddlewaretoken", None)
        self.typed += sum(
            1 for key, value in values.items() if key in parser.typed and value not in ("", held.get(key))
        )
        return self._shown(self.client.post(where or path, sent, follow=True), status)
