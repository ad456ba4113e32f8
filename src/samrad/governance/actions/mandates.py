"""Adopting a body's mandate by versions, and recording where each is adopted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Lack, Refused, Stale, Verdict
from samrad.eventlog.actions import record
from samrad.governance import events
from samrad.governance.models import Body, Mandate, MandateAdoption
from samrad.governance.notifications import tell_waiting
from samrad.governance.policy import (
    can_record_adoption,
    can_replace,
    can_second_mandate,
    can_withdraw_mandate,
    can_write_mandate,
)
from samrad.governance.queries import two_adopt_mandates
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.organisation.policy import can_administer

USUAL = Mandate()
"""What a mandate says where nothing else is decided."""
ONE_DAY = timedelta(days=1)


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
    valid_to: date | None = None,
    open_submitted: Sequence[str] = (),
    open_decided: Sequence[str] = (),
    may_decide_types: Sequence[str] = (),
    amount_per_case: Decimal | None = None,
    amount_per_year: Decimal | None = None,
    **more: Any,
) -> Mandate:
    """Adopt a new version of a body's mandate. The old one ends the day before, and what it decided stands.

    Where the house's rule says that two look at a mandate, a version that a person writes waits for another person.
    `open_submitted` and `open_decided` are what the public may see of initiatives (OpenPart), before and after decision.
    `more` are the other fields of Mandate; `after_version` is the version that the page was made from.
    """
    can_administer(by, body.owner_id).require()
    _hold(body.pk)
    last = body.mandates.order_by("-version").first()
    if after_version is not None and after_version != (last.version if last else 0):
        raise Stale(_("Someone has adopted a newer version since you opened the page. Look at it first."))
    can_write_mandate(last).require()
    can_replace(body.mandates.filter(state=Mandate.State.ADOPTED).order_by("-version").first(), valid_from).require()
    waits = by.is_person and two_adopt_mandates(body.owner_id, on=localdate(at))
    days = more.get("submission_days", USUAL.submission_days)
    mandate = Mandate.objects.create(
        **house_of(body),
        body=body,
        version=(last.version if last else 0) + 1,
        state=Mandate.State.PROPOSED if waits else Mandate.State.ADOPTED,
        valid_from=valid_from,
        valid_to=valid_from - ONE_DAY if waits else valid_to,
        own_last_day=valid_to,
        written_by_id=by.person_id,
        adopted_by=adopted_by,
        adopted_date=adopted_date or valid_from,
        open_submitted=list(open_submitted),
        open_decided=list(open_decided),
        may_decide_types=list(may_decide_types),
        amount_per_case=amount_per_case,
        amount_per_year=amount_per_year,
        adopted_in_ids=sorted({e.pk for e in adopted_in} | {a.municipality_id for a in adoptions}),
        **{"urgent_days": min(days, USUAL.urgent_days)} | more,
    )
    for adoption in adoptions:
        _keep(mandate, adoption)
    if waits:
        record(events.MandateProposed(mandate_id=mandate.pk, version=mandate.version), by=by, at=at, house=mandate)
        tell_waiting(by=by, at=at, mandate=mandate)
        return mandate
    return _in_line(mandate, by=by, at=at)


def _hold(body_id: int) -> None:
    """The row of the body is the lock: one at a time changes its versions."""
    Body.objects.select_for_update(of=("self",)).get(pk=body_id)


def _line_up(mandate: Mandate) -> None:
    """Let the version before this one end when the next one that is adopted begins, or on its own last day."""
    adopted = Mandate.objects.filter(body_id=mandate.body_id, state=Mandate.State.ADOPTED)
    before = adopted.filter(version__lt=mandate.version).order_by("-version").first()
    if before is None:
        return
    after = adopted.filter(version__gt=before.version).order_by("version").first()
    ends = [day for day in (before.own_last_day, after.valid_from - ONE_DAY if after else None) if day is not None]
    before.valid_to = min(ends, default=None)
    before.save(update_fields=["valid_to"])


def _in_line(mandate: Mandate, *, by: Actor, at: datetime) -> Mandate:
    _line_up(mandate)
    event = events.MandateAdopted(mandate_id=mandate.pk, version=mandate.version)
    record(event, by=by, at=at, house=mandate)
    return mandate


def _locked(mandate_id: int) -> Mandate:
    _hold(Mandate.objects.values_list("body_id", flat=True).get(pk=mandate_id))
    return Mandate.objects.select_for_update(of=("self",)).select_related("body").get(pk=mandate_id)


@transaction.atomic
def second_mandate(*, by: Actor, at: datetime, mandate_id: int) -> Mandate:
    """Adopt a version that somebody else has written: now it is in force from its day."""
    mandate = _locked(mandate_id)
    can_second_mandate(by, mandate, on=localdate(at)).require()
    standing = mandate.body.mandates.filter(state=Mandate.State.ADOPTED).order_by("-version").first()
    can_replace(standing, mandate.valid_from).require()
    mandate.state, mandate.valid_to = Mandate.State.ADOPTED, mandate.own_last_day
    mandate.seconded_by_id = by.person_id
    mandate.save(update_fields=["state", "valid_to", "seconded_by"])
    return _in_line(mandate, by=by, at=at)


@transaction.atomic
def withdraw_mandate(*, by: Actor, at: datetime, mandate_id: int, reason: str) -> Mandate:
    """Withdraw a version that is not in force yet, and say why. The one before it goes on as if it had never come."""
    mandate = _locked(mandate_id)
    can_withdraw_mandate(by, mandate, on=localdate(at)).require()
    if not reason.strip():
        text = _("Say why. Everyone who reads the mandates will see it.")
        raise Refused(Verdict.no(text, (Lack(text, "id_reason"),)))
    mandate.state, mandate.valid_to = Mandate.State.WITHDRAWN, mandate.valid_from - ONE_DAY
    mandate.withdrawn_reason, mandate.withdrawn_at = reason.strip()[:500], at
    mandate.withdrawn_by_id = by.person_id
    mandate.save(update_fields=["state", "valid_to", "withdrawn_reason", "withdrawn_at", "withdrawn_by"])
    _line_up(mandate)
    event = events.MandateWithdrawn(mandate_id=mandate.pk, version=mandate.version)
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
