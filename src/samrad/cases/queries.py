"""Reads about cases and what waits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.cases.models import Assignment, Case, Condition, CostPlan, Decision, Task
from samrad.core.verdict import Stale
from samrad.governance.models import Body, CostKey, Mandate
from samrad.governance.queries import budget_hours, in_force, mandate_in_force, shares
from samrad.initiatives.models import Initiative
from samrad.initiatives.policy import house_id, needs_budget
from samrad.initiatives.queries import responsibles, visible_ids
from samrad.initiatives.queries import secretariat_of as secretariat_of
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity, Membership, Person, RoleAssignment
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


def open_conditions(initiative_ids: Collection[int]) -> dict[int, list[Condition]]:
    """The conditions of decisions that are not met yet, by initiative, the most urgent first."""
    rows = Condition.objects.filter(decision__case__initiative_id__in=initiative_ids, met_at__isnull=True)
    found: dict[int, list[Condition]] = {}
    for row in rows.select_related("decision__case", "responsible").order_by("due_date", "pk"):
        found.setdefault(row.decision.case.initiative_id or 0, []).append(row)
    return found


def waits_on_conditions(reference: str) -> Exists:
    """Has the initiative that a row refers to a condition that is not met yet? A column for a query of many."""
    return Exists(Condition.objects.filter(decision__case__initiative_id=OuterRef(reference), met_at__isnull=True))


@dataclass(frozen=True)
class Start:
    """How far the condition for starting is met: municipalities and kroner approved, of how many."""

    count: int
    of_count: int | None
    kroner: Decimal
    of_kr: Decimal | None

    @property
    def stated(self) -> bool:
        """Is there a condition at all?"""
        return self.of_count is not None or self.of_kr is not None

    @property
    def met(self) -> bool:
        """Either is enough; without a condition there is nothing to wait for."""
        enough = self.of_count is not None and self.count >= self.of_count
        return not self.stated or enough or (self.of_kr is not None and self.kroner >= self.of_kr)


def start_of(plan: CostPlan, decisions: Iterable[Decision]) -> Start:
    """How far the condition for starting is met, by what the municipalities have decided in the last round."""
    yes = [d for d in decisions if d.outcome in Decision.YES]
    kroner = sum((d.amount_kr or Decimal(0) for d in yes), Decimal(0))
    return Start(len({d.municipality_id for d in yes}), plan.start_count, kroner, plan.start_kr)


def starts_of(initiative_ids: Collection[int]) -> dict[int, Start]:
    """How far the condition for starting is met, for each initiative that has one."""
    plans = CostPlan.objects.filter(case__initiative_id__in=initiative_ids).select_related("case").order_by("case_id")
    rows = Decision.objects.filter(case__in=[p.case_id for p in plans], level=Decision.Level.CHIEF_EXECUTIVE)
    asked = list(rows) if plans else []
    found = {}
    for plan in plans:
        mine = [d for d in asked if d.case_id == plan.case_id]
        last = max((d.round for d in mine), default=1)
        found[plan.case.initiative_id or 0] = start_of(plan, [d for d in mine if d.round == last])
    return found


def last_round(case: Case) -> list[Decision]:
    """What the municipalities are asked, or have answered, in the last round."""
    rows = current_decisions(case, Decision.Level.CHIEF_EXECUTIVE)
    return list(rows.select_related("municipality", "informed_by").order_by("municipality__name"))


def asked_of(case: Case) -> list[Decision]:
    """The same, with nothing of the municipalities, in one question."""
    rows = list(Decision.objects.filter(case=case, level=Decision.Level.CHIEF_EXECUTIVE))
    last = max((row.round for row in rows), default=1)
    return [row for row in rows if row.round == last]


def to_merge_with(actor: Actor, case: Case) -> list[tuple[int, str]]:
    """The other initiatives of the same house with an open case, to choose from."""
    rows = Case.objects.filter(initiative__in=visible_ids(actor), shared_with_id=case.shared_with_id)
    rows = rows if case.shared_with_id else rows.filter(owner_id=case.owner_id)
    open_ones = rows.filter(closed_at__isnull=True, initiative__stage__gte=Initiative.Stage.SUBMITTED)
    found = open_ones.exclude(initiative_id=case.initiative_id or 0).select_related("initiative")
    return [(c.initiative_id, str(c.initiative)) for c in found.order_by("-pk")[:200] if c.initiative_id]


def requires_budget(initiative: Initiative, *, on: date) -> bool:
    """Does the initiative need budget, by the limits in force that day (S23)?"""
    return needs_budget(initiative, hours_limit=budget_hours(house_id(initiative), on=on)).allowed


@dataclass(frozen=True)
class Sharing:
    """How a common cost would be shared; a suggestion, each municipality decides itself."""

    key: str
    version: int | None  # of the council's mandate, where it is the mandate that says so
    lines: list[tuple[str, Decimal | None, Decimal | None]]  # municipality, kroner once, kroner a year
    shares: dict[int, Decimal]  # municipality -> kroner once


def split(
    amount_kr: Decimal, places: Sequence[Entity], plan: CostPlan | None, mandate: Mandate | None
) -> dict[int, Decimal]:
    """An amount as each municipality's share, by what is said of the case, else by the key in the council's mandate.

    Empty where neither says how, or the figures that the key asks for are not registered.
    """
    key, percent = (
        (plan.key, plan.equal_percent)
        if plan
        else (mandate.cost_key, mandate.cost_key_equal_percent)
        if mandate
        else ("", None)
    )
    use = {int(pk): number for pk, number in plan.use.items()} if plan else {}
    inhabitants = {place.pk: place.inhabitants for place in places}
    return shares(amount_kr, key=key, equal_percent=percent, inhabitants=inhabitants, use=use) if key else {}


def split_or_equally(
    amount_kr: Decimal, places: Sequence[Entity], plan: CostPlan | None, mandate: Mandate | None
) -> dict[int, Decimal]:
    """The same, in equal parts where neither says how."""
    inhabitants: dict[int, int | None] = {place.pk: place.inhabitants for place in places}
    by_key = split(amount_kr, places, plan, mandate) if len(places) > 1 else {}
    return by_key or shares(amount_kr, key=CostKey.EQUAL, equal_percent=None, inhabitants=inhabitants)


def suggested_sharing(
    places: Sequence[Entity], initiative: Initiative, plan: CostPlan | None, *, on: date
) -> Sharing | None:
    """What each municipality that is asked would pay, by what is said of the case, else by the key in the mandate.

    None where nothing is shared.
    """
    costs = (initiative.one_off_kr, initiative.annual_kr)
    mandate = None if plan else mandate_in_force(house_id(initiative), Body.Kind.COUNCIL, on=on)
    if (plan is None and mandate is None) or len(places) < 2 or not any(costs):
        return None
    name = plan.get_key_display() if plan else mandate.get_cost_key_display() if mandate else ""
    once, yearly = (split(kr or Decimal(0), places, plan, mandate) for kr in costs)
    named = sorted(places, key=lambda place: place.name)
    lines = [(place.name, once.get(place.pk), yearly.get(place.pk)) for place in named]
    return Sharing(str(name), mandate.version if mandate else None, lines if once or yearly else [], once)


def plan_of(case: Case) -> CostPlan | None:
    """What is said of how the case's cost is shared, where anything is."""
    return CostPlan.objects.filter(case=case).select_related("host", "set_by").first()


