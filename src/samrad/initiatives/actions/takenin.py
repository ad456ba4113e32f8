"""Benefits of an initiative that was taken in, as its source states them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.verdict import Refused
from samrad.eventlog.actions import record
from samrad.initiatives import events
from samrad.initiatives.actions.content import BENEFIT_PARTS, BenefitRow, lock_initiative
from samrad.initiatives.models import Benefit, Initiative
from samrad.organisation.actors import Actor


@transaction.atomic
def take_in_benefits(*, by: Actor, at: datetime, initiative_id: int, rows: Sequence[BenefitRow]) -> list[Benefit]:
    """Write the benefits of an initiative that was taken in; those the source does not name stay as they are.

    Permission is the caller's. A need that was written here keeps the benefits that were decided.
    """
    initiative = lock_initiative(initiative_id, None)
    if initiative.origin != Initiative.Origin.IMPORTED:
        raise Refused(_("The need was written here, so its benefits are written there."))
    standing = {b.pk: b for b in initiative.benefits.filter(removed_at__isnull=True)}
    kept = []
    for order, row in enumerate(rows, start=len(standing)):
        benefit = standing.get(row.id or 0) or Benefit(
            initiative=initiative, owner_id=initiative.owner_id, shared_with_id=initiative.shared_with_id, order=order
        )
        for name in BENEFIT_PARTS:
            setattr(benefit, name, getattr(row, name))
        benefit.benefit_owner_id = row.benefit_owner_id
        benefit.save()
        kept.append(benefit)
    initiative.version += 1
    initiative.updated_at = at
    initiative.save()
    event = events.ContentChanged(initiative_id=initiative.pk, fields=("benefits",), to_version=initiative.version)
    record(event, by=by, at=at, house=initiative)
    return kept
