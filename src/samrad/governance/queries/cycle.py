"""Reads of the annual cycle: its dates, the next deadlines, who follows it, and how it was kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.core import signing
from django.db.models import DateField, DateTimeField, Q, QuerySet, Value
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from samrad.core.acting import acting_for
from samrad.core.models import Owned
from samrad.governance.models import Body, CycleDate, CycleKind, CyclePlan, CycleSubscription, Mandate, PlannedMeeting
from samrad.organisation.actors import Actor, actor_of, entities_of
from samrad.organisation.models import Membership, Person

NEXT = 3
SALT = "samrad.governance.cycle-address"


@dataclass(frozen=True)
class Met:
    """What became of a planned meeting: where its page is, whether it has been held, and how a calendar knows it."""

    url: str
    held: bool
    uid: str
    sequence: int  # how often those who are called have been sent it
    starts_at: datetime
    ends_at: datetime
    place: str


MEETING_OF: list[Callable[[list[int]], dict[int, Met]]] = []
"""What knows the meetings set up from planned ones, by the planned one's id; the council adds to it in wiring.py."""


@dataclass(frozen=True)
class About:
    """What a date is about, and where its page is."""

    name: str
    url: str


ABOUT_DATE: list[Callable[[list[int]], dict[int, About]]] = []
"""What knows what a date is about, by its id; a later room adds itself in wiring.py."""


@dataclass(frozen=True)
class Entry:
    """One date in the annual cycle, whatever it comes from. `key` never changes: a calendar knows it by that."""

    key: str
    kind: str
    title: str
    first: date
    last: date
    house: int
    body: Body | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    note: str = ""
    cancelled: bool = False
    reason: str = ""
    sequence: int = 0
    changed_at: datetime | None = None
    edit: str = ""
    url: str = ""
    about: About | None = None
    calendar_uid: str = ""  # where those who are called have it by another name

    @property
    def uid(self) -> str:
        """What a calendar knows it by: the same as in the notice of meeting, so that it shows it once."""
        return self.calendar_uid or f"cycle-{self.key}@samrad"

    @property
    def lasts(self) -> bool:
        return self.last > self.first


def planned_for(actor: Actor) -> QuerySet[PlannedMeeting]:
    """The planned meetings of one's own houses; none for the public."""
    found = PlannedMeeting.objects.select_related("body")
    return found if actor.is_person else found.none()


def dates_for(actor: Actor) -> QuerySet[CycleDate]:
    """The other dates of one's own houses; none for the public."""
    found = CycleDate.objects.select_related("body")
    return found if actor.is_person else found.none()


def meetings_of(rows: Iterable[PlannedMeeting]) -> dict[int, Met]:
    """What has become of each planned meeting that is set up."""
    ids = [row.pk for row in rows]
    return {pk: met for ask in MEETING_OF for pk, met in ask(ids).items()} if ids else {}


def _of_meeting(row: PlannedMeeting, met: Met | None) -> list[Entry]:
    start = timezone.localtime(row.starts_at)
    name = row.body.name
    edit = reverse("governance:cycle_meeting_change", args=[row.pk])

    def entry(key: str, kind: str, title: str, day: date, *, timed: bool = False) -> Entry:
        return Entry(
            key=f"{key}-{row.pk}",
            kind=kind,
            title=title,
            first=day,
            last=day,
            house=row.owner_id,
            body=row.body,
            starts_at=row.starts_at if timed else None,
            ends_at=(row.ends_at or row.starts_at + timedelta(hours=2)) if timed else None,
            place=row.place if timed else "",
            cancelled=row.cancelled,
            reason=row.reason,
            sequence=row.sequence,
            changed_at=row.changed_at,
            edit=edit,
            url=met.url if met and timed else "",
        )

    day = formats.date_format(start.date(), "SHORT_DATE_FORMAT")
    meeting = entry("meeting", CycleKind.MEETING, _("Meeting of %(body)s") % {"body": name}, start.date(), timed=True)
    found = [
        _as_called(meeting, met) if met else meeting,
        entry(
            "deadline",
            CycleKind.DEADLINE,
            _("Last day to send in to %(body)s %(day)s") % {"body": name, "day": day},
            row.submission_deadline,
        ),
    ]
    if row.urgent_deadline and row.urgent_deadline != row.submission_deadline:
        title = _("Last day for urgent cases to %(body)s %(day)s") % {"body": name, "day": day}
        found.append(entry("urgent", CycleKind.DEADLINE, title, row.urgent_deadline))
    return found


