"""The worker's part: strategies that run out. The rows say what has been told."""

import logging
from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from samrad.core.acting import acting_for
from samrad.organisation.actors import system_actor
from samrad.organisation.models import Entity
from samrad.strategy.actions import warn_of_expiry
from samrad.strategy.queries import running_out

logger = logging.getLogger(__name__)


@app.periodic(cron="25 * * * *")
@app.task(name="strategy.expiry", queueing_lock="strategy.expiry", pass_context=False)
def expiry_sweep(timestamp: int) -> None:
    """Tell those responsible of strategies that run out. Looked at each hour, told once."""
    sweep(timezone.now())


def sweep(now: datetime) -> None:
    """Every strategy that runs out or has run out, one at a time: one that fails must not keep the others waiting."""
    today = timezone.localdate(now)
    for entity in Entity.objects.all():
        by = system_actor(entity.pk, on=today)
        with acting_for(by.entities):
            ids = [one.pk for one in running_out(on=today) if one.owner_id == entity.pk]
        for strategy_id in ids:
            try:
                with acting_for(by.entities):
                    warn_of_expiry(by=by, at=now, strategy_id=strategy_id)
            except Exception:
                logger.exception("the expiry of strategy %s could not be told", strategy_id)
