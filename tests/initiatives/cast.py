"""The cast: two municipalities in one cooperation, one in another, and the people who act. Made by actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.test import Client

from samrad.core.acting import acting_for
from samrad.governance.models import Body, Field, PlannedMeeting
from samrad.organisation import actions
from samrad.organisation.actors import Actor, actor_of, system_actor
from samrad.organisation.models import Entity, Person, Unit

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ON = date(2026, 1, 1)
PASSWORD = "en lang og god setning"


@dataclass
class Cast:
    """Who is who."""

    fjell: Entity
    dal: Entity
    region: Entity
    other: Entity
    health: Unit
    field: Field
    proposer: Person
    colleague: Person
    sector_head: Person
    records_manager: Person
    neighbour: Person
    stranger: Person

    def actor(self, person: Person) -> Actor:
        """The person as one who acts."""
        return actor_of(person.pk, person.owner_id, on=date(2026, 11, 2))

    def client(self, person: Person) -> Client:
        """A browser where the person is signed in."""
        client = Client()
        assert person.account is not None
        client.force_login(person.account)
        return client


def _people(by: Actor, owner: Entity, region: Entity, names: list[str]) -> list[Person]:
    return [
        actions.add_person(
            by=by,
            at=AT,
            owner=owner,
            shared_with=region,
            name=name,
            email=f"{name.split()[0].lower()}@{owner.slug}.example",
            password=PASSWORD,
        )
        for name in names
    ]


def make_cast() -> Cast:
    """Everyone, and the field, bodies and meetings they need."""
    made = [
        Entity.objects.create(slug=slug, name=name, kind=kind)
        for slug, name, kind in [
            ("fjell", "Fjell", "municipality"),
            ("dal", "Dal", "municipality"),
            ("region", "Fjellregionen", "cooperation"),
            ("annen", "Annen", "municipality"),
            ("annetsamarbeid", "Annet samarbeid", "cooperation"),
        ]
    ]
    fjell, dal, region, other, other_region = made
    with acting_for([entity.pk for entity in made]):
        by = system_actor(region.pk, on=ON)
        for member, cooperation in [(fjell, region), (dal, region), (other, other_region)]:
            actions.join_cooperation(by=by, at=AT, cooperation=cooperation, member=member, valid_from=ON)
        home = system_actor(fjell.pk, on=ON)
        health = actions.add_unit(by=home, at=AT, owner=fjell, shared_with=region, name="Helse og omsorg")
        people = _people(home, fjell, region, ["Anne Berg", "Kari Lie", "Siri Dahl", "Arne Moen"])
        proposer, colleague, sector_head, records_manager = people
        [neighbour] = _people(system_actor(dal.pk, on=ON), dal, region, ["Nils Nabo"])
        [chief] = _people(system_actor(dal.pk, on=ON), dal, region, ["Oda Rådmann"])
        [stranger] = _people(system_actor(other.pk, on=ON), other, other_region, ["Stian Stranger"])
        give = {"by": home, "at": AT, "valid_from": ON}
        actions.give_role(**give, person=sector_head, role="sector_head", unit=health)  # type: ignore[arg-type]
        actions.give_role(**give, person=records_manager, role="records_manager")  # type: ignore[arg-type]
        away = system_actor(dal.pk, on=ON)
        actions.give_role(by=away, at=AT, person=chief, role="chief_executive", valid_from=ON)
        field = Field.objects.create(
            owner=region, shared_with=region, code="helse", name="Helse og omsorg", uses_expert_group=False
        )
        council = Body.objects.create(owner=region, shared_with=region, kind="council", name="Digitaliseringsrådet")
        for month in (1, 2, 3):
            PlannedMeeting.objects.create(
                owner=region,
                shared_with=region,
                body=council,
                starts_at=datetime(2030, month, 14, 9, tzinfo=UTC),
                submission_deadline=date(2030, month, 1),
            )
    return Cast(
        fjell, dal, region, other, health, field, proposer, colleague, sector_head, records_manager, neighbour, stranger
    )
