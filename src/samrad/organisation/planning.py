"""What bringing in a list of people and units would change: worked out from the rows, before anything does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from samrad.organisation.models import Person, Unit
from samrad.organisation.reading import NO_NAME, Reading, Refusal, Row, Unknown
from samrad.organisation.roles import ROLES

NEEDS_SECTOR, NEEDS_FIELD, HAS_LEFT, UNIT_RETIRED = "needs_sector", "needs_field", "has_left", "unit_retired"


@dataclass(frozen=True)
class Standing:
    """What is there: people by e-mail, units by name, and the open roles of each person."""

    people: Mapping[str, Person]
    units: Mapping[str, Unit]
    roles: Mapping[int, frozenset[tuple[str, int | None]]]


@dataclass
class Planned:
    """What one row does: imported, updated or unchanged."""

    row: Row
    person: Person | None
    change: str
    values: dict[str, Any] = field(default_factory=dict)
    place: str = ""  # the name of the unit where the person works, in small letters
    roles: list[tuple[str, str]] = field(default_factory=list)  # (role, name of the sector)


@dataclass
class NewUnit:
    """A sector or unit that the file names: new, or to be put under another."""

    name: str
    kind: str
    parent: str = ""
    standing: Unit | None = None


@dataclass
class Plan:
    """Everything the file would do."""

    people: list[Planned]
    units: dict[str, NewUnit]
    refused: list[Refusal]
    unknown: list[Unknown]


def plan_of(reading: Reading, standing: Standing) -> Plan:
    """What each row would do, the units first."""
    plan = Plan([], {}, list(reading.refused), [])
    for row in reading.rows:
        refusal = _refusal(row, standing)
        if refusal:
            plan.refused.append(Refusal(row.record, row.line, refusal, row.name))
            continue
        lost = list(row.unknown)
        place, newly = _place(row, standing, plan.units, lost)
        if row.email:
            plan.people.append(_person(row, place, reading, standing, plan.units, lost))
        else:
            plan.people.append(Planned(row, None, "imported" if newly else "unchanged"))
        plan.unknown += lost
    plan.refused.sort(key=lambda refusal: refusal.record)
    return plan


def _refusal(row: Row, standing: Standing) -> str:
    if not row.email:
        return ""
    person = standing.people.get(row.email)
    if person is None:
        return "" if row.name else NO_NAME
    return "" if person.active else HAS_LEFT


def _lost(row: Row, target: str, text: str, reason: str) -> Unknown:
    return Unknown(row.record, row.line, "", target, text, reason)


def _place(row: Row, standing: Standing, units: dict[str, NewUnit], lost: list[Unknown]) -> tuple[str, bool]:
    """The unit a row names, made known; and whether the row is the first to say something new of a unit."""
    newly, above, place = False, "", ""
    for name, kind in ((row.sector, Unit.Kind.SECTOR), (row.unit, Unit.Kind.UNIT)):
        key = name.casefold()
        if not key or key == place:
            continue
        there = standing.units.get(key)
        if there is not None and there.valid_to is not None:
            lost.append(_lost(row, str(kind), name, UNIT_RETIRED))
            continue
        under = above if kind == Unit.Kind.UNIT else ""
        if key not in units:
            moves = bool(under) and (there is None or there.parent is None or there.parent.name.casefold() != under)
            if there is None or moves:
                units[key] = NewUnit(name, str(there.kind if there else kind), under, there)
                newly = True
        above = place = key
    return place, newly


def _person(
    row: Row, place: str, reading: Reading, standing: Standing, units: dict[str, NewUnit], lost: list[Unknown]
) -> Planned:
    person = standing.people.get(row.email)
    said = {"name": row.name, "title": row.title, "language": row.language}
    values = {name: value for name, value in said.items() if value}
    planned = Planned(row, person, "imported", values, place, _roles(row, place, standing, units, lost))
    if person is None:
        return planned
    held = standing.roles.get(person.pk, frozenset())
    planned.roles = [(role, sector) for role, sector in planned.roles if not _held(role, sector, held, standing)]
    planned.values = {name: value for name, value in values.items() if getattr(person, name) != value}
    now = person.unit.name.casefold() if person.unit else ""
    moved = bool(place) and place != now
    planned.change = "updated" if planned.values or planned.roles or moved else "unchanged"
    return planned


def _held(role: str, sector: str, held: frozenset[tuple[str, int | None]], standing: Standing) -> bool:
    if role != "sector_head":
        return any(code == role for code, _unit in held)
    unit = standing.units.get(sector)
    return unit is not None and (role, unit.pk) in held


def _roles(
    row: Row, place: str, standing: Standing, units: dict[str, NewUnit], lost: list[Unknown]
) -> list[tuple[str, str]]:
    """The roles that can be given as the row stands; a head of sector with the sector."""
    found = []
    for role in row.roles:
        if role == "expert_group_lead":
            lost.append(_lost(row, "roles", str(ROLES[role]), NEEDS_FIELD))
        elif role != "sector_head":
            found.append((role, ""))
        else:
            sector = row.sector.casefold() or place
            there = standing.units.get(sector)
            kind = there.kind if there else units[sector].kind if sector in units else ""
            if kind == Unit.Kind.SECTOR:
                found.append((role, sector))
            else:
                lost.append(_lost(row, "roles", str(ROLES[role]), NEEDS_SECTOR))
    return found
