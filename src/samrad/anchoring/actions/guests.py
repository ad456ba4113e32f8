"""External stakeholders, and sharing chosen parts of a need with one of them by a link that ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.anchoring.events import (
    GuestCommented,
    GuestLinkEnded,
    GuestLooked,
    SharedWithGuest,
    StakeholderAdded,
    StakeholderRemoved,
)
from samrad.anchoring.models import GuestComment, GuestPass, Stakeholder
from samrad.anchoring.notifications import tell_guest_commented
from samrad.anchoring.policy import can_comment, can_keep_register, can_share, share_lacks
from samrad.anchoring.queries.guests import comments_on
from samrad.core.models import house_of
from samrad.core.verdict import Refused, Verdict
from samrad.eventlog.actions import record
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import kinds_of
from samrad.organisation.actors import Actor
from samrad.organisation.queries import exempt_groups


@transaction.atomic
def add_stakeholder(
    *,
    by: Actor,
    at: datetime,
    name: str,
    kind: str,
    organisation: str = "",
    email: str = "",
    phone: str = "",
    note: str = "",
) -> Stakeholder:
    """Put someone outside in the register of stakeholders."""
    can_keep_register(by).require()
    assert by.entity_id is not None  # who works somewhere
    shared = [entity for entity in by.entities if entity != by.entity_id]
    made = Stakeholder.objects.create(
        owner_id=by.entity_id,
        shared_with_id=shared[0] if shared else None,
        name=name.strip(),
        kind=kind,
        organisation=organisation.strip(),
        email=email.strip(),
        phone=phone.strip(),
        note=note.strip(),
        added_at=at,
        added_by_id=by.person,
    )
    record(StakeholderAdded(stakeholder_id=made.pk), by=by, at=at, house=made)
    return made


@transaction.atomic
def remove_stakeholder(*, by: Actor, at: datetime, stakeholder: Stakeholder) -> Stakeholder:
    """Take someone out of the register; every link they have ends at once."""
    can_keep_register(by).require()
    if stakeholder.owner_id != by.entity_id:
        raise Refused(_("Only those who work where the register belongs can change it."))
    stakeholder.removed_at = at
    stakeholder.save(update_fields=["removed_at"])
    for given in stakeholder.passes.filter(revoked_at__isnull=True).select_for_update(of=("self",)):
        _end(given, by=by, at=at)
    record(StakeholderRemoved(stakeholder_id=stakeholder.pk), by=by, at=at, house=stakeholder)
    return stakeholder


@transaction.atomic
def share_with_guest(
    *,
    by: Actor,
    at: datetime,
    initiative: Initiative,
    stakeholder: Stakeholder,
    parts: Sequence[str],
    last_date: date,
    may_comment: bool = False,
) -> GuestPass:
    """Share chosen parts of a need with someone outside, by a link that ends on a date."""
    can_share(by, initiative, kinds=kinds_of(by, initiative)).require()
    today = localdate(at)
    exempt = exempt_groups([initiative.pk], on=today).get(initiative.pk, {})
    lacks = share_lacks(stakeholder.kind, parts, last_date, on=today, exempt=exempt)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    made = GuestPass.objects.create(
        **house_of(initiative),
        initiative=initiative,
        stakeholder=stakeholder,
        parts=list(parts),
        may_comment=may_comment,
        made_at=at,
        made_by_id=by.person,
        last_date=last_date,
    )
    event = SharedWithGuest(initiative_id=initiative.pk, guest_pass_id=made.pk, parts=tuple(parts))
    record(event, by=by, at=at, house=initiative)
    return made


@transaction.atomic
def end_guest_link(*, by: Actor, at: datetime, guest_pass_id: int) -> GuestPass:
    """End a guest's link at once."""
    given = GuestPass.objects.select_for_update(of=("self",)).select_related("initiative").get(pk=guest_pass_id)
    can_share(by, given.initiative, kinds=kinds_of(by, given.initiative)).require()
    if given.revoked_at is None:
        _end(given, by=by, at=at)
    return given


def _end(given: GuestPass, *, by: Actor, at: datetime) -> None:
    given.revoked_at, given.revoked_by_id = at, by.person
    given.save(update_fields=["revoked_at", "revoked_by"])
    event = GuestLinkEnded(initiative_id=given.initiative_id, guest_pass_id=given.pk)
    record(event, by=by, at=at, house=given)


@transaction.atomic
def look_as_guest(*, by: Actor, at: datetime, given: GuestPass) -> None:
    """Note that a guest opened what was shared: it is logged each time."""
    record(GuestLooked(initiative_id=given.initiative_id, guest_pass_id=given.pk), by=by, at=at, house=given)


@transaction.atomic
def comment_as_guest(*, by: Actor, at: datetime, given: GuestPass, text: str) -> GuestComment:
    """Comment on what was shared, where the link allows it."""
    # The row of the link is the lock, so that many at once are counted too.
    GuestPass.objects.select_for_update(of=("self",)).get(pk=given.pk)
    today = comments_on(given, localdate(at))
    can_comment(given, text, on=localdate(at), today=today).require()
    made = GuestComment.objects.create(**house_of(given), guest_pass=given, text=text.strip(), written_at=at)
    event = GuestCommented(initiative_id=given.initiative_id, guest_pass_id=given.pk, comment_id=made.pk)
    record(event, by=by, at=at, house=given)
    tell_guest_commented(by=by, at=at, given=given)
    return made
