"""Who sits in the council, and how a meeting comes as far as a test needs it. Made by actions."""

from __future__ import annotations

from datetime import UTC, datetime

from samrad.core.acting import acting_for
from samrad.council import actions
from samrad.council.models import AgendaItem, Meeting
from samrad.governance.actions import adopt_mandate, give_seat
from samrad.initiatives.models import Initiative
from samrad.organisation import actions as organisation
from samrad.organisation.actors import system_actor
from tests.anchoring.line import AT, ON, Line

STARTS = datetime(2026, 12, 10, 8, 0, tzinfo=UTC)
ENDS = datetime(2026, 12, 10, 10, 0, tzinfo=UTC)
SEATS = {
    "chair": ("fjell", "Kåre Leder", "council_chair", "chair"),
    "deputy": ("dal", "Nina Nest", "council_deputy", "deputy"),
    "member": ("dal", "Mons Medlem", "council_member", "member"),
    "substitute": ("fjell", "Vera Vara", "substitute", "substitute"),
}
ARCHIVE = {"fjell_archive": "fjell", "dal_archive": "dal", "other_archive": "annen"}


def seat_everyone(line: Line) -> None:
    """Seats, a mandate, and records managers."""
    region, houses = line.entities["region"], {"annen": "annetsamarbeid"}
    assert line.council is not None
    with acting_for([e.pk for e in line.entities.values()]):
        people = {k: (slug, name, role) for k, (slug, name, role, _seat) in SEATS.items()}
        people |= {k: (slug, f"Arkivar {slug}", "records_manager") for k, slug in ARCHIVE.items()}
        for key, (slug, name, role) in people.items():
            home = line.entities[slug]
            by = system_actor(home.pk, on=ON)
            share = line.entities[houses.get(slug, "region")]
            line.people[key] = organisation.add_person(
                by=by, at=AT, owner=home, shared_with=share, name=name, email=f"{key}@{slug}.example"
            )
            scope = region if key in SEATS else home
            organisation.give_role(by=by, at=AT, person=line.people[key], role=role, valid_from=ON, entity=scope)
        by = system_actor(region.pk, on=ON)
        adopt_mandate(by=by, at=AT, body=line.council, valid_from=ON, adopted_by="Kommunestyrene")
        for key, (slug, _name, _role, position) in SEATS.items():
            give_seat(
                by=by,
                at=AT,
                body=line.council,
                person=line.people[key],
                position=position,
                valid_from=ON,
                municipality=line.entities[slug],
            )


def planned(line: Line) -> Meeting:
    """A meeting that is set up."""
    assert line.council is not None
    with line.acting("secretary") as by:
        return actions.plan_meeting(
            by=by, at=AT, body=line.council, starts_at=STARTS, ends_at=ENDS, place="Fjell rådhus"
        )


def noticed(line: Line, **values: object) -> tuple[Initiative, Meeting, AgendaItem]:
    """A prepared case on the agenda of a meeting to which the notice is sent."""
    need, meeting = line.prepared(**values), planned(line)
    with line.acting("secretary") as by:
        item = actions.put_on_agenda(by=by, at=AT, meeting_id=meeting.pk, case_id=line.case(need).pk)
        actions.send_notice(by=by, at=AT, meeting_id=meeting.pk)
    return need, meeting, item


def held(line: Line, *there: str, **values: object) -> tuple[Initiative, Meeting, AgendaItem]:
    """The same meeting, held, with those present who are named (everyone who votes where none is)."""
    need, meeting, item = noticed(line, **values)
    attend(line, meeting, *(there or ("chair", "deputy", "member")))
    return need, meeting, item


def attend(line: Line, meeting: Meeting, *there: str) -> None:
    """Write down who is present."""
    with line.acting("secretary") as by:
        seats = {s.pk: s.person_id for s in meeting.body.seats.all()}
        ids = {line.people[k].pk for k in there}
        presence = {pk: "present" if person in ids else "absent" for pk, person in seats.items()}
        actions.record_attendance(by=by, at=AT, meeting_id=meeting.pk, presence=presence)


def treated(line: Line, **values: object) -> tuple[Initiative, Meeting, AgendaItem]:
    """The same meeting, with the case treated."""
    need, meeting, item = held(line, **values)
    with line.acting("secretary") as by:
        actions.treat_item(
            by=by,
            at=AT,
            item_id=item.pk,
            version=None,
            outcome="recommended",
            text="Rådet anbefaler elektroniske låser.",
            reason="Tiden spares hver natt.",
            discussion="Rådet drøftet saken.",
        )
    return need, meeting, item


def approved(line: Line, **values: object) -> tuple[Initiative, Meeting, AgendaItem]:
    """The same meeting, with its minutes approved."""
    need, meeting, item = treated(line, **values)
    with line.acting("chair") as by:
        actions.approve_minutes(by=by, at=AT, meeting_id=meeting.pk)
    return need, meeting, item
