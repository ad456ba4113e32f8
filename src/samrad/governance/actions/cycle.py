"""Laying out the annual cycle: a body's year, the usual dates, and every change, which those who follow it are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Stale, Verdict
from samrad.core.workdays import is_workday
from samrad.eventlog.actions import record
from samrad.governance import events, policy
from samrad.governance.actions.mandates import USUAL
from samrad.governance.cycle_days import deadlines, propose, school_holidays
from samrad.governance.cycle_defaults import usual_dates
from samrad.governance.models import Body, CycleDate, CycleKind, CyclePlan, PlannedMeeting
from samrad.governance.notifications import tell_date, tell_meeting, tell_published
from samrad.governance.queries.cycle import planned_in, quiet_in
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity


@dataclass(frozen=True)
class Rhythm:
    """How a body meets in a year, and how many days before a meeting things must be in."""

    meetings: int
    weekday: int
    starts: time
    minutes: int = 120
    place: str = ""
    ordinary_days: int = USUAL.submission_days
    urgent_days: int = USUAL.urgent_days
    notice_days: int = USUAL.notice_days


@dataclass(frozen=True)
class UsualChoice:
    """One of the usual dates, on the day chosen for it."""

    code: str
    starts_on: date
    ends_on: date | None = None


def _wrong(text: str, field: str) -> Refused:
    return Refused(Verdict.no(text, (Lack(text, f"id_{field}"),)))


@transaction.atomic
def plan_in_cycle(
    *,
    by: Actor,
    at: datetime,
    body: Body,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    submission_deadline: date,
    urgent_deadline: date | None = None,
    notice_date: date | None = None,
) -> PlannedMeeting:
    """Put a meeting in the annual cycle, with the last day a case can be sent in for it."""
    policy.can_plan_cycle(by, body.owner_id).require()
    planned = PlannedMeeting.objects.create(
        **house_of(body),
        body=body,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        submission_deadline=submission_deadline,
        urgent_deadline=urgent_deadline,
        notice_date=notice_date,
        changed_at=at,
    )
    record(events.MeetingPlanned(planned_meeting_id=planned.pk), by=by, at=at, house=planned)
    return planned


def _meet_on(
    *, by: Actor, at: datetime, body: Body, rhythm: Rhythm, days: Sequence[tuple[date, time]]
) -> list[PlannedMeeting]:
    """A meeting on each day that has none, with the deadlines that follow."""
    taken = {timezone.localdate(row.starts_at) for row in PlannedMeeting.objects.filter(body=body)}
    made = []
    for day, starts in dict(days).items():
        if day in taken:
            continue
        due = deadlines(day, ordinary=rhythm.ordinary_days, urgent=rhythm.urgent_days, notice=rhythm.notice_days)
        start = timezone.make_aware(datetime.combine(day, starts))
        made.append(
            plan_in_cycle(
                by=by,
                at=at,
                body=body,
                starts_at=start,
                ends_at=start + timedelta(minutes=rhythm.minutes),
                place=rhythm.place,
                submission_deadline=due.ordinary,
                urgent_deadline=due.urgent,
                notice_date=due.notice,
            )
        )
    return made


@transaction.atomic
def plan_year(
    *,
    by: Actor,
    at: datetime,
    body: Body,
    year: int,
    rhythm: Rhythm,
    days: Sequence[tuple[date, time]],
    usual: Sequence[UsualChoice] = (),
) -> list[PlannedMeeting]:
    """Lay out a body's year: a meeting on each day with its deadlines, and the usual dates. What stands stays once."""
    policy.can_plan_cycle(by, body.owner_id).require()
    for day, _starts in days:
        if day.year != year or not is_workday(day):
            raise Refused(_("%(day)s is no working day in %(year)s.") % {"day": f"{day:%d.%m.%Y}", "year": year})
    # The second click, or a second person: the row of the body is the lock.
    Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    CyclePlan.objects.update_or_create(
        body=body, year=year, defaults={**house_of(body), **asdict(rhythm), "published_at": at}
    )
    made = _meet_on(by=by, at=at, body=body, rhythm=rhythm, days=days)
    add_usual_dates(by=by, at=at, owner=body.owner, year=year, chosen=usual)
    record(events.YearPlanned(body_id=body.pk, year=year, meetings=len(made)), by=by, at=at, house=body)
    if made:
        tell_published(by=by, at=at, body=body, year=year, number=len(made))
    return made


