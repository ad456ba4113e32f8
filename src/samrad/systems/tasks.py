"""The worker's part of the register: every morning, the contracts that run out."""

from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from samrad.organisation.actors import sweep_houses
from samrad.systems.actions import warn_expiry
from samrad.systems.queries import due_warnings


@app.periodic(cron="30 5 * * *")
@app.task(name="systems.contracts", queueing_lock="systems.contracts", pass_context=False)
def contract_sweep(timestamp: int) -> None:
    """Tell of contracts that run out in 18 and in 12 months."""
    sweep(timezone.now())


def sweep(now: datetime) -> None:
    """Everything that is due by now, one entity and one contract at a time. Doing it twice is doing it once."""
    sweep_houses(
        now,
        lambda entity_id, on: due_warnings(on=on).filter(owner_id=entity_id).values_list("system_id", flat=True),
        lambda by, pk: warn_expiry(by=by, at=now, system_id=pk),
        failed="the contract of system %s could not be told of",
    )
