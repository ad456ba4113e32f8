"""Reads of rules: what is in force, which versions there have been, and what was stored with a submission."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from samrad.core.today import today_there
from samrad.eventlog.models import Event
from samrad.governance.models import OpenGuideline, Requirement, Rule, SizeClass, SubmissionPolicy
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person


def in_force(rows: QuerySet[Any], on: date | RawSQL) -> QuerySet[Any]:
    """The rows whose dates hold the day."""
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


def policy_for(entities: Iterable[int], on: date | None = None) -> SubmissionPolicy | None:
    """The submission policy in force for someone who acts for these entities; the cooperation's goes before one's own."""
    ids = list(entities)
    today: Any = on or today_there()
    found = {p.owner_id: p for p in in_force(SubmissionPolicy.objects.filter(owner_id__in=ids), today)}
    return next((found[pk] for pk in reversed(ids) if pk in found), None)


def guidelines() -> QuerySet[OpenGuideline]:
    """What anyone may read of who may send in needs, a house a row."""
    return OpenGuideline.objects.select_related("house").order_by("house__name")


def requirements_on(owner_id: int, size: str, on: date) -> list[Requirement]:
    """The minimum requirements in force in a house for a size class."""
    rows = in_force(Requirement.objects.filter(owner_id=owner_id), on)
    return [r for r in rows if not r.size_classes or size in r.size_classes]


def own_requirements(owner_id: int, size: str, on: date | None = None) -> list[Requirement]:
    """The questions that a house has added itself, in force for a size class."""
    today: Any = on or today_there()
    rows = in_force(Requirement.objects.filter(owner_id=owner_id).exclude(answer=Requirement.Answer.CHECK), today)
    return [r for r in rows.order_by("valid_from", "pk") if not r.size_classes or size in r.size_classes]


def switched_off(owner_id: int, size: str, on: date | None = None) -> frozenset[str]:
    """The form's own checks that a house has had in force, and has switched off for a size class."""
    today: Any = on or today_there()
    rows = Requirement.objects.filter(owner_id=owner_id, answer=Requirement.Answer.CHECK)
    had = set(rows.values_list("code", flat=True))
    return frozenset(had - {r.code for r in in_force(rows, today) if not r.size_classes or size in r.size_classes})


def size_classes(owner_id: int, on: date | None = None) -> list[SizeClass]:
    """The size classes in force in a house, the smallest first."""
    today: Any = on or today_there()
    return list(in_force(SizeClass.objects.filter(owner_id=owner_id), today).order_by("order"))


def rules_on(owner_id: int, on: date) -> list[Rule]:
    """The register's rules in force in a house."""
    return list(in_force(Rule.objects.filter(owner_id=owner_id), on))


MANDATE_PEOPLE = "mandate-people"
"""The rule that says how many people must look at a version of a mandate before it holds."""


def two_adopt_mandates(owner_id: int, *, on: date) -> bool:
    """Does the house's own rule say that two people must look at a mandate before it holds?"""
    rows = in_force(Rule.objects.filter(owner_id=owner_id, code=MANDATE_PEOPLE, amount__gte=2), on)
    return bool(rows.exists())


def houses_with_two(owner_ids: Iterable[int], *, on: date) -> dict[int, Rule]:
    """The rule that two look at a mandate, of each of these houses where it is in force."""
    rows = Rule.objects.filter(owner_id__in=list(owner_ids), code=MANDATE_PEOPLE, amount__gte=2)
    return {rule.owner_id: rule for rule in in_force(rows, on)}


def _plain(row: Rule) -> dict[str, Any]:
    return {
        "code": row.code,
        "version": row.version,
        "kind": row.kind,
        "name": row.name,
        "amount": None if row.amount is None else str(row.amount),
        "unit": row.unit,
        "source": row.source,
        "from": row.valid_from.isoformat(),
    }


def rules_of_the_day(owner_id: int, on: date) -> dict[str, Any]:
    """What was in force in a house on a day, as plain data that is kept with a submission (S20.AK4)."""
    policy = policy_for([owner_id], on)
    return {
        "on": on.isoformat(),
        "policy": policy and {"version": policy.version, "from": policy.valid_from.isoformat()},
        "sizes": [
            {
                "code": row.code,
                "below_kr": None if row.below_kr is None else str(row.below_kr),
                "below_hours": row.below_hours,
                "source": row.source,
            }
            for row in size_classes(owner_id, on)
        ],
        "rules": [_plain(row) for row in rules_on(owner_id, on) if row.kind not in Rule.STATEMENTS],
    }


def houses_of(actor: Actor) -> list[int]:
    """The entities whose rules one reads: those one acts for."""
    return list(actor.entities) if actor.is_person else []


def requirements_for(actor: Actor) -> QuerySet[Requirement]:
    """Every requirement one may read, also those that no longer hold."""
    rows = Requirement.objects.filter(owner_id__in=houses_of(actor)).select_related("owner", "responsible")
    return rows.order_by("owner__name", "-valid_from", "-pk")


def policies_for(actor: Actor) -> QuerySet[SubmissionPolicy]:
    """Every version of the submission policies one may read, the newest first."""
    return (
        SubmissionPolicy.objects.filter(owner_id__in=houses_of(actor))
        .select_related("owner")
        .order_by("owner__name", "-version")
    )


def sizes_for(actor: Actor) -> QuerySet[SizeClass]:
    """Every size class one may read, the newest first."""
    rows = SizeClass.objects.filter(owner_id__in=houses_of(actor)).select_related("owner")
    return rows.order_by("owner__name", "-valid_from", "order")


def register_for(actor: Actor) -> QuerySet[Rule]:
    """Every rule of the register one may read."""
    return (
        Rule.objects.filter(owner_id__in=houses_of(actor)).select_related("owner").order_by("kind", "name", "-version")
    )


@dataclass(frozen=True)
class Logged:
    """One change of a rule: when, by whom, and the row it made."""

    at: datetime
    who: str
    row_id: int
    number: int


def log_of(actor: Actor, kind: str, key: str) -> list[Logged]:
    """Who adopted what, newest first: the log's own lines of one kind."""
    rows = list(
        Event.objects.filter(owner_id__in=houses_of(actor), kind=f"governance.{kind}").order_by("-at", "-pk")[:100]
    )
    names = dict(
        Person.objects.filter(pk__in={r.by_person_id for r in rows if r.by_person_id}).values_list("pk", "name")
    )
    return [
        Logged(r.at, names.get(r.by_person_id or 0, "Samråd"), r.data.get(key, 0), r.data.get("version", 0))
        for r in rows
    ]
