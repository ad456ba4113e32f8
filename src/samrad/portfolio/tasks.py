"""The worker's part: who is to report status, and who is late."""

from datetime import date, datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from samrad.organisation.actors import Actor, sweep_houses
from samrad.portfolio.actions import bring_home, remind_measure, remind_series, remind_status
from samrad.portfolio.queries import Due, dues
from samrad.portfolio.queries.measures import measures_due
from samrad.portfolio.queries.series import SeriesDue, series_dues
from samrad.portfolio.queries.showing import without_home


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
@app.task(name="portfolio.measures", queueing_lock="portfolio.measures", pass_context=False)
def measure_sweep(timestamp: int) -> None:
    """Remind of every measure that is due soon, or late."""
    sweep_measures(timezone.now())


@app.periodic(cron="45 5 * * *")
@app.task(name="portfolio.series", queueing_lock="portfolio.series", pass_context=False)
def series_sweep(timestamp: int) -> None:
    """Ask for every report that is due in a further series, and remind of the late ones."""
    sweep_series(timezone.now())


def sweep_series(now: datetime) -> None:
    """Every report in its own transaction; doing it twice is doing it once."""
    rows: list[SeriesDue] = []

    def due(entity_id: int, on: date) -> list[int]:
        first = len(rows)
        rows.extend(series_dues(entity_id, on=on))
        return list(range(first, len(rows)))

    def act(by: Actor, number: int) -> None:
        row = rows[number]
        remind_series(by=by, at=now, project_id=row.project_id, series_id=row.series_id, end=row.end)

    sweep_houses(now, due, act, failed="report %s of a series could not be asked for")


@app.periodic(cron="20 0 * * *")
@app.task(name="portfolio.homes", queueing_lock="portfolio.homes", pass_context=False)
def home_sweep(timestamp: int) -> None:
    """Bring home the projects of a municipality that has left its cooperation."""
    sweep_homes(timezone.now())


def sweep_homes(now: datetime) -> None:
    """Every project in its own transaction; doing it twice is doing it once."""
    sweep_houses(
        now,
        lambda entity_id, on: without_home(entity_id),
        lambda by, pk: bring_home(by=by, at=now, project_id=pk),
        failed="project %s could not be brought home",
    )


def sweep_measures(now: datetime) -> None:
    """Every measure in its own transaction; doing it twice is doing it once."""
    sweep_houses(
        now,
        lambda entity_id, on: measures_due(entity_id, on=on),
        lambda by, pk: remind_measure(by=by, at=now, measure_id=pk),
        failed="measure %s could not be reminded of",
    )
