"""Reads about cases and what waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from samrad.cases.models import Case, Decision, Task
from samrad.core.verdict import Stale
from samrad.governance.models import Body
from samrad.governance.queries import mandate_in_force, shares
from samrad.initiatives.models import Initiative
from samrad.initiatives.policy import house_id
from samrad.initiatives.queries import responsibles, visible_ids
from samrad.initiatives.queries import secretariat_of as secretariat_of
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person, RoleAssignment
from samrad.organisation.roles import SECRETARIAT


def visible_to(actor: Actor) -> QuerySet[Case]:
    """The cases whose initiative the actor may see anything of, and those without an initiative in one's own houses."""
    return Case.objects.filter(Q(initiative_id__in=visible_ids(actor)) | Q(initiative__isnull=True))


def decisions_visible_to(actor: Actor) -> QuerySet[Decision]:
    """The decisions of cases the actor may see."""
    return Decision.objects.filter(case__initiative_id__in=visible_ids(actor))


def current_decisions(case: Case, level: str) -> QuerySet[Decision]:
    """The decisions of the last round at a level: what was answered before a deferral or a return is history."""
    rows = Decision.objects.filter(case=case, level=level)
    return rows.filter(round=rows.aggregate(last=Max("round"))["last"] or 1)


@dataclass(frozen=True)
class Sharing:
    """How a common cost would be shared by the council's mandate; a suggestion, each municipality decides itself."""

    key: str
    version: int
    lines: list[tuple[str, Decimal | None, Decimal | None]]  # municipality, kroner once, kroner a year


def suggested_sharing(decisions: Sequence[Decision], initiative: Initiative, *, on: date) -> Sharing | None:
    """What each municipality that is asked would pay, by the key in the mandate; None where nothing is shared."""
    mandate = mandate_in_force(house_id(initiative), Body.Kind.COUNCIL, on=on)
    costs = (initiative.one_off_kr, initiative.annual_kr)
    if mandate is None or len(decisions) < 2 or not any(costs):
        return None
    places = {d.municipality_id: d.municipality for d in decisions}
    inhabitants = {pk: place.inhabitants for pk, place in places.items()}
    key, percent = mandate.cost_key, mandate.cost_key_equal_percent
    once, yearly = (shares(kr or Decimal(0), key=key, equal_percent=percent, inhabitants=inhabitants) for kr in costs)
    named = sorted(places.items(), key=lambda place: place[1].name)
    lines = [(place.name, once.get(pk), yearly.get(pk)) for pk, place in named]
    return Sharing(str(mandate.get_cost_key_display()), mandate.version, lines if once or yearly else [])


def responsible_people(decision: Decision, initiative: Initiative, *, on: date) -> QuerySet[Person]:
    """Those who can be responsible for a condition: named in the need, or with a role in the municipality that day."""
    today = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    roles = RoleAssignment.objects.filter(today, person__owner_id=decision.municipality_id, valid_from__lte=on)
    held = roles.values("person_id")
    named = initiative.responsibilities.values("person_id")
    return Person.objects.filter(Q(pk__in=named) | Q(pk__in=held), active=True).order_by("name", "pk")


def tasks_of(actor: Actor) -> QuerySet[Task]:
    """What waits for the actor, by name or by a role held, most urgent first."""
    if not actor.is_person:
        return Task.objects.none()
    return Task.objects.filter(waits_for(actor), closed_at__isnull=True).order_by("due_date", "opened_at", "id")


def waits_for(actor: Actor) -> Q:
    """Which tasks wait for a person: those with the name on, and those of a role held where they are."""
    mine = Q(person_id=actor.person)
    for held in actor.held:
        # What waits for the secretariat waits for all of it, whichever of its roles one holds.
        roles = SECRETARIAT if held.role in SECRETARIAT else {held.role}
        scope = Q(person__isnull=True, role__in=roles, entity_id=held.entity_id)
        if held.unit_id:
            scope &= Q(unit_id__isnull=True) | Q(unit_id=held.unit_id)
        if held.field_id:
            scope &= Q(field_id__isnull=True) | Q(field_id=held.field_id)
        mine |= scope
    return mine


def lock_case(case_id: int, version: int | None = None) -> Case:
    """The case, locked for this transaction; Stale when the page was made from another version."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    if version is not None and version != case.version:
        raise Stale(_("Someone has changed the case since you opened the page. Look at it again before you go on."))
    return case


def current_case(initiative: Initiative) -> Case | None:
    """The case in which the initiative is decided: the open one, otherwise the newest."""
    cases = Case.objects.filter(initiative=initiative, kind=Case.Kind.SUBMISSION)
    return cases.filter(closed_at__isnull=True).order_by("-pk").first() or cases.order_by("-pk").first()


def lead_of(initiative: Initiative) -> int:
    """The person who carries the initiative on: the one responsible, else the need owner, else who wrote it."""
    named = responsibles(initiative)
    for kind in ("lead", "need_owner"):
        if kind in named:
            return named[kind].person_id
    return initiative.created_by_id


def participants_of(initiative: Initiative) -> list[int]:
    """The municipalities that take part, the owner among them where it is a municipality."""
    return sorted(set(initiative.participant_ids)) or [initiative.owner_id]


def named_in(initiative: Initiative) -> QuerySet[Person]:
    """Those who are named in the initiative: they wrote it, own it, were asked, or will carry it out."""
    return Person.objects.filter(active=True, pk__in=initiative.responsibilities.values("person_id"))


def chief_executives_of(initiative: Initiative, *, on: date) -> QuerySet[Person]:
    """The chief executives of the municipalities that take part."""
    held = RoleAssignment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        entity_id__in=participants_of(initiative),
        role="chief_executive",
        valid_from__lte=on,
    )
    return Person.objects.filter(active=True, pk__in=held.values("person_id"))


def affected(initiative: Initiative, *, on: date) -> list[Person]:
    """Everyone a decision concerns."""
    people = [
        *named_in(initiative),
        *secretariat_of(house_id(initiative), on=on),
        *chief_executives_of(initiative, on=on),
    ]
    return list({p.pk: p for p in people}.values())
