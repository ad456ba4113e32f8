"""What follows from what, on one page. Handlers run in the same transaction and write only the database."""

from __future__ import annotations

from decimal import Decimal

from samrad.cases.actions import open_case
from samrad.cases.events import CaseSettled
from samrad.cases.models import Decision
from samrad.eventlog.actions import when
from samrad.eventlog.models import Event
from samrad.initiatives.events import DraftStarted
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import responsibles
from samrad.organisation.actors import Actor
from samrad.portfolio.actions import enter_portfolio

BECOMES_PROJECT = frozenset({"approved", "approved_with_conditions", "partly_approved"})


def wire() -> None:
    """Connect the rooms. Called once, when every room is ready."""
    when(DraftStarted, _open_case)
    when(CaseSettled, _enter_portfolio)


def _actor(logged: Event) -> Actor:
    """Whoever did what is followed up here; permission was asked when it was done."""
    return Actor(logged.by_person_id, "", logged.owner_id, ())


def _open_case(event: DraftStarted, logged: Event) -> None:
    initiative = Initiative.objects.get(pk=event.initiative_id)
    open_case(by=_actor(logged), at=logged.at, initiative=initiative)


def _enter_portfolio(event: CaseSettled, logged: Event) -> None:
    if event.state not in BECOMES_PROJECT or event.initiative_id is None:
        return
    initiative = Initiative.objects.get(pk=event.initiative_id)
    yes = [Decision.Outcome.APPROVED, Decision.Outcome.APPROVED_WITH_CONDITIONS]
    amounts = Decision.objects.filter(case_id=event.case_id, outcome__in=yes, amount_kr__isnull=False)
    given: list[Decimal | None] = list(amounts.values_list("amount_kr", flat=True))
    budget = sum((kr for kr in given if kr is not None), Decimal(0)) if given else None
    people = {kind: row.person_id for kind, row in responsibles(initiative).items()}
    enter_portfolio(by=_actor(logged), at=logged.at, initiative=initiative, budget_kr=budget, people=people)