def assignments_visible_to(actor: Actor) -> QuerySet[Assignment]:
    """The assignments that follow from decisions the actor may see."""
    return Assignment.objects.filter(decision__in=decisions_visible_to(actor))


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


def lock_cases(ids: Collection[int]) -> None:
    """Lock several cases for this transaction, always in the same order."""
    list(Case.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").values_list("pk"))


def current_case(initiative: Initiative) -> Case | None:
    """The case in which the initiative is decided: the open one, otherwise the newest."""
    cases = Case.objects.filter(initiative=initiative, kind=Case.Kind.SUBMISSION).select_related("cost_plan")
    return cases.alias(closed=Q(closed_at__isnull=False)).order_by("closed", "-pk").first()


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


def sharers(initiative: Initiative, at: datetime) -> list[Entity]:
    """The municipalities that are asked to decide, and share the cost; for what a cooperation owns and names none: all its members that day."""
    return sharers_of([initiative], on=localdate(at))[initiative.pk]


def sharers_of(initiatives: Iterable[Initiative], *, on: date) -> dict[int, list[Entity]]:
    """The same for many, in two queries."""
    found = list(initiatives)
    asked = Entity.objects.in_bulk({pk for one in found for pk in participants_of(one)})
    houses = {house_id(one) for one in found}
    rows = in_force(Membership.objects.filter(cooperation_id__in=houses), on).select_related("member")
    members: dict[int, list[Entity]] = {}
    for row in rows.order_by("member_id"):
        members.setdefault(row.cooperation_id, []).append(row.member)
    places = {}
    for one in found:
        named = [asked[pk] for pk in participants_of(one) if pk in asked]
        places[one.pk] = _paying(one, named, members.get(house_id(one), []))
    return places


def _paying(initiative: Initiative, named: list[Entity], members: list[Entity]) -> list[Entity]:
    """Of those who take part, those who are members that day: one that has left shares nothing new, and goes on alone."""
    if not all(place.kind == Entity.Kind.MUNICIPALITY for place in named):
        return members
    inside = {place.pk for place in members}
    if not inside or initiative.owner_id == house_id(initiative):
        return named
    own = next((place for place in named if place.pk == initiative.owner_id), None)
    if own is not None and own.pk not in inside:
        return [own]
    return [place for place in named if place.pk in inside] or named


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


def decided_text(case: Case) -> str:
    """What was decided in a case, in the words of each who decided."""
    texts = case.decisions.order_by("pk").values_list("text", flat=True)
    return "\n".join(text for text in texts if text)
