"""Gathering projects in programmes, and writing down what the line does beside them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Stale, Verdict
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person
from samrad.portfolio import events
from samrad.portfolio.models import LineActivity, Portfolio, Programme, Project
from samrad.portfolio.policy import can_manage, dates_lack


@transaction.atomic
def keep_programme(
    *,
    by: Actor,
    at: datetime,
    portfolio: Portfolio,
    programme_id: int | None,
    version: int | None,
    name: str,
    purpose: str = "",
    manager: Person | None = None,
    project_ids: Collection[int] = (),
) -> Programme:
    """Set up or change a programme: its name, purpose and manager, and which projects are in it."""
    can_manage(by, portfolio).require()
    rows = Programme.objects.select_for_update(of=("self",)).filter(portfolio=portfolio)
    programme = rows.filter(pk=programme_id or 0).first()
    if programme is None:
        programme = Programme(**house_of(portfolio), portfolio=portfolio, version=0)
    if version is not None and version != programme.version:
        raise Stale(_("Someone has changed this since you opened the page. Look at it again before you go on."))
    if rows.filter(name=name).exclude(pk=programme.pk or 0).exists():
        lack = Lack(_("There is a programme with this name already."), "id_name")
        raise Refused(Verdict.no(lack.text, (lack,)))
    programme.name, programme.purpose, programme.manager = name, purpose, manager
    programme.version += 1
    programme.save()
    Project.objects.filter(programme=programme).exclude(pk__in=project_ids).update(programme=None)
    Project.objects.filter(portfolio=portfolio, pk__in=project_ids).update(programme=programme)
    event = events.ProgrammeKept(portfolio_id=portfolio.pk, programme_id=programme.pk, projects=len(project_ids))
    record(event, by=by, at=at, house=programme)
    return programme


@transaction.atomic
def keep_activity(
    *,
    by: Actor,
    at: datetime,
    portfolio: Portfolio,
    activity_id: int | None,
    version: int | None,
    title: str,
    start_date: date,
    end_date: date,
    responsible: Person | None = None,
    hours: int | None = None,
    kroner: Decimal | None = None,
) -> LineActivity:
    """Write down what the line develops itself, beside the projects, or change it."""
    can_manage(by, portfolio).require()
    lacks = dates_lack(start_date, end_date)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    rows = LineActivity.objects.select_for_update(of=("self",)).filter(portfolio=portfolio)
    row = rows.filter(pk=activity_id or 0).first()
    row = row or LineActivity(**house_of(portfolio), portfolio=portfolio, version=0)
    if version is not None and version != row.version:
        raise Stale(_("Someone has changed this since you opened the page. Look at it again before you go on."))
    row.title, row.responsible, row.hours, row.kroner = title, responsible, hours, kroner
    row.start_date, row.end_date = start_date, end_date
    row.version += 1
    row.save()
    record(events.ActivityKept(portfolio_id=portfolio.pk, activity_id=row.pk), by=by, at=at, house=row)
    return row
