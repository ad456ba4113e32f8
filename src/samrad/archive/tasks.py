"""The worker's part of filing: the rows say what is to be done, the job only nudges."""

from django.utils import timezone
from procrastinate.contrib.django import app

from samrad.archive.actions import file_now
from samrad.archive.queries import due
from samrad.core.acting import acting_for
from samrad.organisation.actors import entities_of, system_actor
from samrad.organisation.models import Entity


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
            with acting_for(entities_of(entity.pk, on=today)):
                file_now(by=system_actor(entity.pk, on=today), at=timezone.now(), filing_id=filing_id)
