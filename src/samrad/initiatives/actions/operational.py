"""What is operation goes to the service desk, and can be taken back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.eventlog.actions import record
from samrad.initiatives import events
from samrad.initiatives.actions.content import lock_initiative
from samrad.initiatives.models import Forwarding, Initiative
from samrad.initiatives.policy import can_forward, can_take_back
from samrad.initiatives.queries import kinds_of, service_desk_for
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person


def _words(initiative: Initiative, writer: Person) -> str:
    """What was typed, as the service desk reads it."""
    parts = [initiative.answers.get(code, "") for code in ("problem", "if_nothing", "affected")]
    who = ", ".join(x for x in [writer.name, writer.title, writer.email] if x)
    return "\n\n".join([*(part for part in parts if part), _("Sent by %(who)s.") % {"who": who}])


@transaction.atomic
def forward_to_service_desk(*, by: Actor, at: datetime, initiative_id: int, version: int | None = None) -> Forwarding:
    """Forward what is operation to the service desk, in one go. Nothing that was typed is lost."""
    initiative = lock_initiative(initiative_id, version)
    desk = service_desk_for(initiative.owner_id, initiative.shared_with_id, on=localdate(at))
    can_forward(by, initiative, kinds=kinds_of(by, initiative), desk=desk is not None).require()
    assert desk is not None  # can_forward has said so
    forwarding = Forwarding.objects.create(
        **house_of(initiative),
        initiative=initiative,
        desk_name=desk.name,
        email=desk.email,
        subject=(initiative.title or initiative.reference)[:300],
        body=_words(initiative, Person.objects.get(pk=by.person)),
        forwarded_at=at,
        forwarded_by_id=by.person,
    )
    initiative.status = Initiative.Status.WITHDRAWN
    initiative.version += 1
    initiative.updated_at = at
    initiative.save(update_fields=["status", "version", "updated_at"])
    event = events.ForwardedToServiceDesk(initiative_id=initiative.pk, forwarding_id=forwarding.pk)
    record(event, by=by, at=at, house=initiative)
    return forwarding


@transaction.atomic
def take_back(*, by: Actor, at: datetime, initiative_id: int) -> Initiative:
    """Take up again what was forwarded to the service desk: it was more than operation after all."""
    initiative = lock_initiative(initiative_id, None)
    standing = initiative.forwardings.filter(undone_at__isnull=True).first()
    can_take_back(by, initiative, kinds=kinds_of(by, initiative), forwarded=standing is not None).require()
    assert standing is not None  # can_take_back has said so
    standing.undone_at = at
    standing.save(update_fields=["undone_at"])
    initiative.status = Initiative.Status.ACTIVE
    initiative.version += 1
    initiative.updated_at = at
    initiative.save(update_fields=["status", "version", "updated_at"])
    event = events.TakenBack(initiative_id=initiative.pk, forwarding_id=standing.pk)
    record(event, by=by, at=at, house=initiative)
    return initiative
