"""Reads of coordinators and arenas, with what is flagged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from samrad.governance.models import Arena, Coordinator, Field
from samrad.governance.queries.rules import houses_of, in_force
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person


def coordinators_for(actor: Actor) -> QuerySet[Coordinator]:
    """The coordinators one may read about."""
    rows = Coordinator.objects.filter(owner_id__in=houses_of(actor)).select_related("person", "owner")
    return rows.prefetch_related("shares__municipality")


def coordinating(owner_id: int, *, on: date) -> QuerySet[Person]:
    """Those who stand in a house's register of coordinators on a day."""
    rows = in_force(Coordinator.objects.filter(owner_id=owner_id), on)
    return Person.objects.filter(active=True, pk__in=rows.values("person_id")).select_related("owner").order_by("name")


def missing_origins(rows: Iterable[Coordinator]) -> list[str]:
    """The origins that no coordinator has, in words (S26.AK2)."""
    found = {row.origin for row in rows}
    return [str(label) for code, label in Coordinator.Origin.choices if code not in found]


def arenas_for(actor: Actor) -> QuerySet[Arena]:
    """The arenas one may read about, with the day each was last held."""
    rows = Arena.objects.filter(owner_id__in=houses_of(actor)).select_related("field", "owner")
    return rows.annotate(last_held=Max("meetings__held_date"))


@dataclass(frozen=True)
class ArenaLine:
    """One arena in the list: when it was last held, and whether it is too long ago (S7.AK3)."""

    arena: Arena
    last: date | None
    overdue: bool


def arena_lines(rows: Iterable[Arena], on: date) -> list[ArenaLine]:
    """The lines of the list, those that are overdue first."""
    lines = [ArenaLine(a, a.last_held, a.overdue_on(on, a.last_held)) for a in rows]  # type: ignore[attr-defined]  # annotated
    return sorted(lines, key=lambda line: (not line.overdue, line.arena.name))


def fields_without_ict(fields: Iterable[Field], rows: Iterable[Arena]) -> list[Field]:
    """The fields whose expert group meets ICT nowhere (S38.AK1)."""
    served = {arena.field_id for arena in rows if arena.with_ict and arena.ended is None}
    return [one for one in fields if one.uses_expert_group and one.pk not in served]
