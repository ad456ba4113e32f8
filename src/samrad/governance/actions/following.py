"""Following the annual cycle: in the application, and as a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from samrad.core.models import house_of
from samrad.eventlog.actions import record
from samrad.governance import events, policy
from samrad.governance.models import CycleSubscription
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person


def _own(by: Actor, at: datetime) -> CycleSubscription:
    person = Person.objects.get(pk=by.person)
    CycleSubscription.objects.get_or_create(person=person, defaults={**house_of(person), "changed_at": at})
    return CycleSubscription.objects.select_for_update(of=("self",)).get(person=person)


def _kept(row: CycleSubscription, *, by: Actor, at: datetime) -> CycleSubscription:
    row.changed_at = at
    row.save()
    event = events.CycleFollowed(subscription_id=row.pk, follows=row.follows, address_number=row.address_number)
    record(event, by=by, at=at, house=row)
    return row


@transaction.atomic
def follow_cycle(
    *, by: Actor, at: datetime, body_ids: Sequence[int] = (), kinds: Sequence[str] = ()
) -> CycleSubscription:
    """Follow the annual cycle: everything, or some bodies and kinds of dates. One is told of every change."""
    policy.can_read_cycle(by).require()
    row = _own(by, at)
    row.follows, row.body_ids, row.kinds = True, list(body_ids), list(kinds)
    return _kept(row, by=by, at=at)


@transaction.atomic
def renew_address(*, by: Actor, at: datetime) -> CycleSubscription:
    """Get a new address for the calendar; the old one opens nothing from now on."""
    policy.can_read_cycle(by).require()
    row = _own(by, at)
    row.address_number += 1
    return _kept(row, by=by, at=at)


@transaction.atomic
def stop_following(*, by: Actor, at: datetime) -> CycleSubscription:
    """Stop following: no more messages, and the calendar's address opens nothing."""
    policy.can_read_cycle(by).require()
    row = _own(by, at)
    row.follows = False
    row.address_number += 1
    return _kept(row, by=by, at=at)
