"""What the body's treatment of a prioritisation round must have: an outcome for each line, and why it deviates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samrad.cases.models import Recommendation
from samrad.core.verdict import Lack
from samrad.secretariat.models import RoundRow


@dataclass(frozen=True)
class Found:
    """What the body found for one line: the outcome, its place where that is not the counted one, and why."""

    outcome: str
    place: int | None = None
    reason: str = ""


def as_proposed(rows: Sequence[RoundRow]) -> dict[int, Found]:
    """What the secretariat proposes for each line, in the order that was counted."""
    return {row.pk: Found(row.outcome) for row in rows if row.live}


def found_lacks(rows: Sequence[RoundRow], found: Mapping[int, Found]) -> tuple[Lack, ...]:
    """What the treatment of a list still lacks, line by line."""
    lacks = []
    most = len(rows)
    for row in rows:
        said = found.get(row.pk)
        if said is None or said.outcome not in Recommendation.Outcome.values:
            lacks.append(Lack(_("Choose what the body finds."), f"id_outcome_{row.pk}"))
            continue
        if said.place is not None and not 1 <= said.place <= most:
            text = _("Write a place from 1 to %(most)s, or leave it empty.") % {"most": most}
            lacks.append(Lack(text, f"id_place_{row.pk}"))
        if (said.outcome != row.outcome or said.place is not None) and not said.reason.strip():
            lacks.append(Lack(_("Say why the body does otherwise. Everyone can read it."), f"id_reason_{row.pk}"))
    return tuple(lacks)
