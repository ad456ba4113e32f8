"""The worker's part of anchoring: reminders before deadlines, and deadlines that pass. The rows say what is due."""

import logging
from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from samrad.anchoring.actions import pass_deadline, remind
from samrad.anchoring.queries import unanswered
from samrad.core.acting import acting_for
from samrad.organisation.actors import entities_of, system_actor
from samrad.organisation.models import Entity

logger = logging.getLogger(__name__)


@app.periodic(cron="*/20 * * * *")
@app.task(name="anchoring.deadlines", queueing_lock="anchoring.deadlines", pass_context=False)
def deadline_sweep(timestamp: int) -> None:
    """Remind those who have not answered, and note the deadlines that have passed."""
    sweep(timezone.now())


def sweep(now: datetime) -> None:
    """Everything that is due by now, one entity and one question at a time. Doing it twice is doing it once."""
    today = timezone.localdate(now)
    for entity in Entity.objects.all():
        with acting_for(entities_of(entity.pk, on=today)):
            ids = list(unanswered(today).filter(owner=entity).values_list("pk", flat=True))
        for request_id in ids:
            _one(entity, request_id, now)


def _one(entity: Entity, request_id: int, now: datetime) -> None:
    """One question in its own transaction: one that cannot be reminded about must not keep the others waiting."""
    by = system_actor(entity.pk, on=timezone.localdate(now))
    try:
        with acting_for(by.entities):
            remind(by=by, at=now, request_id=request_id)
            pass_deadline(by=by, at=now, request_id=request_id)
    except Exception:
        logger.exception("the deadline of request %s could not be followed up", request_id)
