"""Setting a meeting up."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Refused
from samrad.council import events, policy
from samrad.council.actions.agenda import _report_urgent, _take_in_referrals
from samrad.council.actions.approving import _put_minutes
from samrad.council.models import Meeting
from samrad.council.queries import Agenda
from samrad.eventlog.actions import record
from samrad.governance.models import Body, PlannedMeeting
from samrad.initiatives.actions import next_number
from samrad.organisation.actors import Actor


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
    agenda = Agenda(meeting)
    _put_minutes(by=by, at=at, agenda=agenda)
    _report_urgent(by=by, at=at, agenda=agenda)
    if body.kind == Body.Kind.COUNCIL:
        _take_in_referrals(by=by, at=at, meeting=meeting)
        meeting.refresh_from_db()
    return meeting
