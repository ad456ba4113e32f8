"""The yearly point where the elected are heard: asking them, their input, and the answer."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Refused
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.strategy import events
from samrad.strategy.models import ElectedInput, InputRound, Strategy
from samrad.strategy.notifications import tell_answered, tell_round, tell_written_down
from samrad.strategy.policy import can_answer_input, can_give_input, can_open_round, can_record_input
from samrad.strategy.queries import elected_of


@transaction.atomic
def open_round(
    *, by: Actor, at: datetime, strategy_id: int, year: int, question: str, opens_on: date, closes_on: date
) -> InputRound:
    """Put the yearly point where the elected are heard into the cycle, and tell them."""
    strategy = Strategy.objects.select_for_update(of=("self",)).select_related("owner").get(pk=strategy_id)
    can_open_round(by, strategy).require()
    if strategy.rounds.filter(year=year).exists():
        raise Refused(_("The elected are asked already in %(year)s.") % {"year": year})
    asked = InputRound.objects.create(
        **house_of(strategy), strategy=strategy, year=year, question=question, opens_on=opens_on, closes_on=closes_on
    )
    people = list(elected_of(strategy.owner, on=localdate(at)))
    closes = date_format(closes_on, "j.n.Y")
    tell_round(by=by, at=at, strategy=strategy, round_id=asked.pk, closes=closes, people=people)
    record(events.RoundOpened(round_id=asked.pk, year=year), by=by, at=at, house=asked)
    return asked


@transaction.atomic
def give_input(
    *,
    by: Actor,
    at: datetime,
    round_id: int,
    text: str,
    said_by_id: int | None = None,
    said_by_name: str = "",
    source: str = "",
) -> ElectedInput:
    """Say what one means of the strategy; or, as the secretariat, write down what an elected said, with the source."""
    asked = InputRound.objects.select_related("strategy__owner").get(pk=round_id)
    for_other = bool(said_by_name) or (said_by_id is not None and said_by_id != by.person_id)
    if for_other:
        can_record_input(by, asked).require()
        if not source:
            raise Refused(_("Say where the input was given."))
    else:
        can_give_input(by, asked, on=localdate(at)).require()
    said = ElectedInput.objects.create(
        **house_of(asked),
        round=asked,
        said_by_id=said_by_id if for_other else by.person,
        said_by_name="" if said_by_id else said_by_name,
        text=text,
        given_at=at,
        recorded_by_id=by.person,
        on_behalf_source=source if for_other else "",
    )
    if for_other:
        tell_written_down(by=by, at=at, said=said)
    event = events.InputGiven(round_id=asked.pk, input_id=said.pk, on_behalf=for_other)
    record(event, by=by, at=at, house=said, on_behalf_of=said_by_id if for_other else None)
    return said


@transaction.atomic
def answer_input(*, by: Actor, at: datetime, input_id: int, outcome: str, answer: str) -> ElectedInput:
    """Answer an input with a reason: what came of it. The one who gave it is told."""
    rows = ElectedInput.objects.select_for_update(of=("self",)).select_related("round__strategy", "said_by")
    said = rows.get(pk=input_id)
    can_answer_input(by, said).require()
    if not answer.strip():
        raise Refused(_("Say why, in a sentence or two."))
    said.outcome, said.answer = outcome, answer
    said.answered_by_id, said.answered_at = by.person, at
    said.save()
    tell_answered(by=by, at=at, said=said)
    record(events.InputAnswered(input_id=said.pk, outcome=outcome), by=by, at=at, house=said)
    return said
