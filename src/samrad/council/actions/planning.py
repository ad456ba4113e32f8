"""Setting a meeting up, and approving its minutes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from samrad.cases.actions import recommend
from samrad.cases.models import Case
from samrad.core.models import house_of
from samrad.core.verdict import Refused
from samrad.council import events, policy
from samrad.council.actions.agenda import _report_urgent, _take_in_referrals
from samrad.council.actions.locking import _locked, _touch
from samrad.council.actions.rounds import _pass_on
from samrad.council.models import Meeting
from samrad.council.papers import minutes
from samrad.council.queries import agenda_of, next_held
from samrad.documents.paper import frozen
from samrad.eventlog.actions import record
from samrad.governance.models import Body, PlannedMeeting
from samrad.initiatives.actions import next_number
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity


@transaction.atomic
def plan_meeting(
    *,
    by: Actor,
    at: datetime,
    body: Body,
    starts_at: datetime,
    ends_at: datetime,
    place: str = "",
    remote_link: str = "",
    planned: PlannedMeeting | None = None,
) -> Meeting:
    """Set up a meeting of a body, perhaps one from the annual cycle."""
    policy.can_plan(by, body.owner_id).require()
    if ends_at <= starts_at:
        raise Refused(_("The meeting cannot end before it starts."))
    if planned is not None and planned.body_id != body.pk:
        raise Refused(_("The meeting in the annual cycle is another body's."))
    # The second click, or a second person: a body does not meet twice at once. The row of the body is the lock.
    Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    same = Q(planned=planned) if planned is not None else Q(body=body, starts_at=starts_at)
    standing = Meeting.objects.filter(same).exclude(state=Meeting.State.CANCELLED).first()
    if standing is not None:
        return standing
    number = next_number(
        by=by, at=starts_at, owner_id=body.owner_id, shared_with_id=body.shared_with_id, series=f"M{body.pk}"
    )
    # One from the annual cycle stands in calendars already, and goes on under the same name.
    named = f"cycle-meeting-{planned.pk}" if planned is not None else f"meeting-{body.pk}-{starts_at.year}-{number}"
    meeting = Meeting.objects.create(
        **house_of(body),
        body=body,
        planned=planned,
        number=number,
        year=starts_at.year,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        remote_link=remote_link,
        calendar_uid=f"{named}@samrad",
    )
    record(events.MeetingConvened(meeting_id=meeting.pk), by=by, at=at, house=meeting)
    _report_urgent(by=by, at=at, agenda=agenda_of(meeting))
    if body.kind == Body.Kind.COUNCIL:
        _take_in_referrals(by=by, at=at, meeting=meeting)
        meeting.refresh_from_db()
    return meeting


@transaction.atomic
def approve_minutes(*, by: Actor, at: datetime, meeting_id: int, version: int | None = None) -> Meeting:
    """Approve the minutes: they are locked, and each item's conclusion becomes the body's recommendation."""
    agenda = _locked(meeting_id, version)
    policy.can_approve(by, agenda).require()
    meeting = agenda.meeting
    meeting.state, meeting.approved_at, meeting.approved_by_id = Meeting.State.APPROVED, at, by.person
    meeting.closed_at = meeting.closed_at or at
    if meeting.approval == Meeting.Approval.NEXT:
        meeting.approved_in = next_held(meeting)
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
            )
            item.save(update_fields=["recommendation"])
            if item.case.kind == Case.Kind.ROUND:
                _pass_on(by=by, at=at, item=item, meeting=meeting)
        event = events.MinutesApproved(
            initiative_id=item.case.initiative_id, case_id=item.case_id, meeting_id=meeting.pk, item_id=item.pk
        )
        record(event, by=by, at=at, house=meeting)
    return meeting
