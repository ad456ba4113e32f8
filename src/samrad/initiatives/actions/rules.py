"""What the form asks and reckons with, adopted version by version: the old one ends the day before, nothing is changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.core.models import Owned
from samrad.core.verdict import Refused, Stale
from samrad.eventlog.actions import record
from samrad.governance.policy import can_replace
from samrad.initiatives import events
from samrad.initiatives.content import DEFAULT_PLANS, STEPS
from samrad.initiatives.models import CalculationRates, FormScope, ScreeningQuestion, ServiceDesk
from samrad.initiatives.queries import latest
from samrad.initiatives.screening import DEFAULT_QUESTIONS, Question
from samrad.initiatives.valuation import Rates
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.organisation.policy import can_administer

R = TypeVar("R", bound=Owned)


def _make_room(owner: Entity, rows: QuerySet[R], *, at: datetime, valid_from: date, after: int | None) -> None:
    """End what holds then the day before, one adoption at a time. What was to begin that day or later gives way.

    `after` is the newest version the page was made from (queries.latest); Stale where there is a newer one.
    """
    Entity.objects.select_for_update(of=("self",)).get(pk=owner.pk)
    if after is not None and after != latest(rows):
        raise Stale(_("Someone has adopted a newer version since you opened the page. Look at it first."))
    begun: Any = rows.filter(valid_from__lte=localdate(at)).order_by("-valid_from").first()
    can_replace(begun, valid_from).require()
    rows.filter(valid_from__gte=valid_from).delete()
    rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from)).update(valid_to=valid_from - timedelta(days=1))


@transaction.atomic
def adopt_form_scope(
    *,
    by: Actor,
    at: datetime,
    owner: Entity,
    size: str,
    steps: Sequence[int],
    valid_from: date,
    left_out: Sequence[str] = (),
    from_municipalities: int | None = None,
    source: str = "",
    after: int | None = None,
) -> FormScope:
    """Say which steps and fields the form has for a size class."""
    can_administer(by, owner.pk).require()
    if not steps or not set(steps) <= set(STEPS):
        raise Refused(_("Choose at least one step."))
    _make_room(owner, FormScope.objects.filter(owner=owner, size=size), at=at, valid_from=valid_from, after=after)
    row = FormScope.objects.create(
        owner=owner,
        size=size,
        steps=sorted(set(steps)),
        left_out=sorted(left_out),
        from_municipalities=from_municipalities,
        valid_from=valid_from,
        source=source,
    )
    record(events.FormRuleAdopted(table="form_scope", row_id=row.pk), by=by, at=at, house=row)
    return row


@transaction.atomic
def adopt_rates(
    *,
    by: Actor,
    at: datetime,
    owner: Entity,
    rates: Rates,
    valid_from: date,
    source: str = "",
    after: int | None = None,
) -> CalculationRates:
    """Say what cost and benefit are reckoned with."""
    can_administer(by, owner.pk).require()
    _make_room(owner, CalculationRates.objects.filter(owner=owner), at=at, valid_from=valid_from, after=after)
    row = CalculationRates.objects.create(
        owner=owner,
        hourly_kr=rates.hourly_kr,
        discount_percent=rates.discount_percent,
        horizon_years=rates.horizon_years,
        sensitivity_percent=rates.sensitivity_percent,
        valid_from=valid_from,
        source=source,
    )
    record(events.FormRuleAdopted(table="rates", row_id=row.pk), by=by, at=at, house=row)
    return row


@transaction.atomic
def adopt_screening(
    *,
    by: Actor,
    at: datetime,
    owner: Entity,
    questions: Sequence[Question],
    valid_from: date,
    after: int | None = None,
) -> list[ScreeningQuestion]:
    """Say what the check asks, and who is called by each yes."""
    can_administer(by, owner.pk).require()
    if not questions:
        raise Refused(_("Keep at least one question."))
    _make_room(owner, ScreeningQuestion.objects.filter(owner=owner), at=at, valid_from=valid_from, after=after)
    made = [
        ScreeningQuestion.objects.create(
            owner=owner,
            code=question.code,
            order=order,
            text=str(question.text),
            help=str(question.help),
            reviewer=str(question.reviewer),
            reason=str(question.reason),
            law=str(question.law),
            threshold_kr=question.threshold_kr,
            high_risk=question.high_risk,
            valid_from=valid_from,
        )
        for order, question in enumerate(questions)
    ]
    record(events.FormRuleAdopted(table="screening", row_id=made[0].pk), by=by, at=at, house=made[0])
    return made


@transaction.atomic
def set_service_desk(
    *,
    by: Actor,
    at: datetime,
    owner: Entity,
    name: str,
    valid_from: date,
    url: str = "",
    email: str = "",
    phone: str = "",
    after: int | None = None,
) -> ServiceDesk:
    """Say where faults and orders go."""
    can_administer(by, owner.pk).require()
    if not (url or email or phone):
        raise Refused(
            _("Write at least one way to reach the service desk: a page, an e-mail address or a phone number.")
        )
    _make_room(owner, ServiceDesk.objects.filter(owner=owner), at=at, valid_from=valid_from, after=after)
    row = ServiceDesk.objects.create(owner=owner, name=name, url=url, email=email, phone=phone, valid_from=valid_from)
    record(events.FormRuleAdopted(table="service_desk", row_id=row.pk), by=by, at=at, house=row)
    return row


@transaction.atomic
def adopt_starting_rules(*, by: Actor, at: datetime, owner: Entity, valid_from: date, source: str = "") -> list[Any]:
    """What a house begins with: what the form asks by size, what it reckons with, and the check. All can be changed."""
    act: dict[str, Any] = {"by": by, "at": at, "owner": owner, "valid_from": valid_from}
    with translation.override(owner.language):
        made: list[Any] = [
            adopt_form_scope(
                **act,
                size=plan.size,
                steps=plan.steps,
                left_out=sorted(plan.left_out),
                from_municipalities=plan.from_municipalities,
                source=source,
            )
            for plan in DEFAULT_PLANS.values()
        ]
        made.append(adopt_rates(**act, rates=Rates(discount_percent=Decimal(4)), source=source))
        made += adopt_screening(**act, questions=DEFAULT_QUESTIONS)
    return made
