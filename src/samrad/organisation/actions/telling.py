"""How people hear of things: each one's own choice, and the weekly letter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Refused
from samrad.eventlog.actions import record
from samrad.organisation import events
from samrad.organisation.actors import Actor
from samrad.organisation.models import NoticeChoice, Notification, Person, WeeklyLetter
from samrad.organisation.notices import GROUPS, Delivery, choices_for


@transaction.atomic
def choose_notices(*, by: Actor, at: datetime, chosen: Mapping[str, str]) -> None:
    """Choose how one wants to hear of each group of messages, from now on."""
    person = Person.objects.get(pk=by.person)
    for group, delivery in chosen.items():
        if group not in GROUPS or delivery not in dict(choices_for(group)):
            raise Refused(_("Choose one of what is on the page."))
        NoticeChoice.objects.update_or_create(
            person=person,
            group=group,
            defaults={"delivery": delivery},
            create_defaults={**house_of(person), "delivery": delivery},
        )
    event = events.NoticesChosen(groups=tuple(chosen), deliveries=tuple(chosen.values()))
    record(event, by=by, at=at, house=person)


@transaction.atomic
def make_letter(*, by: Actor, at: datetime, person: Person, week: date, until: datetime) -> WeeklyLetter | None:
    """Put together a person's letter of the week from what waits for one, once. None where nothing waits or it is made."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if WeeklyLetter.objects.filter(person=person, week=week).exists():
        return None
    waiting = Notification.objects.filter(
        person=person, delivery=Delivery.WEEKLY, letter__isnull=True, mailed_at__isnull=True, created_at__lt=until
    )
    if not waiting.exists():
        return None
    letter = WeeklyLetter.objects.create(**house_of(person), person=person, week=week, made_at=at)
    count = waiting.update(letter=letter)
    event = events.LetterMade(letter_id=letter.pk, person_id=person.pk, count=count)
    record(event, by=by, at=at, house=letter)
    return letter
