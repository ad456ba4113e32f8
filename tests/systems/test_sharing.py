"""Whether others see a system is asked only where there are others."""

import pytest
from django.urls import reverse

from samrad.core.acting import acting_for
from samrad.organisation import actions as organisation
from samrad.organisation.actors import system_actor
from samrad.organisation.models import Entity
from samrad.systems.models import System
from tests.anchoring.line import AT, ON, Line

ASKED = "Vis det for de andre kommunene i samarbeidet"


@pytest.mark.parametrize(("alone", "asks"), [(True, False), (False, True)])
def test_one_who_works_alone_is_not_asked_whether_to_share(line: Line, alone: bool, asks: bool) -> None:
    town = Entity.objects.create(slug="alene", name="Alene", kind="municipality") if alone else line.entities["fjell"]
    with acting_for([town.pk, *(e.pk for e in line.entities.values())]):
        by = system_actor(town.pk, on=ON)
        person = organisation.add_person(by=by, at=AT, owner=town, name="Ada Alene", email="ada@alene.example")
        organisation.give_role(by=by, at=AT, person=person, role="administrator", valid_from=ON)
    line.people["ada"] = person
    client, address = line.client("ada"), reverse("systems:system_add")
    assert (ASKED in client.get(address).content.decode()) is asks
    answer = client.post(address, {"name": "Profil", "shared": "on"})
    assert answer.status_code == 302
    with acting_for([town.pk]):
        system = System.objects.get(name="Profil", owner=town)
    assert (system.shared_with_id is not None) is asks
    change = client.get(reverse("systems:system_change", args=[system.pk])).content.decode()
    assert (ASKED in change) is asks
