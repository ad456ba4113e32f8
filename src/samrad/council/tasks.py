"""The worker's part of a meeting: the papers that are asked for in one file. The rows say what waits, a job only nudges."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from samrad.core.acting import acting_for
from samrad.council.actions import fail_part, make_next_part
from samrad.council.queries.following import papers_waiting
from samrad.organisation.actors import system_actor
from samrad.organisation.models import Entity

logger = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="council.papers_sweep", queueing_lock="council.papers_sweep", pass_context=False)
def papers_sweep(timestamp: int) -> None:
    """Take up again what a worker that was stopped left half made."""
    make_waiting(timezone.now())


@app.task(name="council.make_papers", queueing_lock="council.make_papers", pass_context=False)
def make_papers() -> None:
    """Make what has just been asked for."""
    make_waiting(timezone.now())


def nudge() -> None:
    """Tell the worker that papers are waited for. Where it is told already, once is enough."""
    try:
        with transaction.atomic():
            make_papers.defer()
    except AlreadyEnqueued:
        pass


def make_waiting(now: datetime) -> None:
    """Everything that waits, one paper at a time, each in a transaction of its own: so the page shows how far it has come."""
    for entity_id in Entity.objects.order_by("pk").values_list("pk", flat=True):
        by = system_actor(entity_id, on=localdate(now))
        with acting_for(by.entities):
            waiting = list(papers_waiting(entity_id).values_list("pk", flat=True))
        for pk in waiting:
            more = True
            while more:
                try:
                    with acting_for(by.entities):
                        more = make_next_part(by=by, at=timezone.now(), set_id=pk)
                except Exception:
                    logger.exception("the papers %s could not be made", pk)
                    more = False
                    with acting_for(by.entities):
                        fail_part(by=by, at=timezone.now(), set_id=pk)
