"""Adopting a body's mandate by versions, and recording where each is adopted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Refused, Stale
from samrad.eventlog.actions import record
from samrad.governance import events
from samrad.governance.models import Body, Mandate, MandateAdoption
from samrad.governance.policy import can_record_adoption, can_replace
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.organisation.policy import can_administer


@dataclass(frozen=True, kw_only=True)
class Adoption:
    """That a municipality has adopted a mandate, as it is typed."""

    municipality_id: int
    organ: str
    adopted_date: date
    case_number: str = ""


@transaction.atomic
def adopt_mandate(
    *,
    by: Actor,
    at: datetime,
    body: Body,
    valid_from: date,
    adopted_by: str,
    adopted_in: Sequence[Entity] = (),
    adoptions: Sequence[Adoption] = (),
    after_version: int | None = None,
    adopted_date: date | None = None,
    open_submitted: Sequence[str] = (),
    open_decided: Sequence[str] = (),
    may_decide_types: Sequence[str] = (),
    amount_per_case: Decimal | None = None,
    amount_per_year: Decimal | None = None,
    **more: Any,
) -> Mandate:
    """Adopt a new version of a body's mandate. The old one ends the day before, and what it decided stands.

    `open_submitted` and `open_decided` are what the public may see of initiatives (OpenPart), before and after decision.
    `more` are the other fields of Mandate; `after_version` is the version that the page was made from.
    """
    can_administer(by, body.owner_id).require()
    Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    last = body.mandates.order_by("-version").first()
    if after_version is not None and after_version != (last.version if last else 0):
        raise Stale(_("Someone has adopted a newer version since you opened the page. Look at it first."))
    can_replace(last, valid_from).require()
    if last is not None and (last.valid_to is None or last.valid_to >= valid_from):
        last.valid_to = valid_from - timedelta(days=1)
        last.save(update_fields=["valid_to"])
    mandate = Mandate.objects.create(
        **house_of(body),
        body=body,
        version=(last.version if last else 0) + 1,
        valid_from=valid_from,
        adopted_by=adopted_by,
        adopted_date=adopted_date or valid_from,
        open_submitted=list(open_submitted),
        open_decided=list(open_decided),
        may_decide_types=list(may_decide_types),
        amount_per_case=amount_per_case,
        amount_per_year=amount_per_year,
        adopted_in_ids=sorted({e.pk for e in adopted_in} | {a.municipality_id for a in adoptions}),
        **more,
    )
    for adoption in adoptions:
        _keep(mandate, adoption)
    event = events.MandateAdopted(mandate_id=mandate.pk, version=mandate.version)
    record(event, by=by, at=at, house=mandate)
    return mandate


def _keep(mandate: Mandate, adoption: Adoption) -> None:
    MandateAdoption.objects.create(
        **house_of(mandate),
        mandate=mandate,
        municipality_id=adoption.municipality_id,
        organ=adoption.organ,
        case_number=adoption.case_number,
        adopted_date=adoption.adopted_date,
    )


@transaction.atomic
def record_adoption(*, by: Actor, at: datetime, mandate_id: int, adoption: Adoption) -> Mandate:
    """Record that a municipality has adopted a mandate: from then on it is in force there too."""
    mandate = Mandate.objects.select_for_update(of=("self",)).select_related("body").get(pk=mandate_id)
    can_record_adoption(by, mandate).require()
    if mandate.adoptions.filter(municipality_id=adoption.municipality_id).exists():
        raise Refused(_("It is recorded already that this municipality has adopted the mandate."))
    _keep(mandate, adoption)
    mandate.adopted_in_ids = sorted({*mandate.adopted_in_ids, adoption.municipality_id})
    mandate.save(update_fields=["adopted_in_ids"])
    event = events.AdoptionRecorded(mandate_id=mandate.pk, municipality_id=adoption.municipality_id)
    record(event, by=by, at=at, house=mandate)
    return mandate
