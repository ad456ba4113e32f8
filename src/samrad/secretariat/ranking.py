"""How scores become an order (forms.md G.5): plain numbers in, a place and its reason out. No database, no clock.

Benefit and feasibility are each 0–100 and are never added together. Cost, legal duty, security, the end of a contract
and urgency stand beside the score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from samrad.governance.queries import BENEFIT, FEASIBILITY, Criterion

Scores = Mapping[str, int]
"""What one assessor gave: from 1 to 5, by the criterion's code."""


def axis_points(criteria: Iterable[Criterion], cards: Sequence[Scores], axis: str) -> Fraction:
    """The points of an axis, 0–100: Σ w·(s−1) / (4·Σ w) · 100, where s is the mean of what the assessors gave."""
    ours = [one for one in criteria if one.axis == axis]
    weight = sum(one.weight for one in ours)
    if not cards or not weight:
        return Fraction(0)
    total = sum(one.weight * sum(card[one.code] - 1 for card in cards) for one in ours)
    return Fraction(total * 100, 4 * weight * len(cards))


def spread(criterion: Criterion, cards: Sequence[Scores]) -> int:
    """How far apart the assessors are in a criterion: 0 where they agree, at most 4."""
    given = [card[criterion.code] for card in cards]
    return max(given) - min(given) if given else 0


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """What the order asks about a case. `number` is its reference."""

    case_id: int
    number: str
    must_do: bool
    benefit: Fraction
    feasibility: Fraction

    @property
    def key(self) -> tuple[bool, Fraction, Fraction, str, int]:
        return (not self.must_do, -self.benefit, -self.feasibility, self.number, self.case_id)


def ranked(case_id: int, number: str, must_do: bool, criteria: Sequence[Criterion], cards: Sequence[Scores]) -> Ranked:
    """A case with its points on both axes."""
    return Ranked(
        case_id=case_id,
        number=number,
        must_do=must_do,
        benefit=axis_points(criteria, cards, BENEFIT),
        feasibility=axis_points(criteria, cards, FEASIBILITY),
    )


@dataclass(frozen=True)
class Place:
    """A case's place in the order, the place it was counted to, and why it stands there.

    `why` is what put it after the one that was counted before it: must_do, benefit, feasibility or number;
    «first» for the first one.
    """

    place: int
    computed: int
    why: str
    row: Ranked
    moved: bool = False


def _why(before: Ranked | None, row: Ranked) -> str:
    if before is None:
        return "first"
    if before.must_do != row.must_do:
        return "must_do"
    if before.benefit != row.benefit:
        return "benefit"
    return "feasibility" if before.feasibility != row.feasibility else "number"


def in_order(rows: Iterable[Ranked], placed: Mapping[int, int] | None = None) -> list[Place]:
    """Must-do first, then benefit, then feasibility, then number; those the body has placed stand where it put them."""
    counted = sorted(rows, key=lambda row: row.key)
    computed = {row.case_id: (n, _why(counted[n - 2] if n > 1 else None, row)) for n, row in enumerate(counted, 1)}
    wanted = placed or {}
    found = [row for row in counted if row.case_id not in wanted]
    for row in sorted((r for r in counted if r.case_id in wanted), key=lambda r: (wanted[r.case_id], r.key)):
        found.insert(max(wanted[row.case_id] - 1, 0), row)
    return [
        Place(place, *computed[row.case_id], row, moved=row.case_id in wanted) for place, row in enumerate(found, 1)
    ]
