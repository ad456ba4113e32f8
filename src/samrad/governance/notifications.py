"""Who is told what, and why them: of the annual cycle those who follow it, of a mandate those who adopt it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.functional import Promise, lazystr
from django.utils.translation import gettext_lazy as _

from samrad.core.acting import acting_for, current_entities
from samrad.core.models import Owned
from samrad.governance.models import Body, CycleDate, CycleKind, Mandate, PlannedMeeting
from samrad.governance.queries.cycle import followers, readers_of
from samrad.organisation.actions import Message, notify
from samrad.organisation.actors import Actor
from samrad.organisation.queries import holders

MEETING_KINDS = (CycleKind.MEETING, CycleKind.DEADLINE)


class When:
    """A day, a period or a moment, written out in the language of the one who reads."""

    def __init__(self, first: date | datetime, last: date | None = None) -> None:
        self.first, self.last = first, last

    def __str__(self) -> str:
        if isinstance(self.first, datetime):
            local = timezone.localtime(self.first)
            return f"{formats.date_format(local.date(), 'DATE_FORMAT')} {formats.time_format(local, 'TIME_FORMAT')}"
        first = formats.date_format(self.first, "DATE_FORMAT")
        return f"{first}–{formats.date_format(self.last, 'DATE_FORMAT')}" if self.last else first


def _tell(
    *,
    by: Actor,
    at: datetime,
    house: Owned,
    kinds: Collection[str],
    body_id: int | None,
    year: int,
    code: str,
    subject: Promise,
    body: Promise,
    values: dict[str, object],
) -> None:
    path = reverse("governance:cycle_year", args=[year])
    message = Message(code=code, subject=subject, body=body, values=values, path=path)
    readers = readers_of(house, on=timezone.localdate(at))
    # One whose municipality is in several cooperations shares the subscription with the first only, so it is read, and
    # the message written, on behalf of the municipality itself.
    with acting_for({*(current_entities() or ()), *readers}):
        notify(by=by, at=at, house=house, people=followers(readers, kinds, body_id), message=message)


def tell_published(*, by: Actor, at: datetime, body: Body, year: int, number: int) -> None:
    """Those who follow the body hear that its year is laid out."""
    _tell(
        by=by,
        at=at,
        house=body,
        kinds=MEETING_KINDS,
        body_id=body.pk,
        year=year,
        code="governance.cycle_published",
        subject=_("The annual cycle for %(year)s is laid out: %(body)s"),
        body=_("%(body)s has %(number)s new meetings in %(year)s. You are told because you follow the annual cycle."),
        values={"body": body.name, "year": year, "number": number},
    )


def tell_meeting(*, by: Actor, at: datetime, planned: PlannedMeeting, before: dict[str, object]) -> None:
    """Those who follow the body hear that a meeting or its deadline has another date, or is off or on again."""
    start: object = When(planned.starts_at)
    was: object = before["starts_at"]
    changed = isinstance(was, datetime) and was != planned.starts_at
    subject, body = _meeting_words(planned, before, changed=changed)
    old = When(was) if isinstance(was, datetime) else start
    deadline = before["submission_deadline"]
    values = {
        "body": planned.body.name,
        "old": old,
        "new": start,
        "old_deadline": When(deadline) if isinstance(deadline, date) else "",
        "deadline": When(planned.submission_deadline),
        "urgent": When(planned.urgent_deadline) if planned.urgent_deadline else lazystr("–"),
        "place": planned.place or "–",
        "reason": planned.reason or "–",
    }
    _tell(
        by=by,
        at=at,
        house=planned,
        kinds=MEETING_KINDS,
        body_id=planned.body_id,
        year=timezone.localdate(planned.starts_at).year,
        code="governance.cycle_changed",
        subject=subject,
        body=body,
        values=values,
    )


def _meeting_words(planned: PlannedMeeting, before: dict[str, object], *, changed: bool) -> tuple[Promise, Promise]:
    if planned.cancelled and not planned.reason:
        return (
            _("Cancelled in the annual cycle: %(body)s %(old)s"),
            _("The meeting of %(body)s %(old)s is cancelled, and its deadlines fall away."),
        )
    if planned.cancelled:
        return (
            _("Cancelled in the annual cycle: %(body)s %(old)s"),
            _("The meeting of %(body)s %(old)s is cancelled, and its deadlines fall away. Reason: %(reason)s"),
        )
    if before["cancelled"]:
        return (
            _("Back in the annual cycle: %(body)s %(new)s"),
            _("The meeting of %(body)s %(new)s is held after all. Last day to send in: %(deadline)s."),
        )
    if changed:
        return (
            _("New date: %(body)s %(new)s"),
            _("The meeting of %(body)s is moved from %(old)s to %(new)s. Last day to send in: %(deadline)s."),
        )
    if before["submission_deadline"] != planned.submission_deadline:
        return (
            _("New deadline: %(body)s %(deadline)s"),
            _("The last day to send in to %(body)s %(new)s is moved from %(old_deadline)s to %(deadline)s."),
        )
    return (
        _("Changed in the annual cycle: %(body)s %(new)s"),
        _("The meeting of %(body)s %(new)s is changed. Place: %(place)s. Last day for urgent cases: %(urgent)s."),
    )


def tell_date(*, by: Actor, at: datetime, changed: CycleDate, before: dict[str, object]) -> None:
    """Those who follow such dates hear that one is moved, off, or on again."""
    first, last = before["starts_on"], before["ends_on"]
    old = When(first, last if isinstance(last, date) else None) if isinstance(first, date) else When(changed.starts_on)
    if changed.cancelled:
        subject, body = _("Cancelled: %(title)s"), _("«%(title)s» %(old)s is cancelled. Reason: %(reason)s")
    elif before["cancelled"]:
        subject, body = _("Back in the annual cycle: %(title)s"), _("«%(title)s» stands again: %(new)s.")
    elif (first, last) != (changed.starts_on, changed.ends_on):
        subject = _("New date: %(title)s")
        body = _("The date of «%(title)s» is changed from %(old)s to %(new)s.")
    else:
        subject, body = _("Changed in the annual cycle: %(title)s"), _("«%(title)s» %(new)s is changed. %(note)s")
    values = {
        "title": changed.title,
        "old": old,
        "new": When(changed.starts_on, changed.ends_on),
        "reason": changed.reason or "–",
        "note": changed.note,
    }
    _tell(
        by=by,
        at=at,
        house=changed,
        kinds=[changed.kind],
        body_id=changed.body_id,
        year=changed.starts_on.year,
        code="governance.cycle_changed",
        subject=subject,
        body=body,
        values=values,
    )


def tell_waiting(*, by: Actor, at: datetime, mandate: Mandate) -> None:
    """The other administrators hear that a version of a mandate waits for one of them."""
    people = holders("administrator", entity_id=mandate.owner_id, on=timezone.localdate(at))
    message = Message(
        code="governance.mandate_waits",
        subject=_("Read and adopt: the mandate of %(body)s, version %(n)s"),
        body=_(
            "A new version of the mandate of %(body)s is written. It holds when one more has read it and adopts it. "
            "You are told because you are an administrator."
        ),
        values={"body": mandate.body.name, "n": mandate.version},
        path=reverse("governance:mandate_detail", args=[mandate.pk]),
    )
    notify(by=by, at=at, house=mandate, people=list(people.exclude(pk=by.person_or_none)), message=message)
