"""Showing a project in further portfolios than the one that steers it, and taking it out again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.verdict import Lack, Refused, Verdict
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.portfolio.actions.projects import lock_project
from samrad.portfolio.events.measures import ProjectShown
from samrad.portfolio.models import Portfolio, ShownIn, house_in
from samrad.portfolio.policy.showing import can_show
from samrad.portfolio.queries import visible_to
from samrad.portfolio.queries.showing import to_show


def _reason(reason: str) -> str:
    if not reason.strip():
        lack = Lack(_("Say why."), "id_reason")
        raise Refused(Verdict.no(lack.text, (lack,)))
    return reason.strip()


@transaction.atomic
def show_project(*, by: Actor, at: datetime, portfolio: Portfolio, project_id: int, reason: str) -> ShownIn:
    """Show a project of another portfolio in this one too. Its own portfolio steers and reports it as before."""
    can_show(by, portfolio).require()
    said = _reason(reason)
    project = lock_project(project_id, None)
    if not to_show(by, portfolio, visible_to(by)).filter(pk=project.pk).exists():
        lack = Lack(_("Choose a project of another portfolio that is not shown here."), "id_project")
        raise Refused(Verdict.no(lack.text, (lack,)))
    house = house_in(portfolio, project)
    row = ShownIn.objects.create(
        **house, portfolio=portfolio, project=project, reason=said, shown_at=at, shown_by_id=by.person
    )
    event = ProjectShown(
        initiative_id=project.initiative_id, project_id=project.pk, portfolio_id=portfolio.pk, shown=True
    )
    record(event, by=by, at=at, house=row)
    return row


@transaction.atomic
def hide_project(*, by: Actor, at: datetime, portfolio: Portfolio, shown_id: int, reason: str) -> ShownIn:
    """Take a project out of a portfolio it is shown in. That it was there, stands. Its own portfolio keeps it."""
    can_show(by, portfolio).require()
    said = _reason(reason)
    rows = ShownIn.objects.select_for_update(of=("self",)).filter(portfolio=portfolio, removed_at__isnull=True)
    row = rows.select_related("project").filter(pk=shown_id).first()
    if row is None:
        raise Refused(_("The project is taken out already."))
    row.removed_at, row.removed_by_id, row.removed_reason = at, by.person, said
    row.save()
    event = ProjectShown(
        initiative_id=row.project.initiative_id, project_id=row.project_id, portfolio_id=portfolio.pk, shown=False
    )
    record(event, by=by, at=at, house=row)
    return row
