"""The worker's part of telling people: mail what has not been mailed."""

import logging
from datetime import datetime
from smtplib import SMTPException
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from samrad.core.acting import acting_for
from samrad.organisation.actions import move_people
from samrad.organisation.actors import system_actor
from samrad.organisation.models import AccessLink, Entity, Notification
from samrad.organisation.queries import ENCLOSED, link_path
from samrad.organisation.queries.units import merged_by

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 10


class _Mailed(Protocol):
    """A row that is mailed, and knows how it went."""

    mailed_at: datetime | None
    mail_attempts: int
    mail_error: str

    def save(self, *, update_fields: list[str]) -> None: ...


def _mail(row: _Mailed, message: EmailMessage) -> None:
    row.mail_attempts += 1
    try:
        message.send()
        row.mailed_at, row.mail_error = timezone.now(), ""
    except (OSError, SMTPException) as error:
        row.mail_error = str(error)[:300]
    row.save(update_fields=["mail_attempts", "mailed_at", "mail_error"])


def _told(told: Notification) -> EmailMessage:
    link = f"{settings.BASE_URL}{told.path}" if told.path else settings.BASE_URL
    message = EmailMessage(told.subject.replace("\n", " "), f"{told.body}\n\n{link}\n", to=[told.person.email])
    try:
        for file in ENCLOSED[told.kind](told) if told.kind in ENCLOSED else []:
            message.attach(file.name, file.content, file.media_type)
    except Exception:  # a message without its files is better than none: the page has them too
        logger.exception("nothing could be enclosed with notification %s", told.pk)
    return message


def _invitation(link: AccessLink) -> EmailMessage:
    with translation.override(link.person.language):
        until = date_format(timezone.localtime(link.expires_at), "DATETIME_FORMAT")
        body = _("Choose your password here. The link works once, until %(until)s.") % {"until": until}
        subject = _("Choose your password in Samråd")
    return EmailMessage(subject, f"{body}\n\n{settings.BASE_URL}{link_path(link)}\n", to=[link.person.email])


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
                    _mail(told, _told(told))
        _mail_links(entity)


def _mail_links(entity: Entity) -> None:
    """The one-time links that are still open."""
    waiting = {"ended_at": None, "mailed_at": None, "mail_attempts__lt": MOST_ATTEMPTS}
    with acting_for([entity.pk]):
        ids = list(AccessLink.objects.filter(owner=entity, **waiting).values_list("pk", flat=True)[:200])
    for pk in ids:
        with acting_for([entity.pk]):
            links = AccessLink.objects.select_for_update(of=("self",)).select_related("person")
            link = links.filter(pk=pk, **waiting).first()
            if link is not None and link.open_on(timezone.now()):
                _mail(link, _invitation(link))


@app.periodic(cron="5 0 * * *")
@app.task(name="organisation.move_sweep", queueing_lock="organisation.move_sweep")
def move_sweep(timestamp: int) -> None:
    """The day after a unit's last day, let its people belong to the one that took over."""
    now = timezone.now()
    on = timezone.localdate(now)
    for entity in Entity.objects.all():
        by = system_actor(entity.pk, on=on)
        with acting_for(by.entities):
            for unit in merged_by(entity.pk, on=on):
                move_people(by=by, at=now, unit=unit)
