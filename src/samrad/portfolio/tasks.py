"""The worker's part: who is to report status, who is late, and which conditions from a gate are soon due."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from samrad.organisation.actors import sweep_houses
from samrad.portfolio.actions import DAYS_BEFORE, remind_gate_condition, remind_status
from samrad.portfolio.queries import Due, dues, gate_conditions_due


@app.periodic(cron="40 5 * * *")
@app.task(name="portfolio.status", queueing_lock="portfolio.status", pass_context=False)
def status_sweep(timestamp: int) -> None:
    """Ask for every status report that is due, and remind of the late ones."""
    sweep(timezone.now())


def sweep(now: datetime) -> None:
    """Every project in its own transaction; doing it twice is doing it once."""
    found: dict[int, Due] = {}

    def due(entity_id: int, on: object) -> list[int]:
        rows = dues(entity_id, on=timezone.localdate(now))
        found.update({row.project_id: row for row in rows})
        return [row.project_id for row in rows]

    sweep_houses(
        now,
        due,
        lambda by, pk: remind_status(by=by, at=now, project_id=pk, end=found[pk].end),
        failed="project %s could not be asked to report",
    )


@app.periodic(cron="50 5 * * *")
@app.task(name="portfolio.conditions", queueing_lock="portfolio.conditions", pass_context=False)
def conditions_sweep(timestamp: int) -> None:
    """Remind of the conditions from a gate that are soon due, or late."""
    sweep_conditions(timezone.now())


def sweep_conditions(now: datetime) -> None:
    """Every condition in its own transaction; doing it twice is doing it once."""

    def due(entity_id: int, on: date) -> list[int]:
        rows = gate_conditions_due(entity_id, within=on + timedelta(days=DAYS_BEFORE))
        return list(rows.values_list("pk", flat=True))

    sweep_houses(
        now,
        due,
        lambda by, pk: remind_gate_condition(by=by, at=now, condition_id=pk),
        failed="condition %s could not be reminded of",
    )
