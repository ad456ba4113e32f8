"""Proposing, deciding and following up measures of a portfolio, and what they do with the projects they touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.cases.actions import Hand, close_tasks, hand_out
from samrad.cases.models import Task
from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Stale, refuse
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person
from samrad.portfolio.actions.carrying import carry_out, withdraw_measure
from samrad.portfolio.events import measures as events
from samrad.portfolio.models import Measure, MeasureNote, MeasureProject, Portfolio, Project
from samrad.portfolio.notifications import tell_measure_due, tell_measure_given
from samrad.portfolio.policy.measures import (
    NEXT,
    can_carry_again,
    can_decide_measure,
    can_follow_measure,
    can_steer,
    carry_lacks,
    due_lacks,
    measure_lacks,
    recorded_lacks,
    records_for_board,
)
from samrad.portfolio.queries import on_board
from samrad.portfolio.queries.measures import ahead_of, touched_by, waits_for_answer


@dataclass(frozen=True, kw_only=True)
class MeasureRow:
    """A measure as it is typed."""

    kind: str
    title: str
    reason: str
    responsible: Person
    due_date: date
    projects: Sequence[Project] = ()
    into: Project | None = None
    to_portfolio: Portfolio | None = None
    months: int | None = None
    start_months: int | None = None


def _locked(measure_id: int, version: int | None) -> Measure:
    rows = Measure.objects.select_for_update(of=("self",))
    named = ("portfolio", "responsible", "into__initiative", "to_portfolio")
    measure = rows.select_related(*named).get(pk=measure_id)
    if version is not None and version != measure.version:
        raise Stale(_("Someone has changed the measure since you opened the page. Look at it again before you go on."))
    return measure


@transaction.atomic
def propose_measure(
    *, by: Actor, at: datetime, portfolio: Portfolio, measure_id: int | None, version: int | None, row: MeasureRow
) -> Measure:
    """Propose a measure for the portfolio, or change a proposal. Nothing happens before it is decided."""
    can_steer(by, portfolio, on_board(portfolio, on=localdate(at))).require()
    refuse(
        (
            *measure_lacks(row.kind, row.projects, row.into, row.to_portfolio, (row.months, row.start_months)),
            *due_lacks(row.due_date, on=localdate(at)),
        )
    )
    if measure_id is None:
        measure = Measure(**house_of(portfolio), portfolio=portfolio, proposed_at=at, proposed_by_id=by.person)
        measure.version = 0
    else:
        measure = _locked(measure_id, version)
        can_decide_measure(by, measure, on_board(portfolio, on=localdate(at))).require()
    measure.kind, measure.title, measure.reason = row.kind, row.title.strip(), row.reason.strip()
    measure.responsible, measure.due_date = row.responsible, row.due_date
    # What belongs to another kind is not kept.
    measure.into = row.into if row.kind == Measure.Kind.MERGE else None
    measure.to_portfolio = row.to_portfolio if row.kind == Measure.Kind.REHOME else None
    moves = row.kind == Measure.Kind.MOVE
    measure.months, measure.start_months = (row.months, row.start_months) if moves else (None, None)
    measure.version += 1
    measure.save()
    measure.projects.all().delete()
    for project in row.projects:
        MeasureProject.objects.create(**house_of(project), measure=measure, project=project)
    event = events.MeasureProposed(
        portfolio_id=portfolio.pk, measure_id=measure.pk, measure=measure.kind, projects=len(row.projects)
    )
    record(event, by=by, at=at, house=measure)
    return measure


def _carried(by: Actor, measure: Measure, at: datetime, states: Sequence[str] = ()) -> list[MeasureProject]:
    """The projects of the measure, or those it has left in some states, as they are now: refused where one stands in its way."""
    mine = Project.objects.filter(measures__measure=measure)
    list(mine.select_for_update(of=("self",)).order_by("pk"))  # they stay so until it is done
    rows = [row for row in touched_by(measure) if not states or row.state in states]
    projects = [row.project for row in rows]
    refuse(carry_lacks(by, measure, projects, ahead_of(measure, projects, on=localdate(at))))
    return rows


@transaction.atomic
def decide_measure(
    *,
    by: Actor,
    at: datetime,
    measure_id: int,
    version: int | None,
    where: str = "",
    treated_on: date | None = None,
) -> Measure:
    """Decide the measure: each project is stopped, merged or moved, or sent to its body as a case; its people are told.

    What ends a project is the board's to decide; who is not of it writes down where and when the board did.
    """
    measure = _locked(measure_id, version)
    board = on_board(measure.portfolio, on=localdate(at))
    can_decide_measure(by, measure, board).require()
    if records_for_board(by, measure, board):
        refuse(recorded_lacks(where, treated_on, on=localdate(at)))
    rows = _carried(by, measure, at)
    measure.state, measure.decided_at, measure.decided_by_id = Measure.State.DECIDED, at, by.person
    measure.decided_in, measure.treated_on = where.strip(), treated_on
    measure.version += 1
    measure.save()
    for row in rows:
        carry_out(by=by, at=at, measure=measure, row=row)
    event = events.MeasureDecided(
        portfolio_id=measure.portfolio_id, measure_id=measure.pk, measure=measure.kind, projects=len(rows)
    )
    hand = Hand(kind="follow_measure", person_id=measure.responsible_id, object_id=measure.pk, due=measure.due_date)
    hand_out(by=by, at=at, house=measure, hand=hand, event=event)
    tell_measure_given(by=by, at=at, measure=measure)
    return measure


@transaction.atomic
def carry_again(*, by: Actor, at: datetime, measure_id: int, version: int | None) -> Measure:
    """Carry a decided measure out anew with the projects whose case was closed without an answer."""
    measure = _locked(measure_id, version)
    can_carry_again(by, measure, on_board(measure.portfolio, on=localdate(at)), touched_by(measure)).require()
    rows = _carried(by, measure, at, [MeasureProject.State.BACK])
    measure.version += 1
    measure.save()
    for row in rows:
        row.case = row.change = None
        carry_out(by=by, at=at, measure=measure, row=row)
    event = events.MeasureDecided(
        portfolio_id=measure.portfolio_id, measure_id=measure.pk, measure=measure.kind, projects=len(rows)
    )
    record(event, by=by, at=at, house=measure)
    return measure


@transaction.atomic
def follow_measure(
    *,
    by: Actor,
    at: datetime,
    measure_id: int,
    version: int | None,
    state: str,
    text: str,
    responsible: Person | None = None,
    due_date: date | None = None,
) -> Measure:
    """Write down how the measure goes, give it to another or move its deadline. Done or dropped, nobody is reminded."""
    measure = _locked(measure_id, version)
    can_follow_measure(by, measure, on_board(measure.portfolio, on=localdate(at))).require()
    if state not in NEXT.get(measure.state, ()):
        raise Refused(_("The measure cannot go to this state from where it is."))
    if not text.strip():
        refuse([Lack(_("Write how it goes, or why."), "id_text")])
    if state == Measure.State.DONE and waits_for_answer(measure):
        raise Refused(_("A project still waits for an answer. Wait for it, or drop the measure."))
    over = state in (Measure.State.DONE, Measure.State.DROPPED)
    given = responsible is not None and responsible.pk != measure.responsible_id and not over
    if responsible is not None and not over:
        measure.responsible = responsible
    if due_date is not None and due_date != measure.due_date and not over:
        refuse(due_lacks(due_date, on=localdate(at)))
        measure.due_date = due_date
    measure.state, measure.closed_at = state, at if over else None
    measure.version += 1
    measure.save()
    said = {"state": state, "text": text.strip(), "made_at": at, "made_by_id": by.person}
    MeasureNote.objects.create(**house_of(measure), measure=measure, **said)
    event = events.MeasureFollowed(portfolio_id=measure.portfolio_id, measure_id=measure.pk, state=state)
    if over:
        if state == Measure.State.DROPPED:
            withdraw_measure(by=by, at=at, measure=measure)
        Task.objects.filter(kind="heed_measure", object_id=measure.pk, closed_at=None).update(
            closed_at=at, closed_by_id=by.person_id
        )
        close_tasks(by=by, at=at, house=measure, event=event, kind="follow_measure", object_id=measure.pk)
        return measure
    record(event, by=by, at=at, house=measure)
    waiting = Task.objects.filter(kind="follow_measure", object_id=measure.pk, closed_at=None)
    waiting.update(due_date=measure.due_date)
    if measure.responsible.active:  # else it waits for the portfolio manager
        waiting.update(person_id=measure.responsible_id, role="", entity=None)
    if given:
        tell_measure_given(by=by, at=at, measure=measure)
    return measure


@transaction.atomic
def read_measure(*, by: Actor, at: datetime, measure_id: int) -> bool:
    """Say that one has read what is decided about one's project. Says whether anything waited; twice is once."""
    measure = _locked(measure_id, None)
    mine = Task.objects.filter(kind="heed_measure", object_id=measure.pk, person_id=by.person, closed_at=None)
    if not mine.update(closed_at=at, closed_by_id=by.person):
        return False
    event = events.MeasureRead(portfolio_id=measure.portfolio_id, measure_id=measure.pk)
    record(event, by=by, at=at, house=measure)
    return True


@transaction.atomic
def remind_measure(*, by: Actor, at: datetime, measure_id: int) -> bool:
    """Remind the one responsible once before the deadline and once after it. Says whether anyone was told.

    What follows from the day, so it asks for no permission of its own.
    """
    measure = _locked(measure_id, None)
    task = Task.objects.filter(kind="follow_measure", object_id=measure.pk, closed_at__isnull=True).first()
    if task is None:
        return False
    late = measure.late_on(localdate(at))
    if task.reminded_at is not None and not (late and localdate(task.reminded_at) <= measure.due_date):
        return False
    task.reminded_at = at
    task.save(update_fields=["reminded_at"])
    event = events.MeasureReminded(
        portfolio_id=measure.portfolio_id, measure_id=measure.pk, person_id=measure.responsible_id, late=late
    )
    record(event, by=by, at=at, house=measure)
    tell_measure_due(by=by, at=at, measure=measure, late=late)
    return True
