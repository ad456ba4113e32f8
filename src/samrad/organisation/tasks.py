"""The worker's part of telling people: mail what has not been mailed."""

import logging
from datetime import date, datetime, time, timedelta
from smtplib import SMTPException
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate.contrib.django import app

from samrad.core.acting import acting_for
from samrad.organisation.actions import make_letter, move_people
from samrad.organisation.actors import system_actor
from samrad.organisation.models import AccessLink, Entity, Notification, Person, WeeklyLetter
from samrad.organisation.notices import GROUPS, NOTICES, Delivery, group_of
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


def _foot(why: str, language: str) -> str:
    """Why one gets a mail, and where one chooses what to get."""
    with translation.override(language):
        choose = _("Choose what you get by e-mail:")
    page = f"{settings.BASE_URL}{reverse('organisation:notice_choose')}"
    return "\n".join(["--", *([why] if why else []), f"{choose} {page}"])


def _why(told: Notification) -> str:
    notice = NOTICES.get(told.kind)
    with translation.override(told.person.language):
        return str(notice.why) if notice else ""


def _told(told: Notification) -> EmailMessage:
    link = f"{settings.BASE_URL}{told.path}" if told.path else settings.BASE_URL
    foot = _foot(_why(told), told.person.language)
    body = f"{told.body}\n\n{link}\n\n{foot}\n"
    message = EmailMessage(told.subject.replace("\n", " "), body, to=[told.person.email])
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
                owner=entity, delivery=Delivery.AT_ONCE, mailed_at__isnull=True, mail_attempts__lt=MOST_ATTEMPTS
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


LETTER_DAY, LETTER_HOUR = 0, 6  # Monday morning, before work


def week_of(now: datetime) -> tuple[date, datetime]:
    """The Monday of the week, and the moment its letter is put together."""
    today = timezone.localdate(now)
    monday = today - timedelta(days=today.weekday() - LETTER_DAY)
    return monday, timezone.make_aware(datetime.combine(monday, time(LETTER_HOUR)))


@app.periodic(cron="10,40 * * * *")
@app.task(name="organisation.letter_sweep", queueing_lock="organisation.letter_sweep")
def letter_sweep(timestamp: int) -> None:
    """The weekly letters."""
    send_letters(timezone.now())


def send_letters(now: datetime) -> None:
    """Put together and mail this week's letters, one person at a time: a kill loses none, and repeats at most one mail.

    A machine that stood still on Monday sends them when it wakes; what is told after Monday waits for the next letter.
    """
    week, until = week_of(now)
    if now < until:
        return
    for entity in Entity.objects.all():
        by = system_actor(entity.pk, on=timezone.localdate(now))
        with acting_for(by.entities):
            waits = Notification.objects.filter(
                owner=entity,
                delivery=Delivery.WEEKLY,
                letter__isnull=True,
                mailed_at__isnull=True,
                created_at__lt=until,
            )
            people = list(waits.exclude(person__email="").values_list("person_id", flat=True).distinct().order_by())
        for person_id in people:
            with acting_for(by.entities):
                person = Person.objects.get(pk=person_id)
                make_letter(by=by, at=now, person=person, week=week, until=until)
        _mail_letters(entity)


def _mail_letters(entity: Entity) -> None:
    waiting = {"mailed_at": None, "mail_attempts__lt": MOST_ATTEMPTS}
    with acting_for([entity.pk]):
        ids = list(WeeklyLetter.objects.filter(owner=entity, **waiting).values_list("pk", flat=True))
    for pk in ids:
        with acting_for([entity.pk]):
            letters = WeeklyLetter.objects.select_for_update(of=("self",)).select_related("person")
            letter = letters.filter(pk=pk, **waiting).first()
            if letter is not None:
                _mail(letter, _letter(letter))
                letter.told.update(mailed_at=letter.mailed_at)


def _letter(letter: WeeklyLetter) -> EmailMessage:
    """The letter: what happened, by group, each with its address and why one gets it."""
    told = list(letter.told.order_by("created_at", "pk"))
    with translation.override(letter.person.language):
        number = len(told)
        subject = ngettext("Weekly letter from Samråd: one thing", "Weekly letter from Samråd: %(n)s things", number)
        lines: list[str] = []
        for code, group in GROUPS.items():
            mine = [n for n in told if group_of(n.kind) == code]
            if not mine:
                continue
            lines += [str(group.label).upper(), ""]
            for n in mine:
                lines += [f"- {n.subject}", f"  {settings.BASE_URL}{n.path}"]
            whys = dict.fromkeys(str(NOTICES[n.kind].why) for n in mine if n.kind in NOTICES)
            lines += ["", *(why for why in whys if why), ""]
        why = _("You get this letter on Mondays because you have chosen to hear of these things once a week.")
    body = "\n".join([*lines, _foot(why, letter.person.language), ""])
    return EmailMessage(subject % {"n": number}, body, to=[letter.person.email])
