"""Who writes down ICT effort, who reads it, and when a month cannot be right."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from samrad.core.verdict import Lack, Verdict
from samrad.organisation.actors import Actor
from samrad.organisation.models import Unit
from samrad.portfolio.effort import EffortRow
from samrad.portfolio.models import Portfolio

HUNDRED = Decimal(100)


def can_keep_effort(by: Actor, unit: Unit | None = None) -> Verdict:
    """May this person write down what ICT spends its time on? The ICT manager of the unit's house, or of one it shares with."""
    places = (unit.owner_id, unit.shared_with_id) if unit is not None else ()
    if by.is_person and by.may("portfolio.keep_effort", *places):
        return Verdict.yes()
    return Verdict.no(_("Only the ICT manager writes down what ICT spends its time on."))


def can_read_effort(by: Actor, portfolio: Portfolio) -> Verdict:
    """May this person read what ICT spends its time on? Those who steer, and ICT itself."""
    if by.is_person and by.may("portfolio.see_effort", portfolio.owner_id, by.entity_id):
        return Verdict.yes()
    return Verdict.no(_("Only those who steer, and ICT itself, read what ICT spends its time on."))


def sees_unit(by: Actor, portfolio: Portfolio, owner_id: int) -> bool:
    """May this person read what one unit spends its time on? In one's own house; with a role in the portfolio's, of all."""
    return owner_id == by.entity_id or by.may("portfolio.see_effort", portfolio.owner_id)


def effort_lacks(row: EffortRow) -> tuple[Lack, ...]:
    """Why a month cannot be right. The field each stands at ends in the name of what is wrong."""
    found = []
    if row.measure == "percent" and row.all_hours <= 0:
        found.append(Lack(_("Write how many hours the month is in all."), "all_hours"))
    if row.measure == "percent" and row.operation + row.maintenance + row.development != HUNDRED:
        found.append(Lack(_("Operation, maintenance and development must be 100 per cent together."), "operation"))
    if row.measure == "hours" and row.all_hours <= 0:
        found.append(Lack(_("Write some hours, or leave the whole month empty."), "operation"))
    if row.decided > row.development:
        found.append(Lack(_("What is on decided initiatives cannot be more than the development."), "decided"))
    return tuple(found)


def all_effort_lacks(rows: Iterable[EffortRow]) -> tuple[Lack, ...]:
    """The same for several months, each said with its month."""
    return tuple(
        Lack(f"{row.month:%m.%Y}: {lack.text}", f"id_m{row.month.month}_{lack.anchor}")
        for row in rows
        for lack in effort_lacks(row)
    )
