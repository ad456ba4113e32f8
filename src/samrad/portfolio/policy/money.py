"""Who keeps a project's money, and what must be right about it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from samrad.core.verdict import Lack, Verdict
from samrad.organisation.actors import Actor
from samrad.portfolio.models import Project
from samrad.portfolio.policy.projects import can_report


def can_keep_money(by: Actor, project: Project) -> Verdict:
    """May this person write down budget, actual and forecast? Those who report for the project."""
    if can_report(by, project):
        return Verdict.yes()
    return Verdict.no(_("Only the project manager, the project owner and the portfolio manager keep the money."))


def money_lacks(keys: Sequence[tuple[int, str, str]]) -> tuple[Lack, ...]:
    """A year, kind and source stands once, or the sums would count it twice."""
    seen, found = set(), []
    for number, key in enumerate(keys):
        if key in seen:
            found.append(Lack(_("This year, kind and source stands in another line already."), f"id_r{number}_year"))
        seen.add(key)
    return tuple(found)
