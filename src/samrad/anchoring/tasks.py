"""The worker's part of anchoring: reminders before deadlines, and deadlines that pass. The rows say what is due."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from procrastinate.contrib.django import app

from samrad.anchoring.actions import consent_by_silence, leave_out, pass_deadline, pass_on, remind
from samrad.anchoring.models import Request
from samrad.anchoring.queries import left_behind, passed_on, unanswered
from samrad.organisation.actors import Actor, sweep_houses


@app.periodic(cron="*/20 * * * *")
@app.task(name="anchoring.deadlines", queueing_lock="anchoring.deadlines", pass_context=False)
def deadline_sweep(timestamp: int) -> None:
    """Remind those who have not answered, and note the deadlines that have passed."""
    sweep(timezone.now())


def sweep(now: datetime) -> None:
    """Everything that is due by now, one entity and one question at a time. Doing it twice is doing it once."""
    _each(now, left_behind, leave_out)
    _each(now, passed_on, pass_on)
    _each(now, unanswered, remind, pass_deadline, consent_by_silence)


def _each(now: datetime, rows: Callable[[date], QuerySet[Request]], *follow_up: Callable[..., Any]) -> None:
    """Follow up each of these questions, in a transaction of its own."""

    def act(by: Actor, request_id: int) -> None:
        for one in follow_up:
            one(by=by, at=now, request_id=request_id)

    sweep_houses(
        now,
        lambda entity_id, on: rows(on).filter(owner_id=entity_id).values_list("pk", flat=True),
        act,
        failed="the deadline of request %s could not be followed up",
    )
