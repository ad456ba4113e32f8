"""Contracts that run out: owner and administrator are told in time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.systems.events import ContractWarned
from samrad.systems.models import System, Terms
from samrad.systems.notifications import tell_ending
from samrad.systems.queries import threshold


@transaction.atomic
def warn_expiry(*, by: Actor, at: datetime, system_id: int) -> Terms | None:
    """Tell owner and administrator that the contract runs out, once at 18 months and once at 12."""
    system = System.objects.select_for_update(of=("self",)).get(pk=system_id)
    terms = Terms.objects.filter(system=system).first()
    months = threshold(terms.end_date, on=localdate(at)) if terms else None
    if terms is None or not months or not system.in_use:
        return None
    if terms.warned_months is not None and terms.warned_months <= months:
        return None
    terms.warned_months = months
    terms.save(update_fields=["warned_months"])
    record(ContractWarned(system_id=system.pk, months=months), by=by, at=at, house=terms)
    tell_ending(by=by, at=at, system=system, terms=terms, months=months)
    return terms
