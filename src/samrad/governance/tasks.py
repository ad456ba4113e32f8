"""The worker's part: terms that run out. The seats say which, and whether anyone has been warned."""

from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from samrad.governance.actions import warn_of_term
from samrad.governance.queries import ending_seats
from samrad.organisation.actors import sweep_houses


@app.periodic(cron="15 5 * * *")
@app.task(name="governance.terms", queueing_lock="governance.terms", pass_context=False)
def term_sweep(timestamp: int) -> None:
    """Warn of every term that runs out within 60 days."""
    sweep(timezone.now())


def sweep(now: datetime) -> None:
    """Every seat in its own transaction; doing it twice is doing it once."""
    sweep_houses(
        now,
        lambda entity_id, on: ending_seats(entity_id, on=on).values_list("pk", flat=True),
        lambda by, pk: warn_of_term(by=by, at=now, seat_id=pk),
        failed="the term of seat %s could not be warned of",
    )
