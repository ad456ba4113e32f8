"""Reads about ICT effort: month by month, unit by unit, and what it adds up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from samrad.organisation.actors import Actor
from samrad.organisation.models import Unit
from samrad.organisation.roles import roles_for
from samrad.portfolio.effort import Spent, added_up
from samrad.portfolio.models import Effort, Portfolio


def effort_of(portfolio: Portfolio, *, first: date | None = None, last: date | None = None) -> QuerySet[Effort]:
    """The effort of the portfolio's house and of those who share theirs with it, from the first to the last month."""
    rows = Effort.objects.filter(Q(owner_id=portfolio.owner_id) | Q(shared_with_id=portfolio.owner_id))
    if first is not None:
        rows = rows.filter(month__gte=first)
    if last is not None:
        rows = rows.filter(month__lte=last)
    return rows.select_related("unit", "owner")


def effort_balance(portfolio: Portfolio, *, first: date, last: date) -> Spent:
    """Operation against development in hours, for a picture of the balance: all units, first to last month, both in."""
    return added_up(effort_of(portfolio, first=first, last=last))


@dataclass(frozen=True)
class UnitSpent:
    """What one unit has spent its time on."""

    unit: Unit
    house: str
    months: int
    spent: Spent


def by_month(rows: Iterable[Effort], months: Iterable[date]) -> list[tuple[date, Spent | None]]:
    """Each month with all the units added up; nothing where no unit has written it down."""
    kept: dict[date, list[Effort]] = defaultdict(list)
    for row in rows:
        kept[row.month].append(row)
    return [(month, added_up(kept[month]) if month in kept else None) for month in months]


def by_unit(rows: Iterable[Effort]) -> list[UnitSpent]:
    """Each unit that has written something down, by house and name."""
    kept: dict[int, list[Effort]] = defaultdict(list)
    for row in rows:
        kept[row.unit_id].append(row)
    found = [UnitSpent(mine[0].unit, mine[0].owner.name, len(mine), added_up(mine)) for mine in kept.values()]
    return sorted(found, key=lambda row: (row.house, row.unit.name))


def effort_units(actor: Actor, portfolio: Portfolio, *, on: date) -> QuerySet[Unit]:
    """The units an ICT manager writes for: of the house the role is held for, and of those that share with it."""
    held = {held.entity_id for held in actor.held if held.role in roles_for("portfolio.keep_effort")}
    here = Q(owner_id=portfolio.owner_id) | Q(shared_with_id=portfolio.owner_id)
    mine = Q(owner_id__in=held) | Q(shared_with_id__in=held)
    rows = Unit.objects.filter(here, mine, Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    return rows.select_related("owner").order_by("owner__name", "name")


def unit_names(units: Iterable[Unit]) -> dict[tuple[str, str], int]:
    """The units by municipality and name, and by name alone where only one has it, as a spreadsheet says them."""
    found: dict[tuple[str, str], int] = {}
    for unit in units:
        name = unit.name.casefold()
        found[unit.owner.name.casefold(), name] = unit.pk
        found["", name] = 0 if ("", name) in found else unit.pk
    return found


def year_of(unit: Unit, year: int) -> list[Effort]:
    """What is written down for a unit in a year."""
    return list(Effort.objects.filter(unit=unit, month__year=year))
