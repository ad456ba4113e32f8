"""What the program itself goes by on a day: the house's own version of a rule, else the standard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from samrad.governance.models import Rule
from samrad.governance.standards import ANSWER_DAYS, LEGAL_BASES, STANDARDS, STATEMENTS


@dataclass(frozen=True)
class Statement:
    """One statement of the self-evaluation, agreed with from 1 to 5."""

    code: str
    weakness: bool
    text: str


def statement_rules(houses: Iterable[int]) -> list[Rule]:
    """Every version of the statements these houses have had; `statements_on` picks those of a day."""
    rows = Rule.objects.filter(owner_id__in=set(houses), kind__in=Rule.STATEMENTS)
    return list(rows.order_by("pk"))


def _decided(rows: Iterable[Rule], houses: Sequence[int], on: date) -> dict[str, Rule | None]:
    """By code, the version that holds; None where it is switched off. The house that is named first decides."""
    found: dict[str, Rule | None] = {}
    begun = [row for row in rows if row.valid_from <= on]
    for house in houses:
        here: dict[str, Rule | None] = {}
        for row in begun:
            if row.owner_id == house:
                here[row.code] = row if row.in_force(on) else here.get(row.code)
        found = {**here, **found}
    return found


def statements_on(rows: Iterable[Rule], houses: Sequence[int], on: date) -> list[Statement]:
    """The statements of a house on a day: the standard ones as it has them, and then its own. Weaknesses first."""
    decided = _decided(rows, houses, on)
    found = []
    for one in STATEMENTS:
        row = decided.pop(one.code, None) if one.code in decided else one
        if row is not None:
            found.append(Statement(one.code, one.kind == Rule.Kind.WEAKNESS, str(row.name)))
    own = [row for row in decided.values() if row is not None]
    found += [Statement(row.code, row.kind == Rule.Kind.WEAKNESS, row.name) for row in own]
    return sorted(found, key=lambda one: not one.weakness)


def days_of(code: str, houses: Sequence[int | None], on: date) -> int:
    """How many days (or what else it counts) a rule gives, by the house that is named first, else the next, else the standard."""
    known = [house for house in houses if house is not None]
    row = _decided(Rule.objects.filter(owner_id__in=known, code=code), known, on).get(code)
    days = STANDARDS[code].amount if row is None or row.amount is None else row.amount
    return int(days or 0)


def idea_answer_within(houses: Sequence[int | None], on: date) -> timedelta:
    """How long an idea may wait for its answer."""
    return timedelta(days=days_of(ANSWER_DAYS, houses, on))


@dataclass(frozen=True)
class Basis:
    """A section of the law by which something can be exempt or doors be closed. `binds`: it must be, whatever one wants."""

    code: str
    kind: str
    name: str
    text: str

    @property
    def binds(self) -> bool:
        return self.kind == Rule.Kind.SECRECY


def legal_bases(houses: Sequence[int | None], on: date, *, kinds: Sequence[str]) -> list[Basis]:
    """The legal bases of these kinds on a day: the standard ones as the house has them, then its own."""
    known = [house for house in houses if house is not None]
    decided = _decided(Rule.objects.filter(owner_id__in=known, kind__in=kinds).order_by("pk"), known, on)
    rows = [decided.pop(one.code) if one.code in decided else one for one in LEGAL_BASES if one.kind in kinds]
    found = [*rows, *decided.values()]
    return [Basis(row.code, str(row.kind), str(row.name), str(row.text)) for row in found if row is not None]
