"""What every way of treating an item ends in."""

from __future__ import annotations

from datetime import datetime

from samrad.cases.actions import Hand, move_case
from samrad.cases.queries import lock_case
from samrad.council import events
from samrad.council.actions.locking import _touch
from samrad.council.models import AgendaItem
from samrad.council.queries import Agenda
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor


def _treat(*, by: Actor, at: datetime, item: AgendaItem, agenda: Agenda) -> AgendaItem:
    """What stands in the item is what the body found."""
    first, item.treated_at = item.treated_at is None, at
    item.version += 1
    item.save()
    case = lock_case(item.case_id) if item.case_id else None
    event = events.ItemTreated(
        initiative_id=case.initiative_id if case else None,
        case_id=item.case_id,
        item_id=item.pk,
        outcome=item.draft_outcome,
        unanimous=item.unanimous,
    )
    if case is not None and first:
        hand = Hand(
            kind="approve_minutes", role="council_chair", entity_id=agenda.meeting.owner_id, object_id=agenda.meeting.pk
        )
        move_case(by=by, at=at, case=case, to="treated", event=event, hands=[hand])
    else:
        record(event, by=by, at=at, house=item)
    _touch(agenda.meeting)  # whoever approves must have read this
    return item
