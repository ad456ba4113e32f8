"""The worker: runs the jobs that actions leave behind. A row in our own tables is the truth, a job only a nudge."""

from __future__ import annotations

import asyncio
import os
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from procrastinate import App, JobContext

HEARTBEAT_SECONDS = 2
STALLED_AFTER_SECONDS = 6


def on_app_ready(app: App) -> None:
    """Called once when the job queue is ready: registers every room's jobs and the sweep of stalled ones."""
    from django.conf import settings

    for room in settings.ROOMS:
        if find_spec(f"samrad.{room}.tasks"):
            import_module(f"samrad.{room}.tasks")

    @app.periodic(cron="* * * * *")
    @app.task(name="config.retry_stalled", pass_context=True, queueing_lock="config.retry_stalled")
    async def retry_stalled(context: JobContext, timestamp: int) -> None:
        """A killed worker's job is not retried by itself."""
        manager = context.app.job_manager
        stalled: Any = await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS)
        for job in stalled:
            await manager.retry_job(job)


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
            install_signal_handlers=True,
        )


if __name__ == "__main__":
    main()
