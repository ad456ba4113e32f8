"""Moving a case: the one door every room uses to change a case's state and say with whom it lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.cases.models import Case, Task
from samrad.cases.workflow import CLOSED_STATES, transition
from samrad.core.models import Owned, house_of
from samrad.core.verdict import Refused
from samrad.eventlog.actions import Happened, record
from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor

# A case that is paused can still be stopped, withdrawn or merged, and put off to another meeting.
WHILE_PAUSED = frozenset({"stopped", "withdrawn", "merged", "deferred"})


@dataclass(frozen=True, kw_only=True)
class Hand:
    """Whom the case is handed to: a named person, or whoever holds a role for an entity (and unit or field)."""

    kind: str
    person_id: int | None = None
    role: str = ""
    entity_id: int | None = None
    unit_id: int | None = None
    field_id: int | None = None
    object_id: int | None = None
    due: date | None = None


def _open_task(
    *,
    house: Owned,
    hand: Hand,
    at: datetime,
    case_id: int | None,
    initiative_id: int | None,
) -> Task:
    return Task.objects.create(
        **house_of(house),
        kind=hand.kind,
        case_id=case_id,
        initiative_id=initiative_id,
        object_id=hand.object_id,
        person_id=hand.person_id,
        role=hand.role,
        entity_id=hand.entity_id,
        unit_id=hand.unit_id,
        field_id=hand.field_id,
        due_date=hand.due,
        opened_at=at,
    )


def _close_tasks(
    *,
    by: Actor,
    at: datetime,
    case_id: int | None = None,
    kind: str = "",
    object_id: int | None = None,
) -> int:
    open_ones = Task.objects.filter(closed_at__isnull=True)
    if case_id is not None:
        open_ones = open_ones.filter(case_id=case_id)
    if kind:
        open_ones = open_ones.filter(kind=kind)
    if object_id is not None:
        open_ones = open_ones.filter(object_id=object_id)
    return open_ones.update(closed_at=at, closed_by_id=by.person_id)


@transaction.atomic
def move_case(
    *,
    by: Actor,
    at: datetime,
    case: Case,
    to: str,
    event: Happened,
    hands: Sequence[Hand] = (),
    due: date | None = None,
    on_behalf_of: int | None = None,
) -> Case:
    """Move a case along the steering line, hand it to the next, and record what happened. Permission is the caller's.

    Closes what was open on the case and opens one task for each of `hands`. Refused where the workflow has no such move.
    """
    if transition(case.state, to) is None:
        raise Refused(_("The case has moved on since you opened the page, so this can no longer be done."))
    paused = Initiative.objects.filter(pk=case.initiative_id or 0, status=Initiative.Status.PAUSED)
    if to not in WHILE_PAUSED and paused.exists():
        raise Refused(_("The case is paused. It must be taken up again first."))
    _close_tasks(by=by, at=at, case_id=case.pk)
    case.state = to
    case.state_since = at
    case.due_date = due or min((h.due for h in hands if h.due), default=None)
    case.closed_at = at if to in CLOSED_STATES else None
    case.version += 1
    case.save()
    for hand in hands:
        _open_task(
            house=case,
            hand=hand,
            at=at,
            case_id=case.pk,
            initiative_id=case.initiative_id,
        )
    record(event, by=by, at=at, house=case, on_behalf_of=on_behalf_of)
    return case


@transaction.atomic
def hand_out(
    *,
    by: Actor,
    at: datetime,
    house: Owned,
    hand: Hand,
    event: Happened,
    case: Case | None = None,
    initiative: Initiative | None = None,
) -> Task:
    """Ask someone to do one more thing, without moving the case."""
    task = _open_task(
        house=house,
        hand=hand,
        at=at,
        case_id=case.pk if case else None,
        initiative_id=initiative.pk if initiative else (case.initiative_id if case else None),
    )
    record(event, by=by, at=at, house=house)
    return task


@transaction.atomic
def new_deadline(
    *, by: Actor, at: datetime, house: Owned, event: Happened, kind: str, object_id: int, due: date
) -> None:
    """Give what waits for someone about one object another deadline, and its cases with it."""
    waiting = Task.objects.filter(closed_at__isnull=True, kind=kind, object_id=object_id)
    Case.objects.filter(pk__in=list(waiting.values_list("case_id", flat=True))).update(due_date=due)
    waiting.update(due_date=due)
    record(event, by=by, at=at, house=house)


@transaction.atomic
def close_tasks(*, by: Actor, at: datetime, house: Owned, event: Happened, kind: str, object_id: int) -> None:
    """Tick off what waited for someone about one object, because it is done."""
    _close_tasks(by=by, at=at, kind=kind, object_id=object_id)
    record(event, by=by, at=at, house=house)
