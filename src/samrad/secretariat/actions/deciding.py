"""What is decided below the council: sent to the line, or decided by the secretariat within its mandate."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.cases.actions import ask_sector_head, decide_by_secretariat
from samrad.cases.models import Case, Decision
from samrad.cases.queries import plan_of, sharers, split_or_equally
from samrad.core.verdict import Refused, Verdict
from samrad.governance.models import Body, Mandate
from samrad.governance.queries import mandate_in_force
from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor
from samrad.secretariat import events
from samrad.secretariat.actions.preparing import _locked
from samrad.secretariat.policy import can_decide, can_send_to_line, decision_lacks, house
from samrad.secretariat.policy.routing import not_sent_up
from samrad.secretariat.queries import frame_of, mandates_in_force, route_of
from samrad.secretariat.queries.routing import sent_to_council


@transaction.atomic
def send_to_line(*, by: Actor, at: datetime, case_id: int, version: int | None = None) -> Decision:
    """Confirm that the rules let the owning sector decide, and ask its head."""
    case, initiative = _locked(case_id, version)
    way = route_of(initiative, on=localdate(at))
    can_send_to_line(by, case, way).require()
    not_sent_up(sent_to_council(case)).require()
    case.routing_rule = way.rule
    event = events.SentToLine(initiative_id=initiative.pk, case_id=case.pk, rule=way.rule)
    return ask_sector_head(by=by, at=at, case=case, event=event)


def _lock_frame(entity_id: int, at: datetime) -> None:
    """Two who decide at once come one after the other: the last one sees what the first one spent."""
    ids = [m.pk for m in mandates_in_force(entity_id, on=localdate(at))]
    list(Mandate.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))


@transaction.atomic
def decide_within_mandate(
    *,
    by: Actor,
    at: datetime,
    case_id: int,
    version: int | None = None,
    outcome: str,
    text: str = "",
    amount_kr: Decimal | None = None,
) -> list[Decision]:
    """Decide as the secretariat, within its mandate and what is left of the year's frame."""
    case, initiative = _locked(case_id, version)
    _lock_frame(house(case), at)
    on = localdate(at)
    way = route_of(initiative, on=on)
    can_decide(by, case, way).require()
    not_sent_up(sent_to_council(case)).require()
    frame = frame_of(initiative, on=on)
    lacks = decision_lacks(outcome, text, amount_kr, frame)
    if lacks or frame is None:
        raise Refused(Verdict.no(lacks[0].text, lacks) if lacks else Verdict.no(_("No mandate is in force.")))
    case.routing_rule = way.rule
    approved = outcome == Decision.Outcome.APPROVED
    return decide_by_secretariat(
        by=by,
        at=at,
        case=case,
        outcome=outcome,
        text=text.strip(),
        amounts=_shares(case, initiative, amount_kr if approved else None, at=at),
        authority=_("The secretariat's mandate, version %(version)s") % {"version": frame.mandate.version},
        mandate_id=frame.mandate.pk,
    )


def _shares(
    case: Case, initiative: Initiative, amount_kr: Decimal | None, *, at: datetime
) -> dict[int, Decimal | None]:
    """The amount shared by the cost key of the case, else of the council's mandate; equally where neither says how."""
    places = sharers(initiative, at)
    if amount_kr is None:
        return dict.fromkeys(place.pk for place in places)
    plan, mandate = plan_of(case), mandate_in_force(house(case), Body.Kind.COUNCIL, on=localdate(at))
    return dict(split_or_equally(amount_kr, places, plan, mandate))
