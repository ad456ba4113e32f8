"""The worker's part of telling people: mail what has not been mailed."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from procrastinate.contrib.django import app

from samrad.core.acting import acting_for
from samrad.organisation.models import Entity, Notification
from samrad.organisation.queries import ENCLOSED

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 10


def _enclose(message: EmailMessage, told: Notification) -> None:
    """The files that go with it. A message without its files is better than none: the page has them too."""
    try:
        for file in ENCLOSED[told.kind](told) if told.kind in ENCLOSED else []:
            message.attach(file.name, file.content, file.media_type)
    except Exception:
        logger.exception("nothing could be enclosed with notification %s", told.pk)


def _mail(told: Notification) -> None:
    link = f"{settings.BASE_URL}{told.path}" if told.path else settings.BASE_URL
    message = EmailMessage(told.subject.replace("\n", " "), f"{told.body}\n\n{link}\n", to=[told.person.email])
    told.mail_attempts += 1
    _enclose(message, told)
    try:
        message.send()
        told.mailed_at, told.mail_error = timezone.now(), ""
    except (OSError, SMTPException) as error:
        told.mail_error = str(error)[:300]
    told.save(update_fields=["mail_attempts", "mailed_at", "mail_error"])


@app.periodic(cron="* * * * *")
@app.task(name="organisation.mail_sweep", queueing_lock="organisation.mail_sweep")
def mail_sweep(timestamp: int) -> None:
    """Mail every message that has not gone yet, one at a time, so that a kill loses none and repeats at most one."""
    for entity in Entity.objects.all():
        with acting_for([entity.pk]):
            waiting = Notification.objects.filter(
                owner=entity, mailed_at__isnull=True, mail_attempts__lt=MOST_ATTEMPTS
            ).exclude(person__email="")
            ids = list(waiting.values_list("pk", flat=True)[:200])
        for pk in ids:
            with acting_for([entity.pk]):
                told = Notification.objects.select_for_update(of=("self",)).select_related("person").get(pk=pk)
                if told.mailed_at is None:
                    _mail(told)
