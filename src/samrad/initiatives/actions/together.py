"""Several people on one draft: letting others in to write, and taking them away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Refused
from samrad.eventlog.actions import record
from samrad.initiatives import events
from samrad.initiatives.actions.content import lock_initiative
from samrad.initiatives.models import Initiative, Responsibility
from samrad.initiatives.notifications import tell_invited
from samrad.initiatives.policy import can_invite, can_remove_author
from samrad.initiatives.queries import kinds_of, may_be_invited
from samrad.organisation.actors import Actor

AUTHOR = Responsibility.Kind.AUTHOR


@transaction.atomic
def invite_author(*, by: Actor, at: datetime, initiative_id: int, person_id: int) -> Initiative:
    """Let another person in to write the need."""
    initiative = lock_initiative(initiative_id, None)
    can_invite(by, initiative, kinds=kinds_of(by, initiative)).require()
    person = may_be_invited(initiative).filter(pk=person_id).first()
    if person is None:
        raise Refused(_("Choose a person from the list."))
    _row, made = Responsibility.objects.get_or_create(
        initiative=initiative, person=person, kind=AUTHOR, defaults=house_of(initiative)
    )
    if made:
        tell_invited(by=by, at=at, initiative=initiative, person=person)
        record(events.AuthorInvited(initiative_id=initiative.pk, person_id=person.pk), by=by, at=at, house=initiative)
    return initiative


@transaction.atomic
def remove_author(*, by: Actor, at: datetime, initiative_id: int, person_id: int) -> Initiative:
    """Take a person away from those who write the need. What the person has written stays."""
    initiative = lock_initiative(initiative_id, None)
    rows = Responsibility.objects.filter(initiative=initiative, kind=AUTHOR)
    can_remove_author(by, initiative, kinds=kinds_of(by, initiative), authors=rows.count()).require()
    if rows.filter(person_id=person_id).delete()[0]:
        event = events.AuthorRemoved(initiative_id=initiative.pk, person_id=person_id)
        record(event, by=by, at=at, house=initiative)
    return initiative
