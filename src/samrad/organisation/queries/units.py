"""Sectors and units as their pages show them: the tree, the heads, what merging would move."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet

from samrad.organisation.models import Person, RoleAssignment, Unit
from samrad.organisation.queries import units_of


@dataclass(frozen=True)
class UnitLine:
    """One sector or unit in the list."""

    unit: Unit
    depth: int
    heads: list[RoleAssignment] = field(default_factory=list)
    people: int = 0


def heads_of(units: Iterable[Unit], *, on: date) -> dict[int, list[RoleAssignment]]:
    """Who heads each of some units on a day or later, by unit."""
    rows = RoleAssignment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), role="sector_head", unit__in=[u.pk for u in units]
    )
    found: dict[int, list[RoleAssignment]] = {}
    for row in rows.filter(person__active=True, stands_in_for=None).select_related("person").order_by("valid_from"):
        found.setdefault(row.unit_id or 0, []).append(row)
    return found


def unit_lines(entity_ids: Iterable[int], *, on: date) -> tuple[list[UnitLine], list[Unit]]:
    """The sectors and units there are, each under the one it belongs to; and those that are retired."""
    every = list(
        units_of(entity_ids)
        .select_related("owner", "substitute", "merged_into")
        .annotate(size=Count("people", filter=Q(people__active=True)))
    )
    here = [unit for unit in every if unit.open_on(on)]
    heads = heads_of(here, on=on)
    ids = {unit.pk for unit in here}
    lines: list[UnitLine] = []

    def under(parent: int | None, owner: int, depth: int) -> None:
        for unit in here:
            above = unit.parent_id if unit.parent_id in ids else None
            if unit.owner_id == owner and above == parent and depth < 8:
                lines.append(UnitLine(unit, depth, heads.get(unit.pk, []), getattr(unit, "size", 0)))
                under(unit.pk, owner, depth + 1)

    for owner in dict.fromkeys(unit.owner_id for unit in here):
        under(None, owner, 0)
    return lines, [unit for unit in every if not unit.open_on(on)]


def below(unit: Unit) -> set[int]:
    """The unit and everything under it: what it cannot itself be under."""
    found, edge = {unit.pk}, [unit.pk]
    while edge:
        edge = [pk for pk in Unit.objects.filter(parent__in=edge).values_list("pk", flat=True) if pk not in found]
        found |= set(edge)
    return found


def people_in(unit: Unit) -> QuerySet[Person]:
    """Those who work in a unit."""
    return Person.objects.filter(unit=unit, active=True).order_by("name")


def merged_by(entity_id: int, *, on: date) -> list[Unit]:
    """The retired units of an entity whose people have not been moved to the one that took over."""
    rows = Unit.objects.filter(owner_id=entity_id, valid_to__lt=on, merged_into__isnull=False)
    moved = Q(people__active=True) | Q(children__isnull=False)
    return list(rows.filter(moved).distinct().select_related("merged_into"))
