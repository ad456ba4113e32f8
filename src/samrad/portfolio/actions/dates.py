"""Which dates of the annual cycle are about a portfolio."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Refused
from samrad.eventlog.actions import record
from samrad.governance.models import CycleDate
from samrad.organisation.actors import Actor
from samrad.portfolio.events import PortfolioDateTied
from samrad.portfolio.models import Portfolio, PortfolioDate
from samrad.portfolio.policy import can_tie_date


@transaction.atomic
def tie_date(*, by: Actor, at: datetime, portfolio_id: int, cycle_date_id: int, tied: bool = True) -> bool:
    """Say that a date is about the portfolio, or no longer is. Says whether anything was changed; twice is once."""
    portfolio = Portfolio.objects.select_for_update(of=("self",)).get(pk=portfolio_id)
    can_tie_date(by, portfolio).require()
    day = CycleDate.objects.filter(pk=cycle_date_id, owner_id=portfolio.owner_id).first()
    if day is None:
        raise Refused(_("Choose a date of the same organisation as the portfolio."))
    held = PortfolioDate.objects.filter(portfolio=portfolio, cycle_date=day)
    if held.exists() == tied:
        return False
    if tied:
        house = house_of(portfolio)
        PortfolioDate.objects.create(**house, portfolio=portfolio, cycle_date=day, tied_by_id=by.person_id, tied_at=at)
    else:
        held.delete()
    event = PortfolioDateTied(portfolio_id=portfolio.pk, cycle_date_id=day.pk, tied=tied)
    record(event, by=by, at=at, house=portfolio)
    return True
