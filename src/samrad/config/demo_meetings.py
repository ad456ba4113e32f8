"""The demo's meetings in the council: three that have been held, and the one to come."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from samrad.config.demo_papers import gather_last, own_template, short_meeting, write_papers
from samrad.council import actions as council
from samrad.council.models import Meeting
from samrad.council.queries import Agenda
from samrad.council.queries.publishing import documents_of
from samrad.governance.models import PlannedMeeting

if TYPE_CHECKING:
    from samrad.config.demo import World
    from samrad.config.demo_way import Walk


def _set_up(world: World, planned: PlannedMeeting, at: datetime) -> Meeting:
    made: Meeting = world.do(
        "sekretariat",
        council.plan_meeting,
        at=at,
        body=world.bodies["council"],
        starts_at=planned.starts_at,
        ends_at=planned.ends_at,
        place=planned.place,
        planned=planned,
    )
    return made


def gather(world: World, planned: PlannedMeeting, ways: list[Walk]) -> None:
    """Set up the meeting to come, with the cases that are ready on its agenda."""
    if not ways:
        return
    meeting = _set_up(world, planned, world.ago(20))
    for place, way in enumerate(ways):
        at = world.ago(6) + timedelta(minutes=11 * place)
        world.do("sekretariat", council.put_on_agenda, at=at, meeting_id=meeting.pk, case_id=way.case.pk)
    own_template(world)
    write_papers(world, ways[0].case.pk)
    short_meeting(world)
    gather_last(world)


def hold(world: World, planned: PlannedMeeting, ways: list[Walk], *, closed: bool) -> None:
    """A whole meeting, from the agenda to approved minutes that anyone can read; in one of them a closed item."""
    if not ways:
        return
    start = planned.starts_at
    meeting = _set_up(world, planned, start - timedelta(days=21))
    items = []
    for place, way in enumerate(ways):
        at = start - timedelta(days=12) + timedelta(minutes=9 * place)
        items.append(world.do("sekretariat", council.put_on_agenda, at=at, meeting_id=meeting.pk, case_id=way.case.pk))
    if closed:
        _close_one(world, meeting, start - timedelta(days=10))
    world.do("sekretariat", council.send_notice, at=start - timedelta(days=8), meeting_id=meeting.pk)
    seats = world.read(lambda: list(meeting.body.seats.all()))
    presence = {s.pk: "remote" if i == 3 else "present" for i, s in enumerate(seats)}
    world.do("saksbehandler", council.record_attendance, at=start, meeting_id=meeting.pk, presence=presence)
    for place, (item, way) in enumerate(zip(items, ways, strict=True), 1):
        against = way.tiltak.stage == "rejected"
        world.do(
            "saksbehandler",
            council.treat_item,
            at=start + timedelta(minutes=15 * place),
            item_id=item.pk,
            version=None,
            outcome="advise_against" if against else "recommended",
            text=f"Digitaliseringsrådet {'fraråder' if against else 'anbefaler'} tiltaket «{way.tiltak.title}».",
            reason="Rådet la vekt på gevinsten, kostnaden og hvor mange som er berørt.",
            discussion="Saken ble lagt fram av sekretariatet. Rådet var enig.",
        )
        if way.place % 5 == 0:
            _vote(world, item.pk, start + timedelta(minutes=15 * place + 10))
    point = world.do(
        "saksbehandler",
        council.give_action_point,
        at=start + timedelta(hours=2),
        meeting_id=meeting.pk,
        item_id=items[0].pk,
        text="Legge fram status for piloten i neste møte.",
        responsible_id=world.people["granlia-leder-helse"].pk,
        due=(start + timedelta(days=21)).date(),
    )
    world.do("leder", council.approve_minutes, at=start + timedelta(hours=6), meeting_id=meeting.pk)
    _publish(world, meeting, start + timedelta(hours=7))
    world.do("granlia-leder-helse", council.finish_action_point, at=start + timedelta(days=9), point_id=point.pk)


def _close_one(world: World, meeting: Meeting, at: datetime) -> None:
    """Something the council is told behind closed doors."""
    title = "Bemanningen i porteføljekontoret"
    item = world.do("sekretariat", council.add_information, at=at, meeting_id=meeting.pk, title=title, minutes=10)
    plan = {"version": None, "minutes": 10, "closed_code": "koml-11-5-2", "open_title": "Personalsak"}
    world.do("sekretariat", council.plan_item, at=at + timedelta(minutes=3), item_id=item.pk, **plan)


def _publish(world: World, meeting: Meeting, at: datetime) -> None:
    """Everything of a held meeting is published, after wider access has been considered where something is held back."""
    documents = world.read(lambda: documents_of(Agenda(Meeting.objects.get(pk=meeting.pk)), on=world.today))
    for document in documents:
        for held in document.held:
            world.do(
                "sekretariat",
                council.consider_wider_access,
                at=at,
                meeting_id=meeting.pk,
                document=document.key,
                held=held.key,
                outcome="kept",
                reason="Saken gjelder arbeidsforholdet til en ansatt, og vil gjelde like mye i morgen.",
            )
    keys = [document.key for document in documents]
    said = {"meeting_id": meeting.pk, "documents": keys, "audience": "public"}
    world.do("sekretariat", council.publish_documents, at=at + timedelta(minutes=5), **said)


def _vote(world: World, item_id: int, at: datetime) -> None:
    """Over some cases it is voted, and one member wants the dissent in the minutes."""
    votes = {"votes_for": 5, "votes_against": 1, "votes_blank": 0}
    world.do("saksbehandler", council.record_vote, at=at, item_id=item_id, version=None, **votes)
    world.do(
        "saksbehandler",
        council.record_statement,
        at=at + timedelta(minutes=2),
        item_id=item_id,
        person_id=world.people["skarholt-leder-oppvekst"].pk,
        kind="dissent",
        text="Jeg mener vi bør vente til erfaringene fra de andre er oppsummert.",
    )
