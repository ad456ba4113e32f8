"""The worker's part: what is due or late in a portfolio, projects without a home, and large spreadsheets on their way in."""

import logging
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from samrad.core.acting import acting_for
from samrad.organisation.actors import Actor, actor_of, sweep_houses, system_actor
from samrad.organisation.models import Entity
from samrad.portfolio.actions import (
    DAYS_BEFORE,
    begin_import,
    bring_home,
    bring_in_part,
    fail_import,
    remind_gate_condition,
    remind_measure,
    remind_series,
    remind_status,
)
from samrad.portfolio.models import ImportBatch
from samrad.portfolio.queries import Due, dues, gate_conditions_due, imports_waiting
from samrad.portfolio.queries.measures import measures_due
from samrad.portfolio.queries.series import SeriesDue, series_dues
from samrad.portfolio.queries.showing import without_home
from samrad.portfolio.sheets import Mapping, Reading, interpret, read

logger = logging.getLogger(__name__)


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


# One at a time: a sweep beside a long import would count as one more try of it.
IMPORTS = "portfolio.imports"


@app.periodic(cron="* * * * *")
@app.task(name="portfolio.imports_sweep", queueing_lock="portfolio.imports_sweep", lock=IMPORTS, pass_context=False)
def imports_sweep(timestamp: int) -> None:
    """Take up again what a worker that was stopped left half brought in."""
    bring_in_waiting(timezone.now())


@app.task(name="portfolio.bring_in", queueing_lock="portfolio.bring_in", lock=IMPORTS, pass_context=False)
def bring_in() -> None:
    """Bring in what has just been asked for."""
    bring_in_waiting(timezone.now())


def nudge() -> None:
    """Tell the worker that an import waits. Where it is told already, once is enough."""
    try:
        with transaction.atomic():
            bring_in.defer()
    except AlreadyEnqueued:
        pass


def bring_in_waiting(now: datetime) -> None:
    """Every import that waits, one after the other, each part in a transaction of its own: so the page shows how far it is."""
    for entity_id in Entity.objects.order_by("pk").values_list("pk", flat=True):
        system = system_actor(entity_id, on=timezone.localdate(now))
        with acting_for(system.entities):
            waiting = list(imports_waiting(entity_id).values_list("pk", flat=True))
        for pk in waiting:
            try:
                _bring_in_one(system, pk)
            except Exception:
                logger.exception("the import %s stopped", pk)
                with acting_for(system.entities):
                    fail_import(by=system, at=timezone.now(), batch_id=pk)


def _bring_in_one(system: Actor, pk: int) -> None:
    """The parts of one import, on behalf of the person who asked for it, with the roles held now."""
    with acting_for(system.entities):
        if not begin_import(by=system, at=timezone.now(), batch_id=pk):
            return
    with acting_for(system.entities):
        by, reading = _asked(ImportBatch.objects.select_related("imported_by").get(pk=pk))
    more = True
    while more:
        with acting_for(by.entities):
            more = bring_in_part(by=by, at=timezone.now(), batch_id=pk, reading=reading)


def _asked(batch: ImportBatch) -> tuple[Actor, Reading]:
    who = batch.imported_by
    by = actor_of(who.pk, who.owner_id, on=timezone.localdate())
    return by, interpret(read(bytes(batch.content or b""), batch.file_name), Mapping.from_json(batch.mapping))


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
