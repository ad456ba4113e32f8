"""Rules as data: requirements, size classes, who may send in, and the register of laws, limits and lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.core.models import end_before
from samrad.core.verdict import Stale
from samrad.eventlog.actions import record
from samrad.governance import events
from samrad.governance.models import OWN, Requirement, Rule, SizeClass, SubmissionPolicy
from samrad.governance.policy import can_end_requirement, can_end_rule, can_replace, limits_lacks, rule_lacks
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity
from samrad.organisation.policy import can_administer


@transaction.atomic
def adopt_requirement(
    *,
    by: Actor,
    at: datetime,
    owner: Entity,
    code: str = "",
    size_classes: Sequence[str],
    valid_from: date,
    source: str,
    material: bool = True,
    shared_with: Entity | None = None,
    **asked: Any,
) -> Requirement:
    """Let a minimum requirement to the groundwork come into force; `asked` is the question of one that is the house's own."""
    can_administer(by, owner.pk).require()
    Entity.objects.select_for_update(of=("self",)).get(pk=owner.pk)
    if not code:
        code = f"{OWN}{Requirement.objects.filter(owner=owner, code__startswith=OWN).count() + 1}"
    requirement = Requirement.objects.create(
        owner=owner,
        shared_with=shared_with,
        code=code,
        size_classes=list(size_classes),
        material=material,
        valid_from=valid_from,
        source=source,
        **asked,
    )
    record(events.RequirementAdopted(requirement_id=requirement.pk), by=by, at=at, house=requirement)
    return requirement


@transaction.atomic
def end_requirement(*, by: Actor, at: datetime, requirement_id: int) -> Requirement:
    """Switch a requirement off: from now on nobody is asked. What was sent in under it stays as it was."""
    requirement = Requirement.objects.select_for_update(of=("self",)).get(pk=requirement_id)
    today = localdate(at)
    can_end_requirement(by, requirement, on=today).require()
    requirement.valid_to = today - timedelta(days=1)
    requirement.save(update_fields=["valid_to"])
    record(events.RequirementEnded(requirement_id=requirement.pk), by=by, at=at, house=requirement)
    return requirement


@dataclass(frozen=True, kw_only=True)
class Limit:
    """Where a size class ends: below so many kroner and hours; None has no limit."""

    code: str
    below_kr: Decimal | None = None
    below_hours: int | None = None


@transaction.atomic
def adopt_size_classes(
    *, by: Actor, at: datetime, owner: Entity, limits: Sequence[Limit], valid_from: date, source: str = ""
) -> list[SizeClass]:
    """Adopt new limits between the size classes. The old ones end the day before."""
    can_administer(by, owner.pk).require()
    limits_lacks(limits).require()
    Entity.objects.select_for_update(of=("self",)).get(pk=owner.pk)
    standing = list(SizeClass.objects.filter(owner=owner, valid_to=None))
    for old in standing:
        can_replace(old, valid_from).require()
        old.valid_to = valid_from - timedelta(days=1)
        old.save(update_fields=["valid_to"])
    made = [
        SizeClass.objects.create(
            owner=owner,
            code=limit.code,
            order=order,
            below_kr=limit.below_kr,
            below_hours=limit.below_hours,
            valid_from=valid_from,
            source=source,
        )
        for order, limit in enumerate(limits)
    ]
    event = events.SizeClassesAdopted(size_class_ids=tuple(row.pk for row in made))
    record(event, by=by, at=at, owner_id=owner.pk)
    return made


@transaction.atomic
def adopt_submission_policy(
    *,
    by: Actor,
    at: datetime,
    owner: Entity,
    valid_from: date,
    need_roles: Sequence[str],
    idea_roles: Sequence[str],
    guideline: str,
    adopted_by: str = "",
    source: str = "",
    after_version: int | None = None,
) -> SubmissionPolicy:
    """Adopt a version of who may send in needs, with the guideline they read first. The old one ends the day before."""
    can_administer(by, owner.pk).require()
    Entity.objects.select_for_update(of=("self",)).get(pk=owner.pk)
    last = SubmissionPolicy.objects.filter(owner=owner).first()
    if after_version is not None and after_version != (last.version if last else 0):
        raise Stale(_("Someone has adopted a newer version since you opened the page. Look at it first."))
    can_replace(last, valid_from).require()
    if last is not None:
        last.valid_to = valid_from - timedelta(days=1)
        last.save(update_fields=["valid_to"])
    made = SubmissionPolicy.objects.create(
        owner=owner,
        version=(last.version if last else 0) + 1,
        valid_from=valid_from,
        need_roles=list(need_roles),
        idea_roles=list(idea_roles),
        guideline=guideline,
        adopted_by=adopted_by,
        source=source,
    )
    record(events.SubmissionPolicyAdopted(policy_id=made.pk, version=made.version), by=by, at=at, house=made)
    return made


@transaction.atomic
def adopt_rule(
    *,
    by: Actor,
    at: datetime,
    owner: Entity,
    kind: str,
    code: str,
    name: str,
    valid_from: date,
    text: str = "",
    amount: Decimal | None = None,
    unit: str = "",
    source: str = "",
    after_version: int | None = None,
) -> Rule:
    """Put a rule in the register, or a new version of one. The old version ends the day before."""
    can_administer(by, owner.pk).require()
    rule_lacks(code, amount).require()
    Entity.objects.select_for_update(of=("self",)).get(pk=owner.pk)
    rows = Rule.objects.filter(owner=owner, code=code)
    number = rows.aggregate(last=Max("version"))["last"] or 0
    if after_version is not None and after_version != number:
        raise Stale(_("Someone has adopted a newer version since you opened the page. Look at it first."))
    last = rows.filter(version=number).first()
    can_replace(last, valid_from).require()
    end_before(last, valid_from)
    rule = Rule.objects.create(
        owner=owner,
        kind=kind,
        code=code,
        version=number + 1,
        name=name,
        text=text,
        amount=amount,
        unit=unit,
        valid_from=valid_from,
        source=source,
    )
    record(events.RuleAdopted(rule_id=rule.pk, version=rule.version), by=by, at=at, house=rule)
    return rule


@transaction.atomic
def end_rule(*, by: Actor, at: datetime, rule_id: int) -> Rule:
    """Switch a rule in the register off from today. What was stored with an initiative stays."""
    rule = Rule.objects.select_for_update(of=("self",)).get(pk=rule_id)
    today = localdate(at)
    can_end_rule(by, rule, on=today).require()
    rule.valid_to = today - timedelta(days=1)
    rule.save(update_fields=["valid_to"])
    record(events.RuleEnded(rule_id=rule.pk), by=by, at=at, house=rule)
    return rule
