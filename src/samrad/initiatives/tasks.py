"""The worker's part of intake: mail what was forwarded to the service desk."""

from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.utils import timezone
from procrastinate.contrib.django import app

from samrad.core.acting import acting_for
from samrad.initiatives.models import Forwarding
from samrad.organisation.models import Entity

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
