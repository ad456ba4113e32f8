"""The demo region behind a server, made once for all of these tests, which do not disturb each other."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.browser.region import Region, demo_region
from tests.ui.conftest import browser_type_launch_args, said

__all__ = ["browser_type_launch_args", "said"]


@pytest.fixture(scope="package")
def region(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Region]:
    """The whole demo region, and someone from outside it. A server of its own: `live_server` empties the database."""
    server = LiveServer("localhost")
    try:
        with demo_region(server, django_db_blocker) as made:
            yield made
    finally:
        server.stop()


@pytest.fixture(autouse=True)
def _side_by_side(browser_name: str) -> None:
    """pytest runs all that ask for a browser first: with one of these left behind, the region would be made twice."""
