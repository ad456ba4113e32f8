"""The worker's part of the idea bank: every idea gets its answer. The rows say what is due."""

import logging
from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from samrad.core.acting import acting_for
from samrad.initiatives.actions import follow_up_idea
from samrad.initiatives.queries import unanswered_ideas
from samrad.organisation.actors import entities_of, system_actor
from samrad.organisation.models import Entity

logger = logging.getLogger(__name__)


@app.periodic(cron="5,25,45 * * * *")
@app.task(name="initiatives.idea_deadlines", queueing_lock="initiatives.idea_deadlines", pass_context=False)
def idea_sweep(timestamp: int) -> None:
    """Remind those who owe an idea its answer."""
    sweep(timezone.now())


def sweep(now: datetime) -> None:
    """Every idea that is due by now, one at a time. Doing it twice is doing it once."""
    today = timezone.localdate(now)
    for entity in Entity.objects.all():
        with acting_for(entities_of(entity.pk, on=today)):
            ids = list(unanswered_ideas(today).filter(owner=entity).values_list("pk", flat=True))
        by = system_actor(entity.pk, on=today)
        for idea_id in ids:
            try:
                with acting_for(by.entities):
                    follow_up_idea(by=by, at=now, idea_id=idea_id)
            except Exception:  # one that cannot be followed up must not keep the others waiting
                logger.exception("idea %s could not be followed up", idea_id)
