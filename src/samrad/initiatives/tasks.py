"""The worker's part of intake: mail to the service desk, and every idea gets its answer. The rows say what is due."""

from datetime import date, datetime
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.utils import timezone
from procrastinate.contrib.django import app

from samrad.initiatives.actions import follow_up_idea
from samrad.initiatives.models import Forwarding
from samrad.initiatives.queries import unanswered_ideas
from samrad.organisation.actors import sweep_houses

MOST_ATTEMPTS = 10


@app.periodic(cron="* * * * *")
@app.task(name="initiatives.mail_forwarded", queueing_lock="initiatives.mail_forwarded")
def mail_forwarded(timestamp: int) -> None:
    """Mail what was forwarded and has not gone yet, one at a time; what was taken back before that stays."""
    sweep_houses(timezone.now(), _to_mail, lambda _by, pk: _mail(pk), failed="forwarding %s could not be mailed")


def _to_mail(entity_id: int, _on: date) -> list[int]:
    waiting = Forwarding.objects.filter(
        owner_id=entity_id, mailed_at__isnull=True, undone_at__isnull=True, mail_attempts__lt=MOST_ATTEMPTS
    ).exclude(email="")
    return list(waiting.values_list("pk", flat=True)[:200])


def _mail(pk: int) -> None:
    row = Forwarding.objects.select_for_update(of=("self",)).get(pk=pk)
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
    sweep_houses(
        now,
        lambda entity_id, on: unanswered_ideas(on).filter(owner_id=entity_id).values_list("pk", flat=True),
        lambda by, pk: follow_up_idea(by=by, at=now, idea_id=pk),
        failed="idea %s could not be followed up",
    )
