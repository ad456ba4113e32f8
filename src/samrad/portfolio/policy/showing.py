"""Who shows projects of other portfolios in a portfolio."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samrad.core.verdict import Verdict
from samrad.organisation.actors import Actor
from samrad.portfolio.models import Portfolio
from samrad.portfolio.policy.projects import can_manage


def can_show(by: Actor, portfolio: Portfolio) -> Verdict:
    """May this person show projects of other portfolios here? The one who manages this portfolio."""
    if by.is_person and can_manage(by, portfolio):
        return Verdict.yes()
    return Verdict.no(_("Only the portfolio manager says what the portfolio shows."))
