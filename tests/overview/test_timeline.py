"""«Dette har skjedd» on the page of an initiative: gathered to what a reader asks for, and everything for who wants all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from samrad.core.acting import acting_for
from samrad.eventlog.models import Event
from samrad.initiatives.models import Initiative
from samrad.organisation.models import Entity, Person
from samrad.overview.sentences import SENTENCES, sentence

ClientOf = Callable[[str], Client]
TITLE = "Digital trygghetsalarm og responssenter"
NINE = datetime(2031, 11, 3, 8, 0, tzinfo=UTC)  # nine o'clock in Norway, after all that the demo has done
SPAN = "endret innholdet 3 ganger, 3. november 2031 fra kl. 09.00 til kl. 09.20: Behovet, Gevinster"


def url() -> str:
    with acting_for(Entity.objects.values_list("pk", flat=True)):
        return f"/overview/initiatives/{Initiative.objects.get(title=TITLE).pk}/"


def told(client: Client, asked: str = "") -> tuple[str, str]:
    """What the page says happened on the newest day, and all of it, as text."""
    page = unescape(client.get(url() + asked).content.decode())
    happened = page[page.index("Dette har skjedd") : page.index('<aside class="rail"')]
    return happened.split('class="timeline-day"')[1], happened


def wrote(*, first_days_before: int = 0) -> tuple[str, str]:
    """One person saves three times, another once, and the first once more; a reader is let in between."""
    with acting_for(Entity.objects.values_list("pk", flat=True)):
        need = Initiative.objects.get(title=TITLE)
        one, two = Person.objects.filter(email__startswith="granlia-").order_by("pk")[:2]
        changed = "initiatives.ContentChanged"
        lines: list[tuple[int, Person, str, dict[str, object]]] = [
            (-first_days_before * 24 * 60, one, changed, {"fields": ["problem"], "to_version": 1}),
            (5, one, "initiatives.Involved", {"person_id": two.pk, "responsibility": "recommender"}),
            (10, one, changed, {"fields": ["benefits"], "to_version": 2}),
            (20, one, changed, {"fields": ["affected", "problem"], "to_version": 3}),
            (30, two, changed, {"fields": ["goals"], "to_version": 4}),
            (40, one, changed, {"fields": ["own-question"], "to_version": 5}),
        ]
        for minutes, person, kind, data in lines:
            Event.objects.create(
                owner_id=need.owner_id, shared_with_id=need.shared_with_id, initiative_id=need.pk, kind=kind, data=data,
                at=NINE + timedelta(minutes=minutes), by_person_id=person.pk,
            )  # fmt: skip
    return one.name, two.name


def test_what_one_person_changed_in_a_row_is_one_line_with_its_time_and_steps(client_of: ClientOf) -> None:
    first, second = wrote()
    day, happened = told(client_of("sekretariat"))
    assert f"{first} {SPAN}<" in day
    assert f"{second} endret innholdet: Mål og forankring<" in day
    assert f"{first} endret innholdet<" in day
    assert day.count("endret innholdet") == 3
    assert "se hele tiltaket" not in happened and "gjorde vedtak for kommunen" in happened


def test_show_all_tells_every_change_and_who_got_access(client_of: ClientOf) -> None:
    first, second = wrote()
    client = client_of("sekretariat")
    assert ">Vis alt</a>" in told(client)[1]
    day, happened = told(client, "?all=1")
    assert day.count("endret innholdet") == 5 and "ganger" not in happened
    assert f"{first} lot {second} se hele tiltaket" in day
    assert ">Vis alt</a>" not in happened and ">Vis det viktigste</a>" in happened


def test_a_change_over_several_days_says_from_when_to_when(client_of: ClientOf) -> None:
    wrote(first_days_before=4)
    assert "3 ganger, fra 30. oktober 2031 til 3. november 2031: Behovet" in told(client_of("sekretariat"))[0]


def test_a_stranger_reads_nothing_of_what_has_happened(stranger: Client) -> None:
    wrote()
    assert stranger.get(f"{url()}?all=1").status_code == 404


@pytest.mark.parametrize("kind", sorted(SENTENCES))
def test_every_sentence_can_be_said_of_an_event_that_holds_little(kind: str) -> None:
    said = sentence(kind, {}, {})
    assert said and "%(" not in said
