"""The demo region, and somebody from a municipality outside it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from samrad.core.acting import acting_for
from samrad.organisation import actions
from samrad.organisation.actors import system_actor


@pytest.fixture
def stranger(region: None) -> Client:
    """Somebody who works in a municipality of no cooperation."""
    now, nobody = timezone.now(), system_actor(0, on=date(2025, 1, 1))
    town = actions.add_entity(by=nobody, at=now, slug="annen", name="Annen", kind="municipality")
    with acting_for([town.pk]):
        by = system_actor(town.pk, on=timezone.localdate(now))
        person = actions.add_person(
            by=by, at=now, owner=town, name="Stian Fremmed", email="stian@annen.example", password="en lang god setning"
        )
    assert person.account is not None
    client = Client()
    client.force_login(person.account)
    return client
