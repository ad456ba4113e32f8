"""The worker: runs the jobs that actions leave behind. A row in our own tables is the truth, a job only a nudge."""

from __future__ import annotations

import asyncio
import os
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from procrastinate import App, JobContext
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status

HEARTBEAT_SECONDS = 2
STALLED_AFTER_SECONDS = 6


def on_app_ready(app: App) -> None:
    """Called once when the job queue is ready: registers every room's jobs and the sweep of stalled ones."""
    from django.conf import settings

    for room in settings.ROOMS:
        if find_spec(f"samrad.{room}.tasks"):
            import_module(f"samrad.{room}.tasks")

    @app.periodic(cron="* * * * * */10")  # the sixth field is seconds
    @app.task(name="config.retry_stalled", pass_context=True, queueing_lock="config.retry_stalled")
    async def retry_stalled(context: JobContext, timestamp: int) -> None:
        """A killed worker's job is not retried by itself."""
        await retry_killed(context.app)


async def retry_killed(app: App) -> int:
    """Put back every job whose worker gives no sign of life; answers with how many."""
    manager = app.job_manager
    stalled: list[Any] = list(await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS))
    for job in stalled:
        try:
            await manager.retry_job(job)
        except ConnectorException:
            # The same nudge already waits anew, so this one is not needed.
            await manager.finish_job_by_id_async(job.id, status=Status.FAILED, delete_job=True)
    return len(stalled)


def main() -> None:
    """Run until stopped."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samrad.config.settings")
    import django

    django.setup()
    from procrastinate.contrib.django import app

    worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    asyncio.run(_run(worker_app))


async def _run(app: App) -> None:
    async with app.open_async():
        await app.run_worker_async(
            concurrency=2,
            update_heartbeat_interval=HEARTBEAT_SECONDS,
            stalled_worker_timeout=STALLED_AFTER_SECONDS,
            shutdown_graceful_timeout=15,
            install_signal_handlers=True,
            delete_jobs="successful",  # what has happened stands in the event log
        )
