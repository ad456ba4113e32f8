"""What one may do with an initiative is one press away on its page, and only for those who may."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from samrad.core.acting import acting_for
from samrad.initiatives.models import Initiative
from samrad.organisation.models import Entity

ClientOf = Callable[[str], Client]
SENT_IN = "Tale til tekst i journalnotat"


def story_of(client: Client, title: str) -> str:
    with acting_for(Entity.objects.values_list("pk", flat=True)):
        number = Initiative.objects.get(title=title).pk
    return str(client.get(f"/overview/initiatives/{number}/").content.decode())


@pytest.mark.parametrize(("who", "may"), [("sekretariat", True), ("fjelldal-arkiv", True), ("folkevalgt", False)])
def test_those_who_may_exempt_fields_find_the_page(client_of: ClientOf, who: str, may: bool) -> None:
    assert ("/exemptions/" in story_of(client_of(who), SENT_IN)) is may


@pytest.mark.parametrize(("who", "may"), [("fjelldal-ansatt-helse", True), ("sekretariat", False)])
def test_the_author_can_withdraw_a_need_that_is_sent_in(client_of: ClientOf, who: str, may: bool) -> None:
    assert ("/withdraw/" in story_of(client_of(who), SENT_IN)) is may


def test_what_the_form_asks_is_found_from_how_we_govern(client_of: ClientOf) -> None:
    assert "/initiatives/rules/" in client_of("administrator").get("/overview/steering-line/").content.decode()
