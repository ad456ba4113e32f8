"""The worker's part of filing: the rows say what is to be done, the job only nudges."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from samrad.archive.actions import fail_filing, file_now
from samrad.archive.queries import due
from samrad.core.acting import acting_for
from samrad.organisation.actors import entities_of, system_actor
from samrad.organisation.models import Entity

logger = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="archive.sweep", queueing_lock="archive.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """File everything that waits, one entity and one document at a time."""
    now = timezone.now()
    today = timezone.localdate(now)
    for entity in Entity.objects.all():
        with acting_for(entities_of(entity.pk, on=today)):
            ids = list(due(now).filter(owner=entity).values_list("pk", flat=True)[:50])
        for filing_id in ids:
            _file(entity, filing_id)


def _file(entity: Entity, filing_id: int) -> None:
    """One document in its own transaction: one that cannot even be made must not keep the others waiting."""
    now = timezone.now()
    by = system_actor(entity.pk, on=timezone.localdate(now))
    try:
        with acting_for(by.entities):
            file_now(by=by, at=now, filing_id=filing_id)
    except Exception as trouble:
        logger.exception("filing %s failed", filing_id)
        with acting_for(by.entities):
            fail_filing(by=by, at=now, filing_id=filing_id, error=type(trouble).__name__)
