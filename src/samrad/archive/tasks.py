"""The worker's part of filing: the rows say what is to be done, the job only nudges."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from samrad.archive.actions import fail_filing, file_now
from samrad.archive.queries import due
from samrad.organisation.actors import Actor, sweep_houses

logger = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="archive.sweep", queueing_lock="archive.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """File everything that waits, one entity and one document at a time."""
    now = timezone.now()
    sweep_houses(
        now,
        lambda entity_id, _on: due(now).filter(owner_id=entity_id).values_list("pk", flat=True)[:50],
        _file,
        failed="filing %s failed, and could not be marked as failed",
    )


def _file(by: Actor, filing_id: int) -> None:
    """One document: one that cannot even be made is marked, so that it is not tried each minute."""
    try:
        # Its own transaction inside: what it wrote before it failed is undone.
        file_now(by=by, at=timezone.now(), filing_id=filing_id)
    except Exception as trouble:
        logger.exception("filing %s failed", filing_id)
        fail_filing(by=by, at=timezone.now(), filing_id=filing_id, error=type(trouble).__name__)
