"""What stands in this room's documents: the annual cycle as an iCalendar file (RFC 5545)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from samrad.governance.queries.cycle import Entry

REFRESH = "PT6H"


def _event(entry: Entry, *, at: datetime, page: str) -> Event:
    event = Event()
    # The same UID always, a higher sequence for each change: so a calendar moves what it holds, and adds nothing.
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at or at)
    event.add("summary", _("Cancelled: %(title)s") % {"title": entry.title} if entry.cancelled else entry.title)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if entry.starts_at is not None and entry.ends_at is not None:
        event.add("dtstart", timezone.localtime(entry.starts_at))
        event.add("dtend", timezone.localtime(entry.ends_at))
    else:
        event.add("dtstart", entry.first)
        event.add("dtend", entry.last + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    if entry.place:
        event.add("location", entry.place)
    note = entry.reason if entry.cancelled else entry.note
    if note:
        event.add("description", note)
    event.add("url", page)
    return event


def calendar(entries: Sequence[Entry], *, name: str, at: datetime, page: str) -> bytes:
    """The dates as a calendar to subscribe to or to take in once; what is cancelled stays in it, marked so."""
    made = Calendar()
    made.add("prodid", "-//Samråd//NO")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", settings.TIME_ZONE)
    made.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", REFRESH)
    for entry in entries:
        made.add_component(_event(entry, at=at, page=page))
    made.add_missing_timezones()
    return bytes(made.to_ical())