def _as_called(entry: Entry, met: Met) -> Entry:
    """The date as the notice of meeting has it: its name, its time, and the changes in both."""
    day = timezone.localtime(met.starts_at).date()
    called = replace(entry, first=day, last=day, starts_at=met.starts_at, ends_at=met.ends_at, place=met.place)
    return replace(called, calendar_uid=met.uid, sequence=entry.sequence + met.sequence)


def _of_date(row: CycleDate, about: About | None) -> Entry:
    return Entry(
        key=f"date-{row.pk}",
        kind=row.kind,
        title=row.title,
        first=row.starts_on,
        last=row.last_day,
        house=row.owner_id,
        body=row.body,
        note=row.note,
        cancelled=row.cancelled,
        reason=row.reason,
        sequence=row.sequence,
        changed_at=row.changed_at,
        edit=reverse("governance:cycle_date_change", args=[row.pk]),
        about=about,
    )


def entries(
    actor: Actor,
    *,
    first: date,
    last: date,
    body_ids: Collection[int] = (),
    kinds: Collection[str] = (),
) -> list[Entry]:
    """The dates between two days that one may see, in order; of some bodies and kinds where any are named."""
    # A deadline may fall in the year before its meeting.
    after, before = timezone.make_aware(datetime(first.year, 1, 1)), timezone.make_aware(datetime(last.year + 1, 7, 1))
    meetings = planned_for(actor).filter(starts_at__gte=after, starts_at__lt=before)
    dates = (
        dates_for(actor)
        .filter(starts_on__lte=last)
        .filter(Q(ends_on__gte=first) | Q(ends_on__isnull=True, starts_on__gte=first))
    )
    if body_ids:
        meetings, dates = meetings.filter(body_id__in=body_ids), dates.filter(Q(body_id__in=body_ids) | Q(body=None))
    rows, others = list(meetings), list(dates)
    met = meetings_of(rows)
    about = {pk: said for ask in ABOUT_DATE for pk, said in ask([row.pk for row in others]).items()} if others else {}
    found = [entry for row in rows for entry in _of_meeting(row, met.get(row.pk))]
    found += [_of_date(row, about.get(row.pk)) for row in others]
    kept = [e for e in found if e.first <= last and e.last >= first and (not kinds or e.kind in kinds)]
    return sorted(kept, key=lambda e: (e.first, e.kind != CycleKind.QUIET, e.starts_at is not None, e.key))


@dataclass(frozen=True)
class Deadline:
    """A date that is published: what must be done by then, and when the meeting is."""

    day: date
    what: str
    note: str


def _deadline(day: date, urgent: date | None, starts_at: datetime | None, name: str, note: str) -> Deadline:
    if starts_at is None:
        return Deadline(day, name, note)
    meets = formats.date_format(timezone.localdate(starts_at), "DATE_FORMAT")
    said = _("The meeting is %(day)s.") % {"day": meets}
    if urgent and urgent != day:
        hurry = formats.date_format(urgent, "DATE_FORMAT")
        said = _("Urgent cases: %(urgent)s. The meeting is %(day)s.") % {"urgent": hurry, "day": meets}
    return Deadline(day, _("Send in needs for %(body)s") % {"body": name}, said)


def next_deadlines(actor: Actor, *, on: date, number: int = NEXT) -> list[Deadline]:
    """The next deadlines for sending in, of the bodies of one's own houses, in one query. Everyone sees them on their page."""
    meetings = planned_for(actor).filter(submission_deadline__gte=on, cancelled=False).order_by("submission_deadline")
    dates = dates_for(actor).filter(kind=CycleKind.DEADLINE, starts_on__gte=on, cancelled=False).order_by("starts_on")
    columns = ("submission_deadline", "urgent_deadline", "starts_at", "body__name", Value(""))
    nothing = (Value(None, DateField()), Value(None, DateTimeField()))
    rows = meetings.values_list(*columns)[:number].union(
        dates.values_list("starts_on", *nothing, "title", "note")[:number], all=True
    )
    return sorted((_deadline(*row) for row in rows), key=lambda deadline: deadline.day)[:number]


def bodies_in_cycle(actor: Actor) -> list[Body]:
    """The bodies that can have a year: those of one's own houses."""
    found = Body.objects.filter(owner_id__in=actor.entities) if actor.is_person else Body.objects.none()
    return list(found.select_related("owner").order_by("kind", "name"))


def quiet_in(house_id: int, year: int) -> list[tuple[date, date]]:
    """When the house has said that nobody meets."""
    rows = CycleDate.objects.filter(owner_id=house_id, kind=CycleKind.QUIET, cancelled=False, starts_on__year=year)
    return [(row.starts_on, row.last_day) for row in rows]


