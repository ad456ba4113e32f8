"""The worker's part: terms that run out. The seats say which, and whether anyone has been warned."""

import logging
from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from samrad.core.acting import acting_for
from samrad.governance.actions import warn_of_term
from samrad.governance.queries import ending_seats
from samrad.organisation.actors import system_actor
from samrad.organisation.models import Entity

logger = logging.getLogger(__name__)


@app.periodic(cron="15 5 * * *")
@app.task(name="governance.terms", queueing_lock="governance.terms", pass_context=False)
def term_sweep(timestamp: int) -> None:
    """Warn of every term that runs out within 60 days."""
    sweep(timezone.now())


def sweep(now: datetime) -> None:
    """Every seat in its own transaction; doing it twice is doing it once."""
    today = timezone.localdate(now)
    for entity in Entity.objects.all():
        by = system_actor(entity.pk, on=today)
        with acting_for(by.entities):
            ids = list(ending_seats(entity.pk, on=today).values_list("pk", flat=True))
        for seat_id in ids:
            try:
                with acting_for(by.entities):
                    warn_of_term(by=by, at=now, seat_id=seat_id)
            except Exception:
                logger.exception("the term of seat %s could not be warned of", seat_id)
