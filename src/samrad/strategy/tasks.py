"""The worker's part: strategies that run out. The rows say what has been told."""

from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from samrad.organisation.actors import sweep_houses
from samrad.strategy.actions import warn_of_expiry
from samrad.strategy.queries import running_out


@app.periodic(cron="25 * * * *")
@app.task(name="strategy.expiry", queueing_lock="strategy.expiry", pass_context=False)
def expiry_sweep(timestamp: int) -> None:
    """Tell those responsible of strategies that run out. Looked at each hour, told once."""
    sweep(timezone.now())


def sweep(now: datetime) -> None:
    """Every strategy that runs out or has run out, one at a time. Doing it twice is doing it once."""
    sweep_houses(
        now,
        lambda entity_id, on: [one.pk for one in running_out(entity_id, on=on)],
        lambda by, pk: warn_of_expiry(by=by, at=now, strategy_id=pk),
        failed="the expiry of strategy %s could not be told",
    )
