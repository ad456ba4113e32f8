"""Reads of bodies, their mandates and seats: what is in force, what is compared, where there are holes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from samrad.governance.models import Body, Field, Mandate, Seat, SeatCriterion
from samrad.governance.queries.rules import houses_of, in_force
from samrad.organisation.actors import Actor
from samrad.organisation.models import Entity, Person, RoleAssignment

WARN_DAYS = 60
HOURS_LIMIT = 80
VOTING = (Seat.Position.CHAIR, Seat.Position.DEPUTY, Seat.Position.MEMBER)
LEADS = ("sector_head", "chief_executive", "expert_group_lead")


def bodies_for(actor: Actor) -> QuerySet[Body]:
    """The bodies one may read about: of the entities one acts for."""
    return Body.objects.filter(owner_id__in=houses_of(actor)).select_related("owner").order_by("owner__name", "pk")


def mandates_of(body: Body) -> list[Mandate]:
    """Every version of a body's mandate, the newest first."""
    return list(body.mandates.order_by("-version"))


def standing(mandates: Iterable[Mandate], on: date) -> Mandate | None:
    """The version in force on a day, of these."""
    return next((m for m in mandates if m.valid_from <= on and (m.valid_to is None or m.valid_to >= on)), None)


def before(mandate: Mandate) -> Mandate | None:
    """The last adopted version that came before this one."""
    rows = Mandate.objects.filter(body_id=mandate.body_id, version__lt=mandate.version, state=Mandate.State.ADOPTED)
    return rows.order_by("-version").first()


def standing_of(mandate: Mandate, on: date) -> str:
    """How a version stands on a day: proposed, withdrawn, now, coming or past."""
    if mandate.state != Mandate.State.ADOPTED:
        return mandate.state
    if mandate.valid_from > on:
        return "coming"
    return "now" if standing([mandate], on) else "past"


def budget_hours(owner_id: int, *, on: date) -> int:
    """The internal hours above which a case needs budget: what the mandate of the house's council says."""
    rows = Mandate.objects.filter(body__owner_id=owner_id, body__kind=Body.Kind.COUNCIL)
    found = in_force(rows, on).order_by("-version").values_list("budget_hours_limit", flat=True).first()
    return HOURS_LIMIT if found is None else found


def members_of(owner: Entity, on: date) -> list[Entity]:
    """The municipalities of a house: the members of a cooperation, or itself."""
    if owner.kind != Entity.Kind.COOPERATION:
        return [owner]
    held = Q(memberships__valid_to__isnull=True) | Q(memberships__valid_to__gte=on)
    rows = Entity.objects.filter(held, memberships__cooperation=owner, memberships__valid_from__lte=on)
    return list(rows.distinct().order_by("name"))


OF_SECRETARIAT = tuple(Seat.Position.values[Seat.Position.values.index(Seat.Position.COUNCIL_CHAIR) :])
"""The seats that only a secretariat has (S27): each can be chosen, none must be filled."""


def positions_for(body: Body) -> list[tuple[str, str]]:
    """The seats one can choose in a body."""
    secretariat = body.kind == Body.Kind.SECRETARIAT
    return [(v, str(label)) for v, label in Seat.Position.choices if secretariat or v not in OF_SECRETARIAT]


def seats_of(body: Body) -> list[Seat]:
    """Every seat there is or has been in a body, with who holds it and what is confirmed."""
    rows = Seat.objects.filter(body=body).select_related(
        "person", "person__owner", "field", "municipality", "substitute_for__person"
    )
    places = [str(p) for p in Seat.Position.values]
    return sorted(
        rows.prefetch_related("criteria__confirmed_by"), key=lambda s: (places.index(s.position), s.person.name)
    )


def ends_soon(seat: Seat, *, on: date) -> bool:
    """Does the seat's term run out within the days one is warned?"""
    return seat.valid_to is not None and on <= seat.valid_to <= on + timedelta(days=WARN_DAYS)


def ending_seats(owner_id: int, *, on: date) -> QuerySet[Seat]:
    """The seats whose term runs out soon, and of which nobody has been warned."""
    soon = Seat.objects.filter(owner_id=owner_id, valid_to__gte=on, valid_to__lte=on + timedelta(days=WARN_DAYS))
    return soon.filter(Q(warned_of__isnull=True) | ~Q(warned_of=F("valid_to")))


