"""Writing down what ICT spends its time on: a unit's year as it is typed, or many months from a spreadsheet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Stale, Verdict
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.organisation.models import Unit
from samrad.portfolio import events
from samrad.portfolio.effort import EffortRow, stamp
from samrad.portfolio.models import Effort
from samrad.portfolio.policy import all_effort_lacks, can_keep_effort, effort_lacks
from samrad.portfolio.queries import year_of
from samrad.portfolio.sheets.effort import ReadRow


def _lock(unit_id: int) -> Unit:
    return Unit.objects.select_for_update(of=("self",)).get(pk=unit_id)


def _write(unit: Unit, rows: Iterable[EffortRow], *, by: Actor, at: datetime) -> None:
    """The months as they now are; those that are as they were keep who wrote them."""
    kept = {row.month: row for row in Effort.objects.filter(unit=unit, month__in=[row.month for row in rows])}
    for row in rows:
        if row.month not in kept or stamp([kept[row.month]]) != stamp([row]):
            values = {**house_of(unit), **asdict(row), "kept_at": at, "kept_by_id": by.person_id}
            values.pop("month")
            Effort.objects.update_or_create(unit=unit, month=row.month, defaults=values)


@transaction.atomic
def keep_effort(
    *, by: Actor, at: datetime, unit: Unit, year: int, version: int | None, rows: Sequence[EffortRow]
) -> None:
    """Write down a unit's year, month by month: every month as it now is. One that is left out is taken away."""
    unit = _lock(unit.pk)
    can_keep_effort(by, unit).require()
    if version is not None and version != stamp(year_of(unit, year)):
        raise Stale(_("Someone has changed this since you opened the page. Look at it again before you go on."))
    if lacks := all_effort_lacks(rows):
        raise Refused(Verdict.no(lacks[0].text, lacks))
    months = [row.month for row in rows]
    Effort.objects.filter(unit=unit, month__year=year).exclude(month__in=months).delete()
    _write(unit, rows, by=by, at=at)
    record(events.EffortKept(unit_id=unit.pk, year=year, months=len(rows), imported=False), by=by, at=at, house=unit)


@transaction.atomic
def import_effort(*, by: Actor, at: datetime, rows: Sequence[ReadRow]) -> int:
    """Bring in months from a spreadsheet: all of them, or none. The same file twice is once. Answers with how many."""
    if not rows:
        raise Refused(_("The file has no months to bring in."))
    lacks = tuple(Lack(f"{row.line}: {lack.text}") for row in rows for lack in effort_lacks(row.row))
    if lacks:
        raise Refused(Verdict.no(_("Nothing was taken in, because some rows could not be read."), lacks))
    by_unit: dict[int, list[EffortRow]] = defaultdict(list)
    for row in rows:
        by_unit[row.unit_id].append(row.row)
    for unit_id in sorted(by_unit):
        unit, mine = _lock(unit_id), by_unit[unit_id]
        can_keep_effort(by, unit).require()
        _write(unit, mine, by=by, at=at)
        for year, months in sorted(Counter(row.month.year for row in mine).items()):
            event = events.EffortKept(unit_id=unit.pk, year=year, months=months, imported=True)
            record(event, by=by, at=at, house=unit)
    return len(rows)
