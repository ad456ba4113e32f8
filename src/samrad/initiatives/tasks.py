"""The worker's part of intake: mail to the service desk, and every idea gets its answer. The rows say what is due."""

import logging
from datetime import datetime
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.utils import timezone
from procrastinate.contrib.django import app

from samrad.core.acting import acting_for
from samrad.initiatives.actions import follow_up_idea
from samrad.initiatives.models import Forwarding
from samrad.initiatives.queries import unanswered_ideas
from samrad.organisation.actors import entities_of, system_actor
from samrad.organisation.models import Entity

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 10


@app.periodic(cron="* * * * *")
@app.task(name="initiatives.mail_forwarded", queueing_lock="initiatives.mail_forwarded")
def mail_forwarded(timestamp: int) -> None:
    """Mail what was forwarded and has not gone yet, one at a time; what was taken back before that stays."""
    for entity in Entity.objects.all():
        with acting_for([entity.pk]):
            waiting = Forwarding.objects.filter(
                owner=entity, mailed_at__isnull=True, undone_at__isnull=True, mail_attempts__lt=MOST_ATTEMPTS
            ).exclude(email="")
            ids = list(waiting.values_list("pk", flat=True)[:200])
        for pk in ids:
            with acting_for([entity.pk]):
                _mail(Forwarding.objects.select_for_update(of=("self",)).get(pk=pk))


def _mail(row: Forwarding) -> None:
    if row.mailed_at is not None or row.undone_at is not None:
        return
    row.mail_attempts += 1
    try:
        EmailMessage(row.subject.replace("\n", " "), row.body, to=[row.email]).send()
        row.mailed_at, row.mail_error = timezone.now(), ""
    except (OSError, SMTPException) as error:
        row.mail_error = str(error)[:300]
    row.save(update_fields=["mail_attempts", "mailed_at", "mail_error"])


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