def who_appoints(owner_id: int, *, on: date) -> list[Person]:
    """Those who set up who sits where in a house: the head of the secretariat and the administrators."""
    held = in_force(RoleAssignment.objects.filter(entity_id=owner_id), on).filter(
        role__in=["secretariat_lead", "administrator"]
    )
    return list(Person.objects.filter(active=True, pk__in=held.values("person_id")))


@dataclass
class Cell:
    """One field in one municipality: who sits there, and whether the mandate wants somebody."""

    seats: list[Seat] = field(default_factory=list)
    wanted: bool = False

    @property
    def hole(self) -> bool:
        return self.wanted and not self.seats


@dataclass
class Line:
    """One field: a cell for each municipality, and who sits for the field without a municipality."""

    field: Field
    cells: list[Cell]
    elsewhere: list[Seat]
    wanted: bool

    @property
    def members(self) -> list[Seat]:
        return [s for cell in self.cells for s in cell.seats if s.position in VOTING] + [
            s for s in self.elsewhere if s.position in VOTING
        ]

    @property
    def substitutes(self) -> list[Seat]:
        return [s for cell in self.cells for s in cell.seats if s.position == Seat.Position.SUBSTITUTE] + [
            s for s in self.elsewhere if s.position == Seat.Position.SUBSTITUTE
        ]


def coverage(
    fields: Sequence[Field], towns: Sequence[Entity], seats: Iterable[Seat], wanted: list[list[int | None]]
) -> list[Line]:
    """Field by municipality: who sits where, and which seats the mandate wants that nobody holds."""
    at: dict[tuple[int, int | None], list[Seat]] = defaultdict(list)
    for seat in seats:
        if seat.field_id and seat.position in (*VOTING, Seat.Position.SUBSTITUTE):
            at[seat.field_id, seat.municipality_id].append(seat)
    asked = {(int(f), m) for f, m in wanted if f}
    ids = [town.pk for town in towns]
    lines = []
    for one in fields:
        cells = [Cell(at[one.pk, pk], (one.pk, pk) in asked) for pk in ids]
        elsewhere = [s for (f, m), found in at.items() if f == one.pk and m not in ids for s in found]
        lines.append(Line(one, cells, elsewhere, not asked or any(f == one.pk for f, _m in asked)))
    return lines


def holes(lines: Iterable[Line], towns: Sequence[Entity]) -> list[str]:
    """The holes, each as a sentence (S24.AK1)."""
    found = []
    for line in lines:
        name = line.field.name
        if not line.members:
            if line.wanted:
                found.append(_("%(field)s has no member.") % {"field": name})
        elif not line.substitutes:
            found.append(_("%(field)s has no substitute.") % {"field": name})
        missing = [town.name for town, cell in zip(towns, line.cells, strict=True) if cell.hole]
        if missing and line.members:
            found.append(_("%(field)s has nobody from %(towns)s.") % {"field": name, "towns": ", ".join(missing)})
    return found


def without_authority(seats: Sequence[Seat], on: date) -> list[Seat]:
    """Those who sit for a field and have no authority for it: they lead nothing, and nobody has confirmed more (S4).

    Leading is being head of a sector, chief executive or head of the field's expert group; else position and legitimacy
    must both be confirmed.
    """
    asked = [s for s in seats if s.field_id and s.position in VOTING]
    held = in_force(RoleAssignment.objects.filter(person_id__in=[s.person_id for s in asked], role__in=LEADS), on)
    leads: dict[int, set[int | None]] = defaultdict(set)
    for person_id, role, field_id in held.values_list("person_id", "role", "field_id"):
        leads[person_id].add(field_id if role == "expert_group_lead" else None)
    needed = {SeatCriterion.Criterion.POSITION, SeatCriterion.Criterion.LEGITIMACY}
    return [
        s
        for s in asked
        if not leads[s.person_id] & {None, s.field_id} and not needed <= {c.criterion for c in s.criteria.all()}
    ]


def fields_in(owner_id: int) -> list[Field]:
    """The professional fields of a house."""
    return list(Field.objects.filter(owner_id=owner_id))


def people_to_seat(actor: Actor, owner: Entity, on: date) -> QuerySet[Person]:
    """Those who may sit in a body of a house: people of the house and of its members."""
    ids = [owner.pk, *(town.pk for town in members_of(owner, on))]
    return Person.objects.filter(active=True, owner_id__in=ids).select_related("owner").order_by("name", "pk")
