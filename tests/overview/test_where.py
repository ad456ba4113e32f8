"""«Hvor går jeg?»: what does not work goes to the service desk of one's own house, by name and with its page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

ClientOf = Callable[[str], Client]


@pytest.mark.parametrize(
    ("who", "name", "address"),
    [
        ("granlia-ansatt-helse", "IT-hjelp i Granlia", "https://granlia.example/it-hjelp"),
        ("sekretariat", "IT-hjelp i Fjelldalsregionen", "https://fjelldalsregionen.example/it-hjelp"),
    ],
)
def test_the_service_desk_is_named_with_its_page(client_of: ClientOf, who: str, name: str, address: str) -> None:
    client = client_of(who)
    for url in ("/overview/where/", "/overview/where/broken/"):
        answer = client.get(url).content.decode()
        assert name in answer and f'href="{address}"' in answer, url


def test_a_house_without_a_service_desk_names_none(stranger: Client) -> None:
    assert "IT-hjelp" not in stranger.get("/overview/where/").content.decode()
    assert "IT-hjelp" not in stranger.get("/overview/where/broken/").content.decode()
