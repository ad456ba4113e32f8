"""The agenda: what comes on it, what comes off, and in which order."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from samrad.cases.actions import Hand, move_case
from samrad.cases.models import Case
from samrad.cases.queries import lock_case
from samrad.core.models import house_of
from samrad.council import events, policy
from samrad.council.actions.locking import _item, _locked, _touch
from samrad.council.models import AgendaItem, Meeting
from samrad.council.queries import next_meeting, referrals_waiting
from samrad.eventlog.actions import record
from samrad.initiatives.actions import next_number
from samrad.organisation.actors import Actor


def _number(*, by: Actor, meeting: Meeting, series: str) -> int:
    return next_number(
        by=by,
        at=meeting.starts_at,
        owner_id=meeting.owner_id,
        shared_with_id=meeting.shared_with_id,
        series=f"{series}{meeting.body_id}",
    )


@transaction.atomic
def put_on_agenda(*, by: Actor, at: datetime, meeting_id: int, case_id: int) -> AgendaItem:
    """Put a prepared case on the agenda. It gets its number in the body's series at once."""
    agenda = _locked(meeting_id)
    meeting, case = agenda.meeting, lock_case(case_id)
    standing = next((i for i in agenda.items if i.case_id == case.pk), None)
    if standing is not None:
        return standing
    policy.can_set_agenda(by, meeting, case).require()
    number = _number(by=by, meeting=meeting, series="S")
    # Cases come before what is only referred.
    place = max((i.order for i in agenda.items if i.kind != AgendaItem.Kind.REFERRAL), default=0) + 1
    meeting.items.filter(order__gte=place).update(order=F("order") + 1)
    item = AgendaItem.objects.create(**house_of(meeting), meeting=meeting, case=case, number=number, order=place)
    event = events.PutOnAgenda(initiative_id=case.initiative_id, case_id=case.pk, meeting_id=meeting.pk, number=number)
    hand = Hand(
        kind="hold_meeting",
        role="secretariat_lead",
        entity_id=meeting.owner_id,
        object_id=meeting.pk,
        due=localdate(meeting.starts_at),
    )
    move_case(by=by, at=at, case=case, to="on_agenda", event=event, hands=[hand])
    _touch(meeting)
    return item


@transaction.atomic
def take_off_agenda(*, by: Actor, at: datetime, item_id: int) -> Case:
    """Take a case off the agenda again; it stays ready."""
    item, agenda = _item(item_id, None)
    policy.can_take_off(by, agenda.meeting, item).require()
    case = _take_off(by=by, at=at, item=item, meeting=agenda.meeting)
    item.delete()
    _touch(agenda.meeting)
    return case


def _take_off(*, by: Actor, at: datetime, item: AgendaItem, meeting: Meeting) -> Case:
    """The case no longer waits for the meeting."""
    case = lock_case(item.case_id or 0)
    event = events.TakenOffAgenda(initiative_id=case.initiative_id, case_id=case.pk, meeting_id=meeting.pk)
    if case.state == "on_agenda":
        hand = Hand(kind="set_agenda", role="secretariat_lead", entity_id=meeting.owner_id)
        move_case(by=by, at=at, case=case, to="ready", event=event, hands=[hand])
    else:  # withdrawn meanwhile, or only referred
        record(event, by=by, at=at, house=case)
    return case


@transaction.atomic
def move_item(*, by: Actor, at: datetime, item_id: int, up: bool, version: int | None = None) -> AgendaItem:
    """Move an item one place up or down on the agenda. Its number stays."""
    item, agenda = _item(item_id, None)
    agenda = _locked(agenda.meeting.pk, version)
    policy.can_set_agenda(by, agenda.meeting).require()
    items = agenda.items
    here = next(i for i, other in enumerate(items) if other.pk == item.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(items):
        return item
    items[here], items[there] = items[there], items[here]
    for place, other in enumerate(items, 1):
        if other.order != place:
            other.order = place
            other.save(update_fields=["order"])
    record(events.AgendaOrdered(meeting_id=agenda.meeting.pk), by=by, at=at, house=agenda.meeting)
    _touch(agenda.meeting)
    return item


@transaction.atomic
def refer_case(*, by: Actor, at: datetime, case: Case) -> AgendaItem | None:
    """Let the council hear at its next meeting what was decided below it. None until there is such a meeting.

    What follows from the decision, so it asks for no permission.
    """
    meeting = next_meeting(case.shared_with_id or case.owner_id, at=at)
    if meeting is None:
        return None
    made = _take_in_referrals(by=by, at=at, meeting=meeting)
    return next((i for i in made if i.case_id == case.pk), None)


def _take_in_referrals(*, by: Actor, at: datetime, meeting: Meeting) -> list[AgendaItem]:
    """Every decision of the line and the secretariat that the council has not heard of comes last on the agenda."""
    agenda = _locked(meeting.pk)
    last = max((i.order for i in agenda.items), default=0)
    made = []
    for place, case in enumerate(referrals_waiting(meeting.body), last + 1):
        number = _number(by=by, meeting=meeting, series="R")
        made.append(
            AgendaItem.objects.create(
                **house_of(meeting),
                meeting=meeting,
                case=case,
                kind=AgendaItem.Kind.REFERRAL,
                number=number,
                order=place,
                minutes_planned=5,
            )
        )
        event = events.Referred(initiative_id=case.initiative_id, case_id=case.pk, meeting_id=meeting.pk, number=number)
        record(event, by=by, at=at, house=meeting)
    if made:
        _touch(agenda.meeting)
    return made
