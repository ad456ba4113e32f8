"""The cast of the initiatives' tests, with a portfolio and the one who manages it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client

from samrad.core.acting import acting_for, set_entities
from samrad.organisation import actions
from samrad.organisation.actors import Actor, system_actor
from samrad.organisation.models import Person
from samrad.portfolio.actions import create_portfolio
from samrad.portfolio.models import Portfolio
from tests.initiatives.cast import AT, ON, PASSWORD, Cast, make_cast


@dataclass
class Importing:
    """Who imports where."""

    cast: Cast
    manager: Person
    portfolio: Portfolio

    @property
    def by(self) -> Actor:
        """The portfolio manager, acting."""
        return self.cast.actor(self.manager)

    @property
    def client(self) -> Client:
        """A browser where the portfolio manager is signed in."""
        return self.cast.client(self.manager)


@pytest.fixture
def importing(db: None) -> Iterator[Importing]:
    """The people and the portfolio, made as the owner; from then on the test is the application."""
    cast = make_cast()
    with acting_for([cast.fjell.pk, cast.region.pk]):
        system = system_actor(cast.region.pk, on=ON)
        manager = actions.add_person(
            by=system, at=AT, owner=cast.region, shared_with=None, name="Pia Port", email="pia@region.example",
            password=PASSWORD,
        )  # fmt: skip
        actions.give_role(by=system, at=AT, valid_from=ON, person=manager, role="portfolio_manager")
        portfolio = create_portfolio(by=system, at=AT, owner=cast.region, name="Digitalisering", manager=manager)
    with connection.cursor() as cursor:
        cursor.execute("set local role samrad_app")
    set_entities([cast.fjell.pk, cast.region.pk])
    yield Importing(cast, manager, portfolio)
    with connection.cursor() as cursor:
        cursor.execute("reset role")
