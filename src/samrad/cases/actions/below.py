"""Decisions below the council: in the line of the owning sector, and by the secretariat within its mandate."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from samrad.cases.actions.moving import Hand, move_case
from samrad.cases.actions.recommending import DAYS_TO_DECIDE, _next_round, _row
from samrad.cases.actions.telling import tell, tell_decided
from samrad.cases.events import CaseSettled, Decided
from samrad.cases.models import Case, Decision
from samrad.core.verdict import Refused
from samrad.eventlog.actions import Happened, record
from samrad.initiatives.actions import lock_initiative, reach_stage, set_phase
from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor
from samrad.organisation.queries import holders


@transaction.atomic
def ask_sector_head(*, by: Actor, at: datetime, case: Case, event: Happened) -> Decision:
    """Ask the head of the owning sector to decide. Permission, and that the rules say so, are the caller's."""
    initiative = Initiative.objects.get(pk=case.initiative_id or 0)
    sector = initiative.owning_sector_id
    people = holders("sector_head", entity_id=initiative.owner_id, unit_id=sector, on=localdate(at)) if sector else None
    if not people:
        raise Refused(_t("Nobody is head of the sector that owns the need, so nobody can decide it in the line."))
    row = _row(case, initiative.owner_id, at, Decision.Level.LINE)
    due = localdate(at) + timedelta(days=DAYS_TO_DECIDE)
    hand = Hand(
        kind="decide_in_line",
        role="sector_head",
        entity_id=initiative.owner_id,
        unit_id=sector,
        object_id=row.pk,
        due=due,
    )
    move_case(by=by, at=at, case=case, to="at_sector_head", event=event, hands=[hand], due=due)
    tell(
        by=by,
        at=at,
        initiative=initiative,
        people=people,
        code="cases.decide_in_line",
        subject=_("Decide in your sector: %(title)s"),
        body=_("%(reference)s needs no budget, so your sector decides it. It waits for your decision by %(due)s."),
        path=reverse("cases:decision_decide", args=[row.pk]),
        due=due.strftime("%d.%m.%Y"),
    )
    return row


@transaction.atomic
def decide_by_secretariat(
    *,
    by: Actor,
    at: datetime,
    case: Case,
    outcome: str,
    text: str,
    amounts: Mapping[int, Decimal | None],
    authority: str,
    mandate_id: int | None = None,
) -> list[Decision]:
    """Keep what the secretariat decides for each municipality, and settle the case. Permission is the caller's."""
    initiative = lock_initiative(case.initiative_id or 0, None)
    number = _next_round(case, Decision.Level.SECRETARIAT)
    rows = []
    for municipality_id, amount in amounts.items():
        row = Decision.objects.create(
            owner_id=municipality_id,
            shared_with_id=case.shared_with_id if case.shared_with_id != municipality_id else None,
            case=case,
            municipality_id=municipality_id,
            level=Decision.Level.SECRETARIAT,
            round=number,
            outcome=outcome,
            text=text,
            amount_kr=amount,
            authority=authority,
            mandate_id=mandate_id,
            asked_at=at,
            decided_at=at,
            decided_by_id=by.person,
        )
        rows.append(row)
        event = Decided(
            initiative_id=initiative.pk,
            case_id=case.pk,
            decision_id=row.pk,
            municipality_id=municipality_id,
            outcome=outcome,
        )
        record(event, by=by, at=at, house=row)
    reach_stage(by=by, at=at, initiative=initiative, stage=Initiative.Stage.DECIDED)
    state = "decided_by_secretariat" if outcome == Decision.Outcome.APPROVED else "rejected"
    settled = CaseSettled(initiative_id=initiative.pk, case_id=case.pk, state=state)
    move_case(by=by, at=at, case=case, to=state, event=settled)
    if state == "rejected":
        set_phase(by=by, at=at, initiative=initiative, status=Initiative.Status.REJECTED)
    tell_decided(by=by, at=at, initiative=initiative, decisions=rows, on=localdate(at))
    return rows
