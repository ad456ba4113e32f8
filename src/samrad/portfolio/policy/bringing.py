"""Who brings rows in from a spreadsheet."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samrad.core.verdict import Verdict
from samrad.organisation.actors import Actor
from samrad.portfolio.models import Portfolio
from samrad.portfolio.policy.projects import can_import
from samrad.portfolio.queries.resources import LEADER


def can_bring(by: Actor, portfolio: Portfolio, kind: str) -> Verdict:
    """May this person bring such rows in? Whoever brings in projects; people those who lead a unit.

    What is done with each row asks the policy of that, too.
    """
    if kind != "people":
        return can_import(by, portfolio)
    if any(held.role == LEADER and held.unit_id for held in by.held):
        return Verdict.yes()
    return Verdict.no(_("Only the leader of a unit says what its people can give."))
