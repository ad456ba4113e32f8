"""Reads of open meetings and published documents, through the windows (windows.py). Here nothing is decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event

from samrad.council.models import Meeting, Publication
from samrad.council.policy.publishing import audiences_for
from samrad.council.queries import treats
from samrad.documents import paper as p_
from samrad.documents.paper import Block, Paper
from samrad.initiatives.models import Initiative, Responsibility
from samrad.initiatives.queries import Sight, sight
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.overview.models import OpenBody, OpenMeeting, Published, PublishedPart

AUDIENCES = Publication.Audience
ORDER = {kind: place for place, kind in enumerate(Publication.Kind.values)}
LATEST, HITS = 30, 50


def houses_with_open_meetings() -> QuerySet[Entity]:
    """The municipalities and cooperations with a body whose meetings anyone may attend."""
    return Entity.objects.filter(pk__in=OpenBody.objects.values("house_id")).order_by("name")


def open_bodies(house_id: int) -> list[str]:
    """The names of a house's open bodies."""
    return list(OpenBody.objects.filter(house_id=house_id).order_by("name").values_list("name", flat=True))


def open_meetings(house_id: int) -> QuerySet[OpenMeeting]:
    """The meetings of a house's open bodies."""
    return OpenMeeting.objects.filter(house_id=house_id)


def open_documents(house_id: int) -> QuerySet[Published]:
    """What a house has published to everyone of its open meetings, the newest first. The text comes part by part."""
    mine = open_meetings(house_id).values("pk")
    rows = Published.objects.filter(house_id=house_id, audience=AUDIENCES.PUBLIC, meeting_id__in=mine)
    return rows.defer("facts").order_by("-published_at", "-pk")


def in_order(rows: Iterable[Published]) -> list[Published]:
    """The documents of a meeting: the agenda, each case paper by its number, the minutes."""
    return sorted(rows, key=lambda row: (ORDER[row.kind], row.item_number or 0, row.pk))


@dataclass(frozen=True)
class Hit:
    """A document that holds the words one looks for."""

    document: Published
    heading: str


def search(house_id: int, words: str) -> list[Hit]:
    """The public documents with a part that holds all the words, the newest first, with the heading it stands under.

    What is held back is not looked in.
    """
    rows = PublishedPart.objects.filter(publication__in=open_documents(house_id).values("pk"))
    for word in words.split()[:8]:
        rows = rows.filter(
            Q(heading__icontains=word) | Q(words__icontains=word) | Q(publication__title__icontains=word)
        )
    first = rows.select_related("publication").defer("blocks", "words", "publication__facts")
    hits = [
        Hit(p.publication, p.heading.strip())
        for p in first.order_by("publication_id", "order").distinct("publication_id")
    ]
    return sorted(hits, key=lambda hit: (hit.document.published_at, hit.document.pk), reverse=True)[:HITS]


def documents_for(actor: Actor, meeting: Meeting) -> list[Published]:
    """The documents of a meeting that are published to the actor. A paper that is not public is read with its case."""
    rows = list(Published.objects.filter(meeting_id=meeting.pk, audience__in=audiences_for(actor, meeting)))
    ids = [row.initiative_id for row in rows if row.initiative_id and row.audience != AUDIENCES.PUBLIC]
    if ids and not treats(actor, meeting):
        mine = Responsibility.objects.filter(initiative__in=ids, person_id=actor.person_or_none)
        involved = set(mine.values_list("initiative_id", flat=True))
        needs = Initiative.objects.filter(pk__in=ids)
        seen = {i.pk for i in needs if sight(actor, i, involved=i.pk in involved) >= Sight.OPEN}
        rows = [r for r in rows if r.audience == AUDIENCES.PUBLIC or r.initiative_id is None or r.initiative_id in seen]
    return in_order(rows)


def held_back(basis: str) -> str:
    """What stands in place of what is exempt."""
    return _("Exempt from public access, cf. %(basis)s.") % {"basis": basis}


def _closed(part: PublishedPart) -> list[Block]:
    title = part.heading or _("Item behind closed doors")
    return [p_.heading(f"{part.label} {title}".strip(), 2), p_.note(held_back(part.basis or ""))]


def _blocks(parts: Iterable[PublishedPart]) -> list[Block]:
    found: list[Block] = []
    closed: set[int | None] = set()
    for part in parts:
        if part.closed:
            if part.item_id not in closed:
                closed.add(part.item_id)
                found += _closed(part)
            continue
        if part.heading:
            found.append(p_.heading(part.heading, part.level))
        if part.blocks is not None:
            found += part.blocks
        elif (said := p_.note(held_back(part.basis or ""))) != (found[-1] if found else None):
            found.append(said)
    return found


def paper_of(row: Published) -> Paper:
    """A published document as it can be read today, to be shown or printed."""
    with override(row.language):
        return Paper(
            title=row.title,
            blocks=_blocks(row.parts.defer("words").order_by("order")),
            at=row.published_at,
            body=row.body_name,
            kind=str(row.get_kind_display()),
            facts=row.facts,
            language=row.language,
        )


def filename(row: Published) -> str:
    """What the file is called: kind, year and numbers, never a title."""
    kind = {"agenda": "saksliste", "paper": "saksframlegg", "minutes": "motebok"}[row.kind]
    return "-".join(str(part) for part in (kind, row.year, row.number, row.item_number) if part) + ".pdf"


def _absolute(name: str, *args: object) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=args)}"


def feed(house: Entity) -> str:
    """The newest public documents of a house, as an Atom feed."""
    home = _absolute("overview:open_meeting_list", house.slug)
    made = Atom1Feed(
        title=_("Meetings in %(house)s") % {"house": house.name},
        link=home,
        description="",
        feed_url=_absolute("overview:open_meeting_feed", house.slug),
        language=house.language,
    )
    for row in open_documents(house.pk)[:LATEST]:
        link = _absolute("overview:open_document", house.slug, row.meeting_id, row.pk)
        where = f"{row.body_name} {row.number}/{row.year}"
        made.add_item(
            title=f"{row.get_kind_display()}: {row.title}" if row.kind == "paper" else row.title,
            link=link,
            description=where,
            unique_id=link,
            pubdate=row.published_at,
            updateddate=row.published_at,
        )
    return str(made.writeString("utf-8"))


def calendar(house: Entity, meetings: Sequence[OpenMeeting], *, at: datetime) -> bytes:
    """The open meetings of a house, as a calendar to subscribe to. The UID is the one those who are called have."""
    made = Calendar()
    made.add("prodid", "-//Samråd//NO")
    made.add("version", "2.0")
    made.add("x-wr-calname", _("Meetings in %(house)s") % {"house": house.name})
    for row in meetings:
        event = Event()
        event.add("uid", row.calendar_uid)
        event.add("sequence", row.calendar_sequence)
        event.add("dtstamp", at)
        event.add("dtstart", row.starts_at)
        event.add("dtend", row.ends_at)
        event.add("summary", f"{row.body_name} {row.number}/{row.year}")
        event.add("status", "CANCELLED" if row.state == Meeting.State.CANCELLED else "CONFIRMED")
        if row.place:
            event.add("location", row.place)
        event.add("url", _absolute("overview:open_meeting", house.slug, row.pk))
        made.add_component(event)
    return bytes(made.to_ical())
