"""Saying that others can reuse it, and taking that away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samrad.core.models import house_of
from samrad.eventlog.actions import record
from samrad.initiatives import events
from samrad.initiatives.actions.content import lock_initiative
from samrad.initiatives.models import ReuseMark
from samrad.initiatives.policy import can_mark_reusable
from samrad.initiatives.queries import kinds_of
from samrad.organisation.actors import Actor


@transaction.atomic
def mark_reusable(*, by: Actor, at: datetime, initiative_id: int, result: str = "") -> ReuseMark:
    """Say that others can reuse it: other cooperations see title, field, benefit, cost and result."""
    initiative = lock_initiative(initiative_id, None)
    can_mark_reusable(by, initiative, kinds=kinds_of(by, initiative)).require()
    standing = initiative.reuse_marks.filter(undone_at__isnull=True).first()
    if standing is not None and standing.result == result:
        return standing
    initiative.reuse_marks.filter(undone_at__isnull=True).update(undone_at=at, undone_by_id=by.person)
    mark = ReuseMark.objects.create(
        **house_of(initiative), initiative=initiative, result=result, marked_at=at, marked_by_id=by.person
    )
    event = events.MarkedReusable(initiative_id=initiative.pk, mark_id=mark.pk)
    record(event, by=by, at=at, house=initiative)
    return mark


@transaction.atomic
def undo_reusable(*, by: Actor, at: datetime, initiative_id: int) -> None:
    """Take the mark away: other cooperations see nothing of it any more."""
    initiative = lock_initiative(initiative_id, None)
    can_mark_reusable(by, initiative, kinds=kinds_of(by, initiative)).require()
    for mark in initiative.reuse_marks.filter(undone_at__isnull=True):
        mark.undone_at, mark.undone_by_id = at, by.person
        mark.save(update_fields=["undone_at", "undone_by"])
        record(events.ReuseUndone(initiative_id=initiative.pk, mark_id=mark.pk), by=by, at=at, house=initiative)
