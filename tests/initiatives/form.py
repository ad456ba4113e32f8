"""Filling in the form as a browser does: what the page holds is what is sent back."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.test import Client

from samrad.core.acting import acting_for
from samrad.initiatives.models import Initiative
from tests.initiatives.cast import Cast


class _Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.values: dict[str, Any] = {}
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = dict(attrs)
        name = had.get("name") or ""
        if tag == "form":
            self.inside = had.get("id") == "step-form"
        if not self.inside or (not name and tag != "option"):
            return
        if tag == "input" and had.get("type") == "checkbox":
            if "checked" in had:
                self.values.setdefault(name, []).append(had.get("value"))
        elif tag == "input" and had.get("type") == "radio":
            if "checked" in had:
                self.values[name] = had.get("value")
        elif tag == "input":
            self.values[name] = had.get("value") or ""
        elif tag == "select":
            self._select, self.values[name] = name, ""
        elif tag == "option" and self._select and "selected" in had:
            self.values[self._select] = had.get("value") or ""
        elif tag == "textarea":
            self._area, self.values[name] = name, ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.values[self._area] = self.values[self._area].removeprefix("\n")
            self._area = ""
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self.inside = False


def values_of(html: str) -> dict[str, Any]:
    """What the step's form holds."""
    parser = _Form()
    parser.feed(html)
    parser.values.pop("csrfmiddlewaretoken", None)
    return parser.values


def page(client: Client, initiative_id: int, step: int, query: str = "") -> dict[str, Any]:
    """Open a step."""
    answer = client.get(f"/initiatives/{initiative_id}/step/{step}/{query}")
    assert answer.status_code == 200
    return values_of(answer.content.decode())


def send(client: Client, initiative_id: int, step: int, *, go: str = "next", held: Any = None, **values: Any) -> Any:
    """Fill in something on a step and press a button."""
    data = {**(page(client, initiative_id, step) if held is None else held), **values, "go": go}
    return client.post(f"/initiatives/{initiative_id}/step/{step}/", data)


def start(client: Client) -> int:
    """Press «Report a need»."""
    answer = client.post("/initiatives/start/")
    assert answer.status_code == 302
    return int(answer["Location"].split("/")[2])


def stored(cast: Cast, initiative_id: int) -> Initiative:
    """The initiative as it stands."""
    with acting_for([cast.fjell.pk, cast.region.pk]):
        return Initiative.objects.select_related("field", "owning_sector").get(pk=initiative_id)


def fill(client: Client, cast: Cast, initiative_id: int) -> None:
    """Everything the minimum requirements ask for, step by step."""
    send(
        client,
        initiative_id,
        1,
        title="E-lås i hjemmetjenesten",
        problem="Nøkler hentes for hånd.",
        if_nothing="Tiden går.",
        affected="Ansatte",
        field=cast.field.pk,
        owning_sector=cast.health.pk,
        classification="development",
        participant_ids=[cast.fjell.pk, cast.dal.pk],
    )
    send(client, initiative_id, 2, goal="Mer tid til brukerne")
    send(
        client,
        initiative_id,
        4,
        **{"benefits-0-title": "Mindre kjøring", "benefits-0-kind": "saved_time", "benefits-0-hours_a_year": "1 200"},
    )
    send(client, initiative_id, 5, one_off_kr="600 000", annual_kr="180.000 kr", funding="new")
    send(client, initiative_id, 6, need_owner=cast.sector_head.pk, lead=cast.proposer.pk)
    send(client, initiative_id, 9, question="Tilrå at vi kjøper e-lås.")
