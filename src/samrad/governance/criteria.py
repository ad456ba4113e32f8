"""The criteria that initiatives are scored by, as they are until a house adopts its own (forms.md G.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

BENEFIT, FEASIBILITY = "benefit", "feasibility"
AXES: dict[str, Promise] = {BENEFIT: _("Usefulness"), FEASIBILITY: _("Feasibility")}
SCORES = (1, 2, 3, 4, 5)
ENDS = frozenset({1, 5})
"""The scores that ask for a reason."""
WHOLE = 100
"""What the weights of all criteria make up together."""


@dataclass(frozen=True)
class Criterion:
    """One criterion: its axis, its weight in per cent, and in words what the scores 1, 3 and 5 mean."""

    code: str
    axis: str
    name: str | Promise
    weight: int
    low: str | Promise
    middle: str | Promise
    high: str | Promise

    @property
    def axis_name(self) -> Promise:
        return AXES[self.axis]


STANDARD: tuple[Criterion, ...] = (
    Criterion("strategy", BENEFIT, _("Contribution to the strategy and the action plan"), 20, _("no clear one"), _("supports one goal"), _("decisive for an adopted goal")),
    Criterion("users", BENEFIT, _("Benefit for users and inhabitants"), 15, _("marginal"), _("noticeable for some"), _("large for many")),
    Criterion("municipality", BENEFIT, _("Benefit for the municipality, in kroner or hours"), 15, _("less than the cost"), _("about twice the cost over its lifetime"), _("more than five times the cost")),
    Criterion("transfer", BENEFIT, _("Value for others and for all of us"), 10, _("one unit only"), _("several units"), _("reuse in the region or the country")),
    Criterion("risk", FEASIBILITY, _("Complexity and risk (5 is low)"), 15, _("high"), _("medium"), _("low")),
    Criterion("capacity", FEASIBILITY, _("Resources and capacity for change"), 15, _("is missing"), _("partly there"), _("in place")),
    Criterion("maturity", FEASIBILITY, _("Maturity of the groundwork and the anchoring"), 10, _("an idea"), _("mapped"), _("benefits plan, owner and alternatives")),
)  # fmt: skip


def plain(criteria: Iterable[Criterion]) -> list[dict[str, Any]]:
    """The criteria as data that is kept, in the language of the moment."""
    return [{k: v if isinstance(v, int) else str(v) for k, v in asdict(one).items()} for one in criteria]


def from_plain(rows: Iterable[Mapping[str, Any]]) -> tuple[Criterion, ...]:
    """The criteria again from what was kept."""
    return tuple(Criterion(**row) for row in rows)