@transaction.atomic
def plan_as_proposed(*, by: Actor, at: datetime, body: Body, year: int, rhythm: Rhythm) -> list[PlannedMeeting]:
    """Lay out a body's year as it is proposed, with all the usual dates: what set-up does for a house."""
    policy.can_plan_cycle(by, body.owner_id).require()
    quiet = quiet_in(body.owner_id, year) or list(school_holidays(year).values())
    standing = [timezone.localdate(row.starts_at) for row in planned_in(body, year) if not row.cancelled]
    days = propose(year, rhythm.meetings, weekday=rhythm.weekday, quiet=quiet, taken=standing)
    usual = [UsualChoice(one.code, one.starts_on, one.ends_on) for one in usual_dates(year)]
    return plan_year(
        by=by, at=at, body=body, year=year, rhythm=rhythm, days=[(day, rhythm.starts) for day in days], usual=usual
    )


@transaction.atomic
def add_usual_dates(
    *, by: Actor, at: datetime, owner: Entity, year: int, chosen: Sequence[UsualChoice]
) -> list[CycleDate]:
    """Add the usual dates that were chosen for a year; one that stands already is left as it is."""
    policy.can_plan_cycle(by, owner.pk).require()
    usual = {one.code: one for one in usual_dates(year)}
    standing = set(CycleDate.objects.filter(owner=owner, year=year).exclude(code="").values_list("code", flat=True))
    made = []
    with override(owner.language):
        for choice in chosen:
            if choice.code in standing or choice.code not in usual:
                continue
            made.append(
                CycleDate.objects.create(
                    owner=owner,
                    year=year,
                    code=choice.code,
                    kind=usual[choice.code].kind,
                    title=str(usual[choice.code].title),
                    starts_on=choice.starts_on,
                    ends_on=choice.ends_on,
                    changed_at=at,
                )
            )
    event = events.CycleDatesAdded(year=year, cycle_date_ids=tuple(row.pk for row in made))
    record(event, by=by, at=at, owner_id=owner.pk)
    return made


@transaction.atomic
def put_cycle_date(
    *,
    by: Actor,
    at: datetime,
    owner: Entity,
    kind: str,
    title: str,
    starts_on: date,
    ends_on: date | None = None,
    body: Body | None = None,
    note: str = "",
) -> CycleDate:
    """Put a date or a period in the annual cycle."""
    policy.can_plan_cycle(by, owner.pk).require()
    if kind == CycleKind.MEETING:
        raise _wrong(_("A meeting is planned on the body's own year."), "kind")
    if ends_on is not None and ends_on < starts_on:
        raise _wrong(_("The last day cannot come before the first."), "ends_on")
    if body is not None and body.owner_id != owner.pk:
        raise _wrong(_("Choose a body of the same organisation."), "body")
    made = CycleDate.objects.create(
        owner=owner,
        kind=kind,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        year=starts_on.year,
        body=body,
        note=note,
        changed_at=at,
    )
    event = events.CycleDatesAdded(year=made.year, cycle_date_ids=(made.pk,))
    record(event, by=by, at=at, house=made)
    return made


def _fresh(row: PlannedMeeting | CycleDate, version: int | None) -> None:
    if version is not None and row.sequence != version:
        raise Stale(_("Someone has changed the date since you opened the page. Look at it again before you change it."))


def _reason(cancelled: bool, reason: str) -> str:
    if cancelled and not reason.strip():
        raise _wrong(_("Say why. Those who follow the annual cycle will read it."), "reason")
    return reason.strip()[:500] if cancelled else ""


