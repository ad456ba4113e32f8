"""What people do with a portfolio report: freeze it, send it to the board, write down what the board said."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Refused, Stale
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.organisation.queries import exempt_groups
from samrad.portfolio import events, notifications
from samrad.portfolio.models import Portfolio, ReportSnapshot, ReportTreatment
from samrad.portfolio.periods import period_in
from samrad.portfolio.policy import can_send_report, can_take_report, can_treat_report
from samrad.portfolio.queries import (
    Scope,
    board_of,
    details_of,
    extras_of,
    goals_in_force,
    homes_in,
    house_loads,
    key_roles,
    people_by_quarter,
    previous_of,
    quarters_from,
    scoped_lines,
)
from samrad.portfolio.reporting import SHAPE, Beside, report_data
from samrad.portfolio.settled import settled_data, settled_facts


def canonical(data: Any) -> str:
    """The one way a report's data is written, so that equal reports have equal hashes."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


@transaction.atomic
def take_report(
    *,
    by: Actor,
    at: datetime,
    portfolio: Portfolio,
    scope: Scope | None = None,
    period: tuple[date, date] | None = None,
) -> ReportSnapshot:
    """Freeze the portfolio report as it stands, with and without exempt fields: of all of it this quarter, or of what is said."""
    can_take_report(by, portfolio).require()
    today = localdate(at)
    about, (start, end) = scope or Scope(), period or period_in("quarter", today)
    if start > today:
        raise Refused(_("Choose a period that has begun."))
    homes = homes_in(by, portfolio, about)
    lines = scoped_lines(by, homes, about, on=min(end, today))
    ids = [line.project.pk for line in lines]
    details = details_of(ids)
    quarters = quarters_from(today)
    loads = house_loads(portfolio, quarters).values()
    people, roles = people_by_quarter(loads, quarters), key_roles(loads)
    beside = Beside(extras_of(ids), goals_in_force(portfolio, on=today), people, roles)
    told: dict[str, Any] = {"at": at, "period": (start, end), "scope": about, "details": details, "beside": beside}
    told["homes"] = homes
    full = report_data(portfolio, lines, exempt=None, **told)
    groups = exempt_groups([line.project.initiative_id for line in lines], on=today)
    public = report_data(portfolio, lines, exempt=groups, **told)
    facts = settled_facts(homes)
    full["settled"] = settled_data(facts, lines, exempt=None, on=today)
    public["settled"] = settled_data(facts, lines, exempt=groups, on=today)
    snapshot = ReportSnapshot.objects.create(
        **house_of(portfolio),
        portfolio=portfolio,
        period_start=start,
        period_end=end,
        scope=about.code,
        shape=SHAPE,
        previous=previous_of(portfolio, about.code, start),
        taken_at=at,
        taken_by_id=by.person,
        data=full,
        public_data=public,
        sha256=hashlib.sha256(canonical(full).encode()).hexdigest(),
    )
    event = events.ReportTaken(portfolio_id=portfolio.pk, snapshot_id=snapshot.pk, projects=len(lines))
    record(event, by=by, at=at, house=snapshot)
    return snapshot


@transaction.atomic
def send_report(*, by: Actor, at: datetime, snapshot_id: int) -> ReportTreatment:
    """Send a frozen report to the portfolio board, and tell those who sit there. Once is enough."""
    snapshot = ReportSnapshot.objects.select_for_update(of=("self",)).defer("data", "public_data").get(pk=snapshot_id)
    can_take_report(by, snapshot.portfolio).require()
    standing = ReportTreatment.objects.filter(snapshot=snapshot).first()
    board = board_of(snapshot.portfolio, on=localdate(at))
    can_send_report(by, snapshot.portfolio, standing, board).require()
    made = ReportTreatment.objects.create(**house_of(snapshot), snapshot=snapshot, sent_at=at, sent_by_id=by.person)
    notifications.tell_report_sent(by=by, at=at, snapshot=snapshot, board=board)
    event = events.ReportSent(portfolio_id=snapshot.portfolio_id, snapshot_id=snapshot.pk, people=len(board))
    record(event, by=by, at=at, house=snapshot)
    return made


@transaction.atomic
def treat_report(
    *, by: Actor, at: datetime, snapshot_id: int, version: int, outcome: str, treated_on: date, text: str = ""
) -> ReportTreatment:
    """Write down when and how the portfolio board treated a report that was sent to it."""
    row = ReportTreatment.objects.select_for_update(of=("self",)).get(snapshot_id=snapshot_id)
    portfolio = row.snapshot.portfolio
    can_treat_report(by, portfolio, row, board_of(portfolio, on=localdate(at))).require()
    if row.version != version:
        raise Stale(_("Someone has changed this since you opened the page. Look at it again before you go on."))
    if not localdate(row.sent_at) <= treated_on <= localdate(at):
        raise Refused(_("Write a day from when the report was sent until today."))
    if outcome != ReportTreatment.Outcome.NOTED and not text.strip():
        raise Refused(_("Say what the board remarked."))
    row.outcome, row.treated_on, row.text = outcome, treated_on, text
    row.recorded_at, row.recorded_by_id, row.version = at, by.person, row.version + 1
    row.save()
    event = events.ReportTreated(portfolio_id=portfolio.pk, snapshot_id=snapshot_id, outcome=outcome)
    record(event, by=by, at=at, house=row)
    return row
