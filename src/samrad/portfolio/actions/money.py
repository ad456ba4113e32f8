"""Writing down a project's money, and taking what is paid from the accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Verdict
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.portfolio import events
from samrad.portfolio.actions.projects import lock_project
from samrad.portfolio.models import MoneyLine, Project
from samrad.portfolio.money import summed
from samrad.portfolio.policy import can_keep_money, money_lacks
from samrad.portfolio.sheets import Sheet
from samrad.portfolio.sheets.accounts import postings


@dataclass(frozen=True, kw_only=True)
class MoneyRow:
    """One line as it is typed."""

    year: int
    kind: str
    source: str
    budget_kr: Decimal | None = None
    actual_kr: Decimal | None = None
    forecast_kr: Decimal | None = None

    @property
    def key(self) -> tuple[int, str, str]:
        return self.year, self.kind, self.source


@transaction.atomic
def keep_money(
    *, by: Actor, at: datetime, project_id: int, version: int | None, rows: Sequence[MoneyRow]
) -> list[MoneyLine]:
    """Write down what the project costs: every line as it now is, in whole kroner."""
    project = lock_project(project_id, version)
    can_keep_money(by, project).require()
    lacks = money_lacks([row.key for row in rows])
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    before = summed(project.money.all()).forecast_kr
    project.money.all().delete()
    kept = MoneyLine.objects.bulk_create(
        MoneyLine(
            **house_of(project),
            project=project,
            year=row.year,
            kind=row.kind,
            source=row.source,
            budget_kr=row.budget_kr,
            actual_kr=row.actual_kr,
            forecast_kr=row.forecast_kr,
        )
        for row in rows
    )
    if summed(kept).forecast_kr != before:
        project.forecast_at = at
    _changed(by=by, at=at, project=project, lines=len(kept))
    return kept


def _changed(*, by: Actor, at: datetime, project: Project, lines: int, imported: bool = False) -> None:
    project.version += 1
    project.updated_at = at
    project.save(update_fields=["version", "updated_at", "forecast_at"])
    event = events.MoneyKept(initiative_id=project.initiative_id, project_id=project.pk, lines=lines, imported=imported)
    record(event, by=by, at=at, house=project)


@transaction.atomic
def import_actuals(*, by: Actor, at: datetime, project_id: int, version: int | None, sheet: Sheet) -> int:
    """Take what is paid from the accounts' spreadsheet: all of it, or nothing where a row cannot be read.

    The years of the file are replaced, so the same file twice is once. Answers with the number of postings.
    """
    project = lock_project(project_id, version)
    can_keep_money(by, project).require()
    found = postings(sheet)
    if found.wrong:
        lacks = tuple(
            Lack(_("Line %(line)s, column «%(column)s»: cannot read «%(text)s».") % vars(row))
            for row in found.wrong[:20]
        )
        raise Refused(Verdict.no(_("Nothing was taken in, because some rows could not be read."), lacks))
    if not found.amounts:
        raise Refused(_("The file has no postings."))
    years = {year for year, _kind, _source in found.amounts}
    MoneyLine.objects.filter(project=project, year__in=years).update(actual_kr=None)
    for (year, kind, source), amount in found.amounts.items():
        MoneyLine.objects.update_or_create(
            project=project,
            year=year,
            kind=kind,
            source=source,
            defaults={"actual_kr": amount},
            create_defaults={**house_of(project), "actual_kr": amount},
        )
    _changed(by=by, at=at, project=project, lines=len(found.amounts), imported=True)
    return found.rows
