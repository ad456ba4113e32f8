"""The demo region, made once by its own people's actions, for tests that walk the whole way."""

from collections.abc import Callable

import pytest
from django.test import Client

from samrad.core.acting import acting_for
from samrad.organisation.models import Entity, Person


@pytest.fixture
def region(db: None) -> None:
    """Ten initiatives of the demo region, as far as the demo takes each."""
    from samrad.config.demo import build

    build(say=lambda line: None, limit=10)


@pytest.fixture
def client_of(region: None) -> Callable[[str], Client]:
    """A browser signed in as one of the demo's people, by the first part of the e-mail address."""

    def signed_in(key: str) -> Client:
        with acting_for(Entity.objects.values_list("pk", flat=True)):
            person = Person.objects.select_related("account").get(email=f"{key}@demo.example")
        client = Client()
        assert person.account is not None
        client.force_login(person.account)
        return client

    return signed_in
