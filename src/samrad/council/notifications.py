"""Who is told what about a meeting, and why them."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from samrad.cases.queries import affected
from samrad.council.models import ActionPoint, AgendaItem, Meeting
from samrad.council.queries import Agenda, number_of
from samrad.governance.models import Seat
from samrad.organisation.actions import Message, notify
from samrad.organisation.actors import Actor
from samrad.secretariat.queries.rounds import rows_of_case


def tell_notice(*, by: Actor, at: datetime, agenda: Agenda) -> None:
    """Everyone with a seat gets the notice, because they are to meet."""
    meeting = agenda.meeting
    local = timezone.localtime(meeting.starts_at)
    message = Message(
        code="council.notice",
        subject=_("Notice of meeting: %(body)s, %(date)s"),
        body=_("%(body)s meets %(date)s at %(time)s. Place: %(place)s. There are %(number)s items on the agenda."),
        values={
            "body": meeting.body.name,
            "date": formats.date_format(local.date(), "SHORT_DATE_FORMAT"),
            "time": f"{local:%H.%M}",
            "place": meeting.place or "–",
            "number": len(agenda.items),
        },
        path=reverse("council:meeting_detail", args=[meeting.pk]),
    )
    notify(by=by, at=at, house=meeting, people=[seat.person for seat in agenda.seats], message=message)


def _tell_seats(*, by: Actor, at: datetime, agenda: Agenda, message: Message) -> None:
    notify(by=by, at=at, house=agenda.meeting, people=[seat.person for seat in agenda.seats], message=message)


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{formats.date_format(local.date(), 'SHORT_DATE_FORMAT')} kl. {local:%H.%M}"


def tell_moved(*, by: Actor, at: datetime, agenda: Agenda, before: datetime, reason: str) -> None:
    """Everyone with a seat hears that the meeting is moved, because they were called."""
    meeting = agenda.meeting
    message = Message(
        code="council.moved",
        subject=_("Moved: %(body)s, %(time)s"),
        body=_("The meeting of %(body)s on %(before)s is moved to %(time)s. Place: %(place)s. Reason: %(reason)s"),
        values={
            "body": meeting.body.name,
            "before": _moment(before),
            "time": _moment(meeting.starts_at),
            "place": meeting.place or "–",
            "reason": reason,
        },
        path=reverse("council:meeting_detail", args=[meeting.pk]),
    )
    _tell_seats(by=by, at=at, agenda=agenda, message=message)


def tell_cancelled(*, by: Actor, at: datetime, agenda: Agenda, reason: str) -> None:
    """Everyone with a seat hears that the meeting is cancelled, because they were called."""
    meeting = agenda.meeting
    message = Message(
        code="council.cancelled",
        subject=_("Cancelled: %(body)s, %(time)s"),
        body=_("The meeting of %(body)s on %(time)s is cancelled. Reason: %(reason)s"),
        values={"body": meeting.body.name, "time": _moment(meeting.starts_at), "reason": reason},
        path=reverse("council:meeting_detail", args=[meeting.pk]),
    )
    _tell_seats(by=by, at=at, agenda=agenda, message=message)


def tell_minutes(*, by: Actor, at: datetime, agenda: Agenda) -> None:
    """The chair and the deputy hear that the minutes wait, because they approve them."""
    meeting = agenda.meeting
    message = Message(
        code="council.minutes",
        subject=_("Approve the minutes: %(body)s %(number)s"),
        body=_("The meeting of %(body)s is closed. Read the minutes, and approve them."),
        values={"body": meeting.body.name, "number": f"{meeting.number}/{meeting.year}"},
        path=reverse("council:minutes_detail", args=[meeting.pk]),
    )
    people = [seat.person for seat in agenda.seats if seat.position in ("chair", "deputy")]
    notify(by=by, at=at, house=meeting, people=people, message=message)


def tell_corrected(*, by: Actor, at: datetime, agenda: Agenda, item: AgendaItem | None) -> None:
    """Those who sat in the meeting, and those the item is about, hear that the minutes are corrected.

    What was corrected stands on the page alone: there one reads what is open to one.
    """
    meeting = agenda.meeting
    message = Message(
        code="council.corrected",
        subject=_("The minutes are corrected: %(body)s %(number)s"),
        body=_(
            "%(by)s has noted a correction to the minutes of %(body)s %(number)s. The minutes stand as approved, with the correction after them. %(about)s"
        ),
        values={
            "by": by.name,
            "body": meeting.body.name,
            "number": f"{meeting.number}/{meeting.year}",
            "about": number_of(item, meeting) if item else "",
        },
        path=reverse("council:minutes_detail", args=[meeting.pk]),
    )
    about = [item.case.initiative] if item and item.case and item.case.initiative else []
    if item is not None:
        about += [row.own_case.initiative for row in rows_of_case(item.case) if row.own_case.initiative]
    named = [person for need in about for person in affected(need, on=timezone.localdate(at))]
    people = {person.pk: person for person in [*(seat.person for seat in agenda.seats), *named]}
    people.pop(by.person_or_none, None)
    notify(by=by, at=at, house=meeting, people=list(people.values()), message=message)


def tell_urgent(*, by: Actor, at: datetime, agenda: Agenda, title: str) -> None:
    """Everyone with a seat hears that the chair has taken in an urgent case, because they are to treat it."""
    meeting = agenda.meeting
    message = Message(
        code="council.urgent",
        subject=_("Urgent case: %(title)s"),
        body=_("%(by)s has taken in «%(title)s» as an urgent case in the meeting of %(body)s on %(time)s."),
        values={"title": title, "by": by.name, "body": meeting.body.name, "time": _moment(meeting.starts_at)},
        path=reverse("council:meeting_detail", args=[meeting.pk]),
    )
    _tell_seats(by=by, at=at, agenda=agenda, message=message)


def tell_substitute(*, by: Actor, at: datetime, agenda: Agenda, seat: Seat) -> None:
    """A substitute hears that one is called, because a member cannot be there."""
    meeting = agenda.meeting
    message = Message(
        code="council.substitute",
        subject=_("You are called as a substitute: %(body)s, %(time)s"),
        body=_("You are called as a substitute to the meeting of %(body)s on %(time)s. Place: %(place)s."),
        values={"body": meeting.body.name, "time": _moment(meeting.starts_at), "place": meeting.place or "–"},
        path=reverse("council:meeting_detail", args=[meeting.pk]),
    )
    notify(by=by, at=at, house=meeting, people=[seat.person], message=message)


def tell_action_point(*, by: Actor, at: datetime, meeting: Meeting, point: ActionPoint) -> None:
    """The one responsible hears what is to be done, because it is theirs to do."""
    message = Message(
        code="council.action_point",
        subject=_("You are to do something after the meeting of %(body)s"),
        body=_("%(text)s Deadline: %(due)s."),
        values={
            "body": meeting.body.name,
            "text": point.text,
            "due": formats.date_format(point.due_date, "SHORT_DATE_FORMAT"),
        },
        path=reverse("council:point_detail", args=[point.pk]),
    )
    notify(by=by, at=at, house=meeting, people=[point.responsible], message=message)