def planned_in(body: Body, year: int) -> list[PlannedMeeting]:
    """What stands for a body in a year, the cancelled too."""
    start, end = timezone.make_aware(datetime(year, 1, 1)), timezone.make_aware(datetime(year + 1, 1, 1))
    return list(PlannedMeeting.objects.filter(body=body, starts_at__gte=start, starts_at__lt=end))


def mandate_in(body: Body, year: int) -> Mandate | None:
    """The last mandate of a body that holds at some time in the year."""
    valid = (Q(valid_to__isnull=True) | Q(valid_to__gte=date(year, 1, 1))) & Q(state=Mandate.State.ADOPTED)
    return Mandate.objects.filter(valid, body=body, valid_from__lte=date(year, 12, 31)).order_by("-version").first()


def last_plan(body: Body, year: int) -> CyclePlan | None:
    """How the body met that year, or the last year before it that was planned."""
    return CyclePlan.objects.filter(body=body, year__lte=year).order_by("-year").first()


@dataclass(frozen=True)
class Kept:
    """A body's year against what it was to be: how many meetings the mandate wants, stand planned and are held."""

    body: Body
    wanted: int
    planned: int
    held: int

    @property
    def lacking(self) -> int:
        return max(self.wanted - self.planned, 0)


def kept(actor: Actor, year: int) -> list[Kept]:
    """For each body that has a year: what the mandate says, what is planned and what was held."""
    start, end = timezone.make_aware(datetime(year, 1, 1)), timezone.make_aware(datetime(year + 1, 1, 1))
    rows = list(planned_for(actor).filter(starts_at__gte=start, starts_at__lt=end, cancelled=False))
    met = meetings_of(rows)
    valid = (Q(valid_to__isnull=True) | Q(valid_to__gte=date(year, 1, 1))) & Q(state=Mandate.State.ADOPTED)
    mandates = Mandate.objects.filter(valid, valid_from__lte=date(year, 12, 31)).order_by("version")
    wanted = {m.body_id: m.meetings_per_year for m in mandates}
    found = []
    for body in {row.body_id: row.body for row in rows}.values():
        own = [row for row in rows if row.body_id == body.pk]
        held = sum(row.pk in met and met[row.pk].held for row in own)
        found.append(Kept(body, wanted.get(body.pk, 0), len(own), held))
    return sorted(found, key=lambda line: line.body.name)


def subscription_of(actor: Actor) -> CycleSubscription | None:
    """What one follows, if anything."""
    return CycleSubscription.objects.filter(person_id=actor.person_or_none).first()


def readers_of(house: Owned, *, on: date) -> set[int]:
    """The entities whose people can read a date: its owner, whom it is shared with, and the members of these."""
    houses = {pk for pk in (house.owner_id, house.shared_with_id) if pk is not None}
    held = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    members = Membership.objects.filter(held, cooperation_id__in=houses, valid_from__lte=on)
    return houses | set(members.values_list("member_id", flat=True))


def followers(readers: Collection[int], kinds: Collection[str], body_id: int | None) -> list[Person]:
    """Those of these entities who follow a date of such a kind and body."""
    rows = CycleSubscription.objects.filter(owner_id__in=readers, follows=True, person__active=True)
    return [
        row.person
        for row in rows.select_related("person")
        if (not row.kinds or set(row.kinds) & set(kinds))
        and (not row.body_ids or body_id is None or body_id in row.body_ids)
    ]


def address_of(subscription: CycleSubscription) -> str:
    """The secret address of a person's calendar: signed, so that the database alone opens nothing."""
    said = {"s": subscription.pk, "h": subscription.owner_id, "n": subscription.address_number}
    return reverse("governance:cycle_feed", args=[signing.dumps(said, salt=SALT)])


def subscriber(token: str, *, on: date) -> tuple[Actor, CycleSubscription] | None:
    """Whose calendar an address is; None where it is renewed, stopped or none of ours."""
    try:
        said = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    with acting_for(entities_of(said["h"], on=on)):
        found = CycleSubscription.objects.select_related("person").filter(
            pk=said["s"], address_number=said["n"], follows=True, person__active=True
        )
        row = found.first()
        return None if row is None else (actor_of(row.person_id, row.owner_id, on=on), row)


def usual_standing(house_id: int, year: int) -> set[str]:
    """Which of the usual dates a house has in a year already."""
    rows = CycleDate.objects.filter(owner_id=house_id, year=year).exclude(code="")
    return set(rows.values_list("code", flat=True))
