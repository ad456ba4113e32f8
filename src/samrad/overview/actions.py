"""Answering the yearly self-evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.core.verdict import Refused, Stale
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.overview import events
from samrad.overview.models import SelfCheck
from samrad.overview.policy import can_answer_self_check
from samrad.overview.selfcheck import checked_entities


@transaction.atomic
def answer_self_check(
    *, by: Actor, at: datetime, municipality: Entity, year: int, version: int, scores: Mapping[str, int], note: str
) -> SelfCheck:
    """Answer a municipality's self-evaluation of a year, or correct it."""
    checked = next((c for c in checked_entities(by, on=localdate(at)) if c.entity.pk == municipality.pk), None)
    if checked is None:
        raise Refused(_("You do not answer for this municipality."))
    can_answer_self_check(by, checked.houses).require()
    share = next(iter(checked.cooperations), None)
    check, _made = SelfCheck.objects.select_for_update(of=("self",)).get_or_create(
        owner=municipality,
        year=year,
        defaults={"shared_with_id": share, "answered_by_id": by.person, "answered_at": at},
    )
    if check.version != version:
        raise Stale(_("Someone has answered since you opened the page. Look at it again."))
    check.scores, check.note = dict(scores), note
    check.answered_by_id, check.answered_at = by.person, at
    check.version += 1
    check.save()
    event = events.SelfChecked(check_id=check.pk, municipality_id=municipality.pk, year=year)
    record(event, by=by, at=at, house=check)
    return check
