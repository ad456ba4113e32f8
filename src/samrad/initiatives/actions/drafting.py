"""Where an initiative begins: an empty draft, one for another municipality, one that is taken in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from samrad.core.bulk import insert_all
from samrad.core.models import Owned, house_of
from samrad.eventlog.actions import record, record_all
from samrad.initiatives import events
from samrad.initiatives.models import (
    Initiative,
    ReferenceCounter,
    Responsibility,
)
from samrad.initiatives.policy import (
    can_start,
)
from samrad.initiatives.queries import (
    sector_of,
)
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity, Person


def sort_key(title: str) -> str:
    """A title's place in the Norwegian alphabet (… Z Æ Ø Å, Aa as Å), equal on any server."""
    folded = title.strip().lower().replace("aa", "å")
    return folded.translate(str.maketrans("æäøöå", "{{||}"))[:240]


@transaction.atomic
def next_number(
    *, by: Actor, at: datetime, owner_id: int, shared_with_id: int | None, series: str, count: int = 1
) -> int:
    """The next number of a series this year, given out once; the first of `count` in a row. Part of the action that asks."""
    counter, _made = ReferenceCounter.objects.get_or_create(
        owner_id=owner_id,
        series=series,
        year=at.year,
        defaults={"shared_with_id": shared_with_id},
    )
    counter = ReferenceCounter.objects.select_for_update(of=("self",)).get(pk=counter.pk)
    counter.last += count
    counter.save(update_fields=["last"])
    return counter.last - count + 1


def _references(by: Actor, at: datetime, owner_id: int, shared_with_id: int | None, count: int = 1) -> list[str]:
    # A cooperation numbers its members' initiatives in one series.
    house = shared_with_id or owner_id
    first = next_number(by=by, at=at, owner_id=house, shared_with_id=None, series="T", count=count)
    return [f"T-{at.year}-{number:04d}" for number in range(first, first + count)]


def cooperation_of(by: Actor) -> int | None:
    """The cooperation that what a person makes is shared with."""
    shared = [e for e in by.entities if e != by.entity_id]
    return shared[0] if shared else None


@transaction.atomic
def start_draft(*, by: Actor, at: datetime, title: str = "") -> Initiative:
    """Begin to describe a need. It has its reference at once, and only those who write it see it."""
    can_start(by).require()
    assert by.entity_id is not None
    writer = Person.objects.select_related("unit").get(pk=by.person)
    initiative = make_draft(
        by=by, at=at, owner_id=by.entity_id, share_id=cooperation_of(by), title=title, sector_id=sector_of(writer)
    )
    # Whoever reports it is responsible until another is named: one field less to fill in.
    for kind in ("author", "lead"):
        Responsibility.objects.create(**house_of(initiative), initiative=initiative, person_id=by.person, kind=kind)
    record(events.DraftStarted(initiative_id=initiative.pk), by=by, at=at, house=initiative)
    return initiative


@transaction.atomic
def start_draft_for(*, by: Actor, at: datetime, house: Owned, title: str, **values: Any) -> Initiative:
    """Begin to describe a need that belongs to another municipality than one's own, with what is known of it already."""
    share = house.shared_with_id
    initiative = make_draft(by=by, at=at, owner_id=house.owner_id, share_id=share, title=title, **values)
    Responsibility.objects.create(
        **house_of(initiative), initiative=initiative, person_id=by.person, kind=Responsibility.Kind.AUTHOR
    )
    record(events.DraftStarted(initiative_id=initiative.pk), by=by, at=at, house=initiative)
    return initiative


def make_draft(
    *,
    by: Actor,
    at: datetime,
    owner_id: int,
    share_id: int | None,
    title: str,
    sector_id: int | None = None,
    **values: Any,
) -> Initiative:
    """An empty draft with its reference. Part of the action that asks, which names its people and records it."""
    return Initiative.objects.create(
        owner_id=owner_id,
        shared_with_id=share_id,
        reference=_references(by, at, owner_id, share_id)[0],
        title=title[:200],
        title_sort=sort_key(title),
        participant_ids=_first_participants(owner_id),
        owning_sector_id=sector_id,
        created_by_id=by.person,
        created_at=at,
        updated_at=at,
        **values,
    )


def _first_participants(entity_id: int) -> list[int]:
    entity = Entity.objects.get(pk=entity_id)
    return [entity_id] if entity.kind == Entity.Kind.MUNICIPALITY else []


@dataclass(frozen=True)
class UnderWay:
    """An initiative that is under way already, as it is taken in."""

    title: str
    source_id: str
    phase: str = "execute"


@transaction.atomic
def take_in_initiatives(
    *, by: Actor, at: datetime, owner_id: int, shared_with_id: int | None, taken: Sequence[UnderWay]
) -> list[Initiative]:
    """Take in initiatives that are under way already («tatt inn ved innføring», flow.md D.9), many at once, in their order."""
    if not taken:
        return []
    references = _references(by, at, owner_id, shared_with_id, len(taken))
    participants = _first_participants(owner_id)
    made = insert_all(
        Initiative(
            owner_id=owner_id,
            shared_with_id=shared_with_id,
            reference=reference,
            title=one.title[:200],
            title_sort=sort_key(one.title),
            participant_ids=participants,
            classification=Initiative.Classification.DEVELOPMENT,
            phase=one.phase,
            stage=Initiative.Stage.DECIDED,
            origin=Initiative.Origin.IMPORTED,
            source_id=one.source_id,
            created_by_id=by.person,
            created_at=at,
            updated_at=at,
            decided_at=at,
        )
        for reference, one in zip(references, taken, strict=True)
    )
    record_all([(events.TakenIn(initiative_id=i.pk, origin="imported"), i) for i in made], by=by, at=at)
    return made
