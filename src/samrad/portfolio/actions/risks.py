"""Keeping the risks and opportunities of a project, and a portfolio's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Stale
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person
from samrad.portfolio import events
from samrad.portfolio.actions.projects import lock_project
from samrad.portfolio.models import Portfolio, Project, Risk
from samrad.portfolio.policy import can_keep_risks


@dataclass(frozen=True, kw_only=True)
class RiskRow:
    """A risk as it is typed. What is not said of after measures is as before."""

    title: str
    likelihood: int
    impact: int
    kind: str = Risk.Kind.RISK
    cause: str = ""
    measure: str = ""
    responsible: Person | None = None
    likelihood_after: int | None = None
    impact_after: int | None = None
    review_date: date | None = None
    closed: bool = False


@transaction.atomic
def keep_risk(
    *,
    by: Actor,
    at: datetime,
    portfolio: Portfolio,
    project: Project | None,
    risk_id: int | None,
    version: int | None,
    row: RiskRow,
) -> Risk:
    """Write down a risk or an opportunity, change it, or close it. Without a project it is the portfolio's own."""
    if project is not None:
        lock_project(project.pk, None)  # a spreadsheet that is coming in has read the list, and writes it again
    can_keep_risks(by, portfolio, project).require()
    rows = Risk.objects.select_for_update(of=("self",)).filter(portfolio=portfolio, project=project)
    risk = rows.filter(pk=risk_id or 0).first()
    risk = risk or Risk(**house_of(project or portfolio), portfolio=portfolio, project=project, version=0)
    if version is not None and version != risk.version:
        raise Stale(_("Someone has changed this since you opened the page. Look at it again before you go on."))
    risk.title, risk.kind, risk.cause, risk.measure = row.title, row.kind, row.cause, row.measure
    risk.likelihood, risk.impact, risk.responsible = row.likelihood, row.impact, row.responsible
    risk.likelihood_after = row.likelihood_after or row.likelihood
    risk.impact_after = row.impact_after or row.impact
    risk.review_date, risk.changed_at = row.review_date, at
    risk.closed_at = (risk.closed_at or at) if row.closed else None
    risk.version += 1
    risk.save()
    event = events.RiskKept(
        initiative_id=project.initiative_id if project else None,
        portfolio_id=portfolio.pk,
        risk_id=risk.pk,
        before=risk.before,
        after=risk.after,
        closed=row.closed,
    )
    record(event, by=by, at=at, house=risk)
    return risk
