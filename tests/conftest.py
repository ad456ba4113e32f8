"""What every test stands on: fresh catalogues, and a test database with both roles."""

import gc
import os
from collections.abc import Iterator

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

pytest_plugins = ["tests.kept", "tests.worlds", "tests.demo_region"]

# A busy machine is slow; that says nothing of the code.
hypothesis_settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("patient")

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samrad.config.settings")


# What a test leaves behind is looked for seldom: a tenth of the time went to looking.
gc.set_threshold(100_000, 50, 1000)


def pytest_configure(config: pytest.Config) -> None:
    """Django reads only compiled catalogues; a text changed a minute ago must count."""
    from django.contrib.auth.hashers import Argon2PasswordHasher
    from django.utils.translation.reloader import translation_file_changed

    from samrad.core.catalogues import compile_all

    # Argon2 as in production, but cheap: a cast of six would otherwise cost each test half a second.
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1

    for path in compile_all():
        # Django may be set up already, and have read the old one.
        translation_file_changed(None, path)


# What one process makes for all of these: another would have to make it too.
TOGETHER = (
    "tests/krav/",
    "tests/access/test_every_address.py",
    "tests/access/test_exempt.py",
    "tests/access/test_planted_faults.py",
    "tests/access_table/",
    "tests/browser/",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say which tests belong together when several processes share them (`--dist loadgroup`), the longest first."""
    for item in items:
        for place in TOGETHER:
            if item.nodeid.startswith(place):
                item.add_marker(pytest.mark.xdist_group(place.strip("/").rpartition("/")[2]))
    # Five minutes in a browser, begun last, would keep one process waiting for the other.
    items.sort(key=lambda item: not item.nodeid.startswith("tests/browser/"))


def _end_others(connection: BaseDatabaseWrapper) -> None:
    """End the sessions a browser's last request may have left: a database that somebody uses cannot be dropped."""
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and usename = current_user and pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """One test database, made by the owner and used by both roles.

    Django would set up only the aliases that the collected tests name, and leave the rest on real data.
    """
    from django.db import connections
    from django.test import TransactionTestCase
    from django.test.utils import setup_databases, teardown_databases

    TransactionTestCase.databases = {"default", "owner"}  # flushing is the owner's
    for settings in connections.settings.values():
        settings["CONN_MAX_AGE"] = 0  # what a test's server keeps open, nobody can drop
    with django_db_blocker.unblock():
        made = setup_databases(
            verbosity=0,
            interactive=False,
            aliases={"owner": None},  # read as a set of names
            serialized_aliases=set(),
            keepdb=django_db_keepdb and not django_db_createdb,
        )
        for connection in connections.all():
            assert connection.settings_dict["NAME"].startswith("test_"), "tests never touch real data"
    yield
    with django_db_blocker.unblock():
        for connection in connections.all():
            _end_others(connection)
            connection.close()
        if not django_db_keepdb:
            teardown_databases(made, verbosity=0)
