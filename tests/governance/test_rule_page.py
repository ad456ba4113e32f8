"""The page of the rules offers to switch off only where something can be switched off."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

ClientOf = Callable[[str], Client]
COLUMN = '<th scope="col">Slå av</th>'


def test_only_those_who_can_switch_a_requirement_off_see_the_column(client_of: ClientOf) -> None:
    administrator = client_of("administrator").get("/governance/rules/").content.decode()
    assert COLUMN in administrator and "/end/" in administrator
    reader = client_of("granlia-ansatt-helse").get("/governance/rules/").content.decode()
    assert "Krav til forarbeid" in reader and "Slå av" not in reader
