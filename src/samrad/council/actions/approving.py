"""Approving minutes: by the chair when the meeting is over, or by the body as an item of its next meeting."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from samrad.cases.actions import Hand, recommend
from samrad.cases.models import Case
from samrad.core.models import house_of
from samrad.core.verdict import Refused
from samrad.council import events, policy
from samrad.council.actions.agenda import SHORT, _leave, _number
from samrad.council.actions.locking import _fresh, _item, _locked, _touch
from samrad.council.actions.rounds import _pass_on, _round_hand
from samrad.council.models import AgendaItem, Meeting
from samrad.council.papers import minutes
from samrad.council.policy.approving import can_approve_last
from samrad.council.queries import Agenda, next_held
from samrad.council.queries.following import approval_items, minutes_waiting, next_open
from samrad.documents.paper import frozen
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity


@transaction.atomic
def approve_minutes(*, by: Actor, at: datetime, meeting_id: int, version: int | None = None) -> Meeting:
    """Approve the minutes: they are locked, and each item's conclusion becomes the body's recommendation."""
    agenda = _locked(meeting_id, version)
    policy.can_approve(by, agenda).require()
    meeting = agenda.meeting
    if meeting.approval == Meeting.Approval.NEXT:
        meeting.approved_in = next_held(meeting)
    _lock_minutes(by=by, at=at, agenda=agenda)
    # Where the body had it on its agenda, the item is treated by that; elsewhere there is nothing left to treat.
    for item, later in _asked_of(meeting):
        if later.pk == meeting.approved_in_id:
            item.treated_at = at
            item.save(update_fields=["treated_at"])
        else:
            _leave(item, at=at)
        _touch(later)
    return meeting


def _asked_of(meeting: Meeting) -> list[tuple[AgendaItem, Meeting]]:
    """The items in which other meetings are to approve this one's minutes, each with its meeting, locked after this one."""
    held = {pk: _locked(pk) for pk in sorted({item.meeting_id for item in approval_items(meeting)})}
    found = [(item, agenda.meeting) for agenda in held.values() for item in agenda.items]
    return [(i, m) for i, m in found if i.approves_id == meeting.pk and i.treated_at is None and i.taken_off_at is None]


@transaction.atomic
def approve_last_minutes(*, by: Actor, at: datetime, item_id: int, version: int | None = None) -> Meeting:
    """Write down that the body approves the minutes of its earlier meeting: they are locked, as in approve_minutes."""
    approves_id = AgendaItem.objects.filter(pk=item_id).values_list("approves_id", flat=True).first()
    if approves_id is None:
        raise Refused(_("The item is no longer on the agenda."))
    earlier = _locked(approves_id)  # the earlier meeting first, as always when two are locked
    item, agenda = _item(item_id, None)
    if item.treated_at is not None and earlier.meeting.approved_in_id == agenda.meeting.pk:
        return earlier.meeting  # a second click, or sent again after the network was away
    _fresh(item, version)
    can_approve_last(by, agenda, item, earlier.meeting, whole=policy.are_whole(earlier)).require()
    earlier.meeting.approved_in = agenda.meeting
    _lock_minutes(by=by, at=at, agenda=earlier)
    item.treated_at = at
    item.version += 1
    item.save()
    _touch(agenda.meeting)
    return earlier.meeting


def _lock_minutes(*, by: Actor, at: datetime, agenda: Agenda) -> None:
    meeting = agenda.meeting
    meeting.state, meeting.approved_at, meeting.approved_by_id = Meeting.State.APPROVED, at, by.person
    meeting.closed_at = meeting.closed_at or at
    language = Entity.objects.get(pk=meeting.owner_id).language
    with override(language):
        meeting.minutes_paper = frozen(minutes(agenda, language=language))
    _touch(meeting)
    # The meeting first, so that what follows for each case finds its minutes locked.
    record(events.MinutesApproved(meeting_id=meeting.pk), by=by, at=at, house=meeting)
    for item in agenda.items:
        if item.case is None or item.treated_at is None:
            continue
        if item.case.state == "treated":  # otherwise withdrawn since: the minutes tell, but nothing goes on
            item.recommendation = recommend(
                by=by,
                at=at,
                case=item.case,
                body_id=meeting.body_id,
                outcome=item.draft_outcome,
                text=item.draft_text,
                reason=item.draft_reason,
                hands=_hands(item),
            )
            item.save(update_fields=["recommendation"])
            if item.case.kind == Case.Kind.ROUND:
                _pass_on(by=by, at=at, item=item, meeting=meeting)
        event = events.MinutesApproved(
            initiative_id=item.case.initiative_id, case_id=item.case_id, meeting_id=meeting.pk, item_id=item.pk
        )
        record(event, by=by, at=at, house=meeting)


def _hands(item: AgendaItem) -> list[Hand] | None:
    """Who has the case now, where it is not as usual: a round that is put off whole comes again as a round."""
    return [_round_hand(item.case)] if item.case and item.puts_off_list else None


def _put_minutes(*, by: Actor, at: datetime, agenda: Agenda) -> None:
    """The minutes of earlier meetings that wait for the body come first on the agenda, without anybody having to remember."""
    meeting = agenda.meeting
    for earlier in minutes_waiting(meeting):
        with override(Entity.objects.get(pk=meeting.owner_id).language):
            day = formats.date_format(localtime(earlier.starts_at), "DATE_FORMAT")
            title = _("Approval of the minutes of %(day)s") % {"day": day}
        meeting.items.update(order=F("order") + 1)
        for other in agenda.items:
            other.order += 1
        item = AgendaItem.objects.create(
            **house_of(meeting),
            meeting=meeting,
            kind=AgendaItem.Kind.APPROVAL,
            approves=earlier,
            title=title,
            order=1,
            minutes_planned=SHORT,
        )
        if meeting.state != Meeting.State.PLANNED:
            item.number = _number(by=by, meeting=meeting, series="S")
            item.save(update_fields=["number"])
        agenda.items.insert(0, item)
        event = events.MinutesOnAgenda(meeting_id=meeting.pk, item_id=item.pk, approves_id=earlier.pk)
        record(event, by=by, at=at, house=meeting)


def _put_on_next(*, by: Actor, at: datetime, meeting: Meeting) -> None:
    """The meeting's minutes come on the agenda of the body's next one, if it is set up; otherwise when it is."""
    later = next_open(meeting)
    if later is not None and minutes_waiting(later):
        agenda = _locked(later.pk)
        _put_minutes(by=by, at=at, agenda=agenda)
        _touch(agenda.meeting)


def _take_from_next(*, at: datetime, meeting: Meeting) -> None:
    """The chair approves the minutes after all: no meeting is asked to."""
    for item, later in _asked_of(meeting):
        _leave(item, at=at)
        _touch(later)
