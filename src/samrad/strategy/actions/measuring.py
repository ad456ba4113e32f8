"""Following up: how the indicators stand, and telling those responsible when a strategy runs out."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Refused
from samrad.eventlog.actions import record
from samrad.organisation.actors import Actor
from samrad.strategy import events
from samrad.strategy.models import ExpiryWarning, Indicator, Measurement, Strategy
from samrad.strategy.notifications import tell_expiry
from samrad.strategy.policy import can_measure
from samrad.strategy.queries import expiry_of, responsible_for


@transaction.atomic
def record_measurement(
    *, by: Actor, at: datetime, indicator_id: int, measured_on: date, value: Decimal, note: str = ""
) -> Measurement:
    """Record how an indicator stands on a day. Earlier values are kept."""
    indicator = Indicator.objects.select_related("goal__area__strategy").get(pk=indicator_id)
    can_measure(by, indicator.goal.area.strategy).require()
    if measured_on > localdate(at):
        raise Refused(_("The value cannot be from a day that has not come."))
    made = Measurement.objects.create(
        **house_of(indicator),
        indicator_id=indicator.root_or_self_id,
        measured_on=measured_on,
        value=value,
        note=note,
        recorded_by_id=by.person,
        recorded_at=at,
    )
    event = events.IndicatorMeasured(indicator_id=indicator.pk, measurement_id=made.pk)
    record(event, by=by, at=at, house=indicator)
    return made


@transaction.atomic
def warn_of_expiry(*, by: Actor, at: datetime, strategy_id: int) -> bool:
    """Tell those responsible that a strategy runs out, once before and once after. Doing it twice is doing it once."""
    strategy = Strategy.objects.select_for_update(of=("self",)).select_related("owner").get(pk=strategy_id)
    on = localdate(at)
    expiry = expiry_of(strategy, on=on)
    if expiry is None:
        return False
    kind = ExpiryWarning.Kind.EXPIRED if expiry.expired else ExpiryWarning.Kind.BEFORE
    _row, made = ExpiryWarning.objects.get_or_create(
        strategy=strategy, kind=kind, valid_to=strategy.valid_to, defaults={**house_of(strategy), "told_at": at}
    )
    if made:
        tell_expiry(by=by, at=at, strategy=strategy, people=responsible_for(strategy.owner, on=on), kind=kind)
        record(events.ExpiryTold(strategy_id=strategy.pk, warning=str(kind)), by=by, at=at, house=strategy)
    return made
