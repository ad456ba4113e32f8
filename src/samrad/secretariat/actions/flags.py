"""What stands outside a score: fixed when the scoring begins, and changed afterwards only with a reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Refused, Verdict
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.secretariat import events
from samrad.secretariat.actions.preparing import _locked
from samrad.secretariat.models import FlagChange, Scoring
from samrad.secretariat.policy.scoring import can_change_flags, flags_lack
from samrad.secretariat.queries.scoring import lock_scoring


def _keep_change(*, by: Actor, at: datetime, scoring: Scoring, before: dict[str, Any], reason: str) -> FlagChange:
    """The change as a row of its own, beside the scoring it was made in."""
    after = scoring.flags
    change = FlagChange.objects.create(
        **house_of(scoring),
        scoring=scoring,
        before=before,
        after=after,
        reason=reason.strip(),
        changed_at=at,
        changed_by_id=by.person,
    )
    event = events.FlagsChanged(
        initiative_id=scoring.case.initiative_id,
        case_id=scoring.case_id,
        scoring_id=scoring.pk,
        change_id=change.pk,
        fields=tuple(name for name in after if after[name] != before.get(name)),
    )
    record(event, by=by, at=at, house=change)
    return change


@transaction.atomic
def change_flags(
    *,
    by: Actor,
    at: datetime,
    case_id: int,
    version: int | None = None,
    must_do: bool = False,
    security: bool = False,
    urgent: bool = False,
    contract_end: date | None = None,
    reason: str = "",
) -> FlagChange:
    """Change what stands outside the score of a case after the scoring has begun, and say why."""
    case, _initiative = _locked(case_id, None)
    can_change_flags(by, case).require()
    newest = Scoring.objects.filter(case=case).order_by("-number").first()
    if newest is None:
        raise Refused(_("The case is not being scored, so nothing is fixed yet."))
    scoring = lock_scoring(
        newest.pk, version, _("Someone has changed the scoring since you opened the page. Look at it again.")
    )
    before = scoring.flags
    scoring.must_do, scoring.security = must_do, security
    scoring.urgent, scoring.contract_end = urgent, contract_end
    lacks = flags_lack(before, scoring.flags, reason)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    scoring.version += 1
    scoring.save()
    return _keep_change(by=by, at=at, scoring=scoring, before=before, reason=reason)
