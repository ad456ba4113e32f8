"""The worker's part of preparing a case: reminders before and after the deadline of an assessment."""

from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from samrad.organisation.actors import Actor, sweep_houses
from samrad.secretariat.actions import pass_review_deadline, remind_review
from samrad.secretariat.queries.reviewing import unanswered_reviews


@app.periodic(cron="*/20 * * * *")
@app.task(name="secretariat.deadlines", queueing_lock="secretariat.deadlines", pass_context=False)
def deadline_sweep(timestamp: int) -> None:
    """Remind those who have not given the assessment they are asked for."""
    sweep(timezone.now())


def sweep(now: datetime) -> None:
    """Everything that is due by now, one house and one assessment at a time. Doing it twice is doing it once."""

    def act(by: Actor, review_id: int) -> None:
        remind_review(by=by, at=now, review_id=review_id)
        pass_review_deadline(by=by, at=now, review_id=review_id)

    sweep_houses(
        now,
        lambda entity_id, on: unanswered_reviews(on).filter(owner_id=entity_id).values_list("pk", flat=True),
        act,
        failed="the deadline of assessment %s could not be followed up",
    )