@transaction.atomic
def change_cycle_date(
    *,
    by: Actor,
    at: datetime,
    cycle_date_id: int,
    version: int | None = None,
    cancelled: bool | None = None,
    reason: str = "",
    **values: str | date | None,
) -> CycleDate:
    """Change a date, cancel it with a reason, or take it back in. Those who follow such dates are told."""
    row = CycleDate.objects.select_for_update(of=("self",)).get(pk=cycle_date_id)
    policy.can_plan_cycle(by, row.owner_id).require()
    _fresh(row, version)
    before = {name: getattr(row, name) for name in ("starts_on", "ends_on", "cancelled", "title", "note", "kind")}
    for name in ("kind", "title", "starts_on", "ends_on", "note"):
        if name in values:
            setattr(row, name, values[name])
    if row.ends_on is not None and row.ends_on < row.starts_on:
        raise _wrong(_("The last day cannot come before the first."), "ends_on")
    if cancelled is not None:
        row.cancelled, row.reason = cancelled, _reason(cancelled, reason)
    if before == {name: getattr(row, name) for name in before}:
        return row
    row.sequence, row.changed_at = row.sequence + 1, at
    row.save()
    event = events.CycleDateChanged(cycle_date_id=row.pk, sequence=row.sequence, cancelled=row.cancelled)
    record(event, by=by, at=at, house=row)
    tell_date(by=by, at=at, changed=row, before=before)
    return row


def _keep(
    planned: PlannedMeeting, before: dict[str, object], *, by: Actor, at: datetime, tell: bool = True
) -> PlannedMeeting:
    """Keep what was changed of a planned meeting, if anything was, and tell those who follow it."""
    if before == _facts(planned):
        return planned
    planned.sequence, planned.changed_at = planned.sequence + 1, at
    planned.save()
    event = events.CycleChanged(planned_meeting_id=planned.pk, cancelled=planned.cancelled)
    record(event, by=by, at=at, house=planned)
    if tell:
        tell_meeting(by=by, at=at, planned=planned, before=before)
    return planned


def _facts(planned: PlannedMeeting) -> dict[str, object]:
    names = ("starts_at", "ends_at", "place", "submission_deadline", "urgent_deadline", "notice_date", "cancelled")
    return {name: getattr(planned, name) for name in names}


@transaction.atomic
def change_planned(
    *,
    by: Actor,
    at: datetime,
    planned_id: int,
    version: int | None = None,
    cancelled: bool | None = None,
    reason: str = "",
    **values: str | date | datetime | None,
) -> PlannedMeeting:
    """Move a planned meeting or its deadlines, cancel it with a reason, or take it back in."""
    planned = PlannedMeeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=planned_id)
    policy.can_plan_cycle(by, planned.owner_id).require()
    policy.can_change_planned(planned).require()
    _fresh(planned, version)
    before = _facts(planned)
    for name in ("starts_at", "ends_at", "place", "submission_deadline", "urgent_deadline", "notice_date"):
        if name in values:
            setattr(planned, name, values[name])
    if cancelled is not None:
        planned.cancelled, planned.reason = cancelled, _reason(cancelled, reason)
    if planned.submission_deadline >= timezone.localdate(planned.starts_at):
        raise _wrong(_("The last day to send in must come before the meeting."), "submission_deadline")
    same = PlannedMeeting.objects.filter(body=planned.body, starts_at=planned.starts_at).exclude(pk=planned.pk)
    if same.exists():
        raise _wrong(_("The body has another meeting at that time."), "starts_at")
    return _keep(planned, before, by=by, at=at)


@transaction.atomic
def change_in_cycle(
    *,
    by: Actor,
    at: datetime,
    planned: PlannedMeeting,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    place: str | None = None,
    cancelled: bool = False,
) -> PlannedMeeting:
    """Let the annual cycle follow a meeting that was moved or cancelled. Permission is the caller's (the meeting)."""
    before = _facts(planned)
    planned.starts_at, planned.ends_at = starts_at or planned.starts_at, ends_at or planned.ends_at
    planned.place = planned.place if place is None else place
    planned.cancelled = planned.cancelled or cancelled
    return _keep(planned, before, by=by, at=at)
