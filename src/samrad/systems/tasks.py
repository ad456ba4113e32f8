"""The worker's part of the register: every morning, the contracts that run out."""

import logging
from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from samrad.core.acting import acting_for
from samrad.organisation.actors import entities_of, system_actor
from samrad.organisation.models import Entity
from samrad.systems.actions import warn_expiry
from samrad.systems.queries import due_warnings

logger = logging.getLogger(__name__)


@app.periodic(cron="30 5 * * *")
@app.task(name="systems.contracts", queueing_lock="systems.contracts", pass_context=False)
def contract_sweep(timestamp: int) -> None:
    """Tell of contracts that run out in 18 and in 12 months."""
    sweep(timezone.now())


def sweep(now: datetime) -> None:
    """Everything that is due by now, one entity and one contract at a time. Doing it twice is doing it once."""
    today = timezone.localdate(now)
    for entity in Entity.objects.all():
        with acting_for(entities_of(entity.pk, on=today)):
            ids = list(due_warnings(on=today).filter(owner=entity).values_list("system_id", flat=True))
        for system_id in ids:
            _one(entity, system_id, now)


def _one(entity: Entity, system_id: int, now: datetime) -> None:
    """One contract in its own transaction: one that fails must not keep the others waiting."""
    by = system_actor(entity.pk, on=timezone.localdate(now))
    try:
        with acting_for(by.entities):
            warn_expiry(by=by, at=now, system_id=system_id)
    except Exception:
        logger.exception("the contract of system %s could not be told of", system_id)
