"""A killed worker's job is not retried by itself, so the sweep does it."""

import asyncio
from collections.abc import Iterator

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app

from samrad.config.worker import retry_killed

pytestmark = pytest.mark.django_db

DOING = """
with dead as (insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 hour') returning id)
insert into procrastinate_jobs (queue_name, task_name, queueing_lock, status, worker_id)
select 'default', 'archive.sweep', %s, 'doing', id from dead returning id
"""


@pytest.fixture(autouse=True)
def _no_loop() -> Iterator[None]:
    """A browser that tests in this process have opened keeps a loop in its thread, which stands still meanwhile."""
    kept = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(kept)


def states() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("select queueing_lock, status::text from procrastinate_jobs order by id")
        return list(cursor.fetchall())


def test_a_job_of_a_dead_worker_waits_again() -> None:
    with connection.cursor() as cursor:
        cursor.execute(DOING, ["one"])
    assert async_to_sync(retry_killed)(app) == 1
    assert states() == [("one", "todo")]
    assert async_to_sync(retry_killed)(app) == 0
