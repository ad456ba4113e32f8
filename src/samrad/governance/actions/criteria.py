"""Adopting the criteria that initiatives are scored by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.models import end_before
from samrad.core.verdict import Refused, Stale, Verdict
from samrad.eventlog.actions import record
from samrad.governance import events
from samrad.governance.criteria import Criterion, plain
from samrad.governance.models import CriteriaVersion
from samrad.governance.policy import can_replace, criteria_lacks
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.organisation.policy import can_administer


@transaction.atomic
def adopt_criteria(
    *,
    by: Actor,
    at: datetime,
    owner: Entity,
    criteria: Sequence[Criterion],
    valid_from: date,
    adopted_by: str = "",
    source: str = "",
    after_version: int | None = None,
) -> CriteriaVersion:
    """Adopt the criteria that initiatives are scored by from a day on. What is scored already stands as it is."""
    can_administer(by, owner.pk).require()
    lacks = criteria_lacks(criteria)
    if lacks:
        raise Refused(Verdict.no(lacks[0].text, lacks))
    Entity.objects.select_for_update(of=("self",)).get(pk=owner.pk)
    last = CriteriaVersion.objects.filter(owner=owner).first()
    if after_version is not None and after_version != (last.version if last else 0):
        raise Stale(_("Someone has adopted a newer version since you opened the page. Look at it first."))
    can_replace(last, valid_from).require()
    end_before(last, valid_from)
    made = CriteriaVersion.objects.create(
        owner=owner,
        version=(last.version if last else 0) + 1,
        criteria=plain(criteria),
        valid_from=valid_from,
        adopted_by=adopted_by,
        source=source,
    )
    record(events.CriteriaAdopted(criteria_id=made.pk, version=made.version), by=by, at=at, house=made)
    return made
