"""Which sectors a need affects, besides the one that owns it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.anchoring.events import AffectedChosen
from samrad.anchoring.models import Affected
from samrad.anchoring.queries import sectors_to_choose
from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Verdict
from samrad.eventlog.actions import record
from samrad.initiatives.models import Initiative
from samrad.organisation.actors import Actor


@transaction.atomic
def keep_affected(*, by: Actor, at: datetime, initiative: Initiative, unit_ids: Collection[int]) -> set[int]:
    """Keep which sectors are affected; the ones that are new. Permission is the caller's."""
    known = set(
        sectors_to_choose(initiative, on=localdate(at)).filter(pk__in=list(unit_ids)).values_list("pk", flat=True)
    )
    if known != set(unit_ids):
        raise Refused(
            Verdict.no(_("Choose sectors that take part."), (Lack(_("Choose sectors that take part."), "id_affected"),))
        )
    standing = {row.unit_id: row for row in Affected.objects.filter(initiative=initiative, removed_at__isnull=True)}
    new = known - set(standing)
    gone = [row for unit_id, row in standing.items() if unit_id not in known]
    if not new and not gone:
        return new
    for row in gone:
        row.removed_at = at
        row.save(update_fields=["removed_at"])
    for unit_id in sorted(new):
        Affected.objects.create(
            **house_of(initiative), initiative=initiative, unit_id=unit_id, chosen_at=at, chosen_by_id=by.person
        )
    event = AffectedChosen(initiative_id=initiative.pk, unit_ids=tuple(sorted(known)))
    record(event, by=by, at=at, house=initiative)
    return new
