"""The order the body sets against the one that is counted, and attempts by those who may not."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _t

from samrad.cases.models import Case
from samrad.cases.queries import lock_case
from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Verdict
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.secretariat import events
from samrad.secretariat.models import Placing
from samrad.secretariat.policy.scoring import can_place, placing_lacks
from samrad.secretariat.queries.scoring import ranked_cases


def _ended(case: Case, by: Actor, at: datetime) -> Placing | None:
    standing = Placing.objects.select_for_update(of=("self",)).filter(case=case, ended_at__isnull=True).first()
    if standing is not None:
        standing.ended_at, standing.ended_by_id = at, by.person
        standing.save(update_fields=["ended_at", "ended_by"])
    return standing


@transaction.atomic
def place_in_order(
    *, by: Actor, at: datetime, case_id: int, version: int | None = None, place: int, reason: str
) -> Placing:
    """Set down where the body has placed a case in the order, and why. What it set before stays as history."""
    case = lock_case(case_id, version)
    can_place(by, case).require()
    rows, _standing = ranked_cases([case])
    lacks = placing_lacks(place, reason, scored=bool(rows))
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    _ended(case, by, at)
    placing = Placing.objects.create(
        **house_of(case), case=case, place=place, reason=reason.strip(), placed_at=at, placed_by_id=by.person
    )
    case.version += 1
    case.save(update_fields=["version"])
    event = events.PlacedInOrder(initiative_id=case.initiative_id, case_id=case.pk, placing_id=placing.pk, place=place)
    record(event, by=by, at=at, house=placing)
    return placing


@transaction.atomic
def end_placing(*, by: Actor, at: datetime, case_id: int, version: int | None = None) -> Placing:
    """Let a case stand where it is counted to again."""
    case = lock_case(case_id, version)
    can_place(by, case).require()
    standing = _ended(case, by, at)
    if standing is None:
        lack = Lack(_t("The case stands where it is counted to."), "id_place")
        raise Refused(Verdict.no(lack.text, (lack,)))
    case.version += 1
    case.save(update_fields=["version"])
    event = events.PlacingEnded(initiative_id=case.initiative_id, case_id=case.pk, placing_id=standing.pk)
    record(event, by=by, at=at, house=standing)
    return standing


@transaction.atomic
def log_attempt(*, by: Actor, at: datetime, case: Case, attempt: str) -> None:
    """Write in the log that one of the IT staff tried what only others may do. Nothing else happens (S10)."""
    event = events.AttemptRefused(initiative_id=case.initiative_id, case_id=case.pk, attempt=attempt)
    record(event, by=by, at=at, house=case)
