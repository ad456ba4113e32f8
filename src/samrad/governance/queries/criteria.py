"""Reads of the criteria that initiatives are scored by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from samrad.governance.criteria import STANDARD, Criterion, from_plain
from samrad.governance.models import CriteriaVersion
from samrad.governance.queries.rules import houses_of, in_force
from samrad.organisation.actors import Actor


@dataclass(frozen=True)
class InForce:
    """The criteria of a day; version 0 is the standard."""

    version: int
    criteria: tuple[Criterion, ...]
    row: CriteriaVersion | None = None


def criteria_on(house_id: int, on: date) -> InForce:
    """What is scored by in a house on a day: the version it has adopted, else the standard."""
    row = in_force(CriteriaVersion.objects.filter(owner_id=house_id), on).order_by("-version").first()
    return InForce(0, STANDARD) if row is None else InForce(row.version, from_plain(row.criteria), row)


def criteria_for(actor: Actor) -> QuerySet[CriteriaVersion]:
    """Every version of the criteria one may read, the newest first."""
    rows = CriteriaVersion.objects.filter(owner_id__in=houses_of(actor)).select_related("owner")
    return rows.order_by("owner__name", "-version")
