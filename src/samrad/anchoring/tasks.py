"""The worker's part of anchoring: reminders before deadlines, and deadlines that pass. The rows say what is due."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from samrad.anchoring.actions import consent_by_silence, leave_out, pass_deadline, pass_on, remind
from samrad.anchoring.queries import left_behind, passed_on, unanswered
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
            left, new, due = (
                list(rows.filter(owner=entity).values_list("pk", flat=True))
                for rows in (left_behind(today), passed_on(today), unanswered(today))
            )
        for request_id in left:
            _one(entity, request_id, now, leave_out)
        for request_id in new:
            _one(entity, request_id, now, pass_on)
        for request_id in due:
            _one(entity, request_id, now, remind, pass_deadline, consent_by_silence)


def _one(entity: Entity, request_id: int, now: datetime, *follow_up: Callable[..., Any]) -> None:
    """One question in its own transaction: one that cannot be reminded about must not keep the others waiting."""
    by = system_actor(entity.pk, on=timezone.localdate(now))
    try:
        with acting_for(by.entities):
            for act in follow_up:
                act(by=by, at=now, request_id=request_id)
    except Exception:
        logger.exception("the deadline of request %s could not be followed up", request_id)
