"""What the full form asks besides the minimum: the KOSTRA function, alternatives of one's own, and quality on a scale."""

from __future__ import annotations

import pytest
from django.test import Client

from samrad.core.acting import acting_for
from samrad.governance.models import Field
from samrad.initiatives.models import Benefit
from tests.initiatives.cast import Cast
from tests.initiatives.form import page, send, start, stored


@pytest.fixture
def client(cast: Cast) -> Client:
    return cast.client(cast.proposer)


@pytest.fixture
def draft(cast: Cast, client: Client) -> int:
    """A draft that is large enough for the full form."""
    made = start(client)
    send(client, made, 5, one_off_kr="600 000", annual_kr="0")
    return made


def _carries(cast: Cast, *functions: str) -> None:
    with acting_for([cast.region.pk]):
        Field.objects.filter(pk=cast.field.pk).update(kostra_functions=list(functions))


def _seen(client: Client, draft: int) -> str:
    return client.get(f"/initiatives/{draft}/review/").content.decode()


def test_the_kostra_function_fills_itself_in_where_the_field_has_one(cast: Cast, client: Client, draft: int) -> None:
    _carries(cast, "254")
    send(client, draft, 1, field=cast.field.pk)
    assert page(client, draft, 1)["kostra_function"] == "254"
    assert "KOSTRA-funksjon" in _seen(client, draft) and "254" in _seen(client, draft)
    assert "254" in client.get(f"/overview/initiatives/{draft}/").content.decode()
    # It can be taken away, and what is taken away does not come back by itself.
    send(client, draft, 1, kostra_function="")
    send(client, draft, 1, problem="Nøkler hentes for hånd.")
    assert stored(cast, draft).kostra_function == ""


def test_one_chooses_among_the_functions_of_the_fields(cast: Cast, client: Client, draft: int) -> None:
    _carries(cast, "253", "254")
    send(client, draft, 1, field=cast.field.pk)
    assert stored(cast, draft).kostra_function == ""
    assert "253 (Helse og omsorg)" in client.get(f"/initiatives/{draft}/step/1/").content.decode()
    refused = send(client, draft, 1, kostra_function="999")
    assert "Velg en fra lista" in refused.content.decode()
    send(client, draft, 1, kostra_function="253")
    assert stored(cast, draft).kostra_function == "253"


def test_alternatives_are_added_and_taken_away(cast: Cast, client: Client, draft: int) -> None:
    held = page(client, draft, 3)
    assert "alt_zero" in held and "alternative_1" not in held
    for number in (1, 2):
        answer = send(client, draft, 3, go="add")
        assert answer.status_code == 302 and "more=1" in answer["Location"]
        held = page(client, draft, 3, "?more=1")
        assert f"alternative_{number}" in held
        send(client, draft, 3, held=held, **{f"alternative_{number}": f"Løsning nummer {number}."})
    text = _seen(client, draft)
    assert "Et annet alternativ 1" in text and "Løsning nummer 2." in text
    assert "Løsning nummer 2." in client.get(f"/overview/initiatives/{draft}/").content.decode()
    send(client, draft, 3, alternative_1="")
    text = _seen(client, draft)
    assert "Løsning nummer 1." not in text and "Løsning nummer 2." in text
    assert "alternative_1" in page(client, draft, 3, "?more=1")
    assert cast.client(cast.stranger).get(f"/initiatives/{draft}/step/3/").status_code == 404


def test_quality_is_said_on_a_scale_without_kroner(cast: Cast, client: Client, draft: int) -> None:
    row = {"benefits-0-title": "Tryggere netter", "benefits-0-kind": "quality"}
    scale = {"benefits-0-quality_before": "2", "benefits-0-quality_after": "4"}
    opened = client.get(f"/initiatives/{draft}/step/4/").content.decode()
    assert "1: Svært dårlig" in opened and "5: Svært god" in opened
    for wrong, told in (
        ({**scale, "benefits-0-quality_after": ""}, "Si både hvordan det er i dag"),
        ({**scale, "benefits-0-quality_after": "2"}, "Det må bli bedre enn i dag"),
        ({**scale, "benefits-0-kind": "saved_time"}, "Skalaen gjelder bedre kvalitet"),
    ):
        answer = send(client, draft, 4, **{**row, **wrong}).content.decode()
        assert told in answer and 'aria-invalid="true"' in answer and "Tryggere netter" in answer
    assert send(client, draft, 4, **row, **scale).status_code == 302
    with acting_for([cast.fjell.pk, cast.region.pk]):
        kept = Benefit.objects.get(initiative_id=draft)
    assert (kept.quality_before, kept.quality_after, kept.kroner_a_year) == (2, 4, None)
    words = "Kvalitet fra 2 (dårlig) til 4 (god) av 5"
    assert words in _seen(client, draft)
    assert words in client.get(f"/overview/initiatives/{draft}/").content.decode()
