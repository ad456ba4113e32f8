"""What a house still lacks before the whole way can be walked: for the guide, the administrator's page and `samrad check`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from samrad.core.verdict import Lack
from samrad.governance.models import Body, Field, Mandate, Requirement, Seat
from samrad.organisation.models import Entity, Membership, RoleAssignment, Unit
from samrad.organisation.roles import SECRETARIAT
from samrad.portfolio.models import Portfolio


def _in_force(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


@dataclass(frozen=True)
class SetUp:
    """The set-up of some houses as it stands, read at once however many they are."""

    above: dict[int, set[int]]  # the cooperations of each municipality
    members: dict[int, list[Entity]]
    roles: list[RoleAssignment]
    units: list[Unit]
    councils: list[Body]
    fields: list[Field]
    ruled: set[int]  # the houses with minimum requirements
    kept: set[int]  # … and with a portfolio

    def held(self, entity_ids: Iterable[int], *roles: str) -> list[RoleAssignment]:
        """Who holds any of these roles for any of these houses."""
        ids = set(entity_ids)
        return [row for row in self.roles if row.entity_id in ids and row.role in roles]

    def governs(self, entity_id: int) -> bool:
        """Has the house a council of its own?"""
        return any(body.owner_id == entity_id for body in self.councils)

    def sectors(self, entity_id: int) -> list[Unit]:
        """The sectors and units of a house."""
        return [unit for unit in self.units if unit.owner_id == entity_id]


def read_set_up(entities: Iterable[Entity], on: date) -> SetUp:
    """The set-up of these houses, and of the cooperations they are in."""
    ids = {entity.pk for entity in entities}
    either = _in_force(Membership.objects.filter(Q(member__in=ids) | Q(cooperation__in=ids)), on)
    rows = list(either.select_related("member").order_by("member__name"))
    above: dict[int, set[int]] = {}
    members: dict[int, list[Entity]] = {}
    for row in rows:
        above.setdefault(row.member_id, set()).add(row.cooperation_id)
        members.setdefault(row.cooperation_id, []).append(row.member)
    every = ids | set(above) | set(members)
    held = RoleAssignment.objects.filter(entity__in=every, person__active=True).select_related("person")
    mandates = _in_force(Mandate.objects.filter(body=OuterRef("pk")), on)
    chairs = _in_force(Seat.objects.filter(body=OuterRef("pk"), position=Seat.Position.CHAIR), on)
    required = _in_force(Requirement.objects.filter(owner=OuterRef("pk")), on)
    facts = Entity.objects.filter(pk__in=every).values_list(
        "pk", Exists(required), Exists(Portfolio.objects.filter(owner=OuterRef("pk")))
    )
    asked = list(facts)
    councils = Body.objects.filter(owner__in=every, kind=Body.Kind.COUNCIL)
    units = Unit.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), owner__in=every)
    return SetUp(
        above=above,
        members=members,
        roles=list(_in_force(held, on).order_by("pk")),
        units=list(units.select_related("substitute").order_by("name")),
        councils=list(councils.annotate(has_mandate=Exists(mandates), has_chair=Exists(chairs))),
        fields=list(Field.objects.filter(owner__in=every)),
        ruled={pk for pk, ruled, _kept in asked if ruled},
        kept={pk for pk, _ruled, kept in asked if kept},
    )


def lacks(entity: Entity, on: date, found: SetUp | None = None) -> list[Lack]:
    """What is missing in one house, each as a sentence that says what to do, with the page of the guide that asks."""
    found = found or read_set_up([entity], on)
    above = found.above.get(entity.pk, set())
    said: list[Lack] = []
    if not found.held([entity.pk, *above], "administrator"):
        text = _("%(entity)s has no administrator. Add one with «samrad person add … --role administrator».")
        said.append(Lack(text))
    if entity.kind == Entity.Kind.COOPERATION and not found.members.get(entity.pk):
        said.append(
            Lack(_("%(entity)s has no members. Say in the guide which municipalities are in it."), step="members")
        )
    if entity.kind == Entity.Kind.MUNICIPALITY:
        said += _municipality(entity, found)
    if found.governs(entity.pk):
        said += _governing(entity, found)
    elif not above:
        text = _("%(entity)s has no digitalisation council. Set it up in the guide.")
        said.append(Lack(text, step="bodies"))
    return [_placed(lack, entity) for lack in said]


def _placed(lack: Lack, entity: Entity) -> Lack:
    """The sentence with the house's name, and where it is mended."""
    url = ""
    if lack.step:
        about = (entity.slug,) if lack.step == "leaders" else ()
        name = "overview:guide_about" if about else "overview:guide_step"
        url = reverse(name, args=[entity.slug, lack.step, *about])
    return replace(lack, text=str(lack.text) % {"entity": entity.name}, anchor=url)


def _municipality(entity: Entity, found: SetUp) -> list[Lack]:
    said = []
    units = found.sectors(entity.pk)
    if not units:
        said.append(Lack(_("%(entity)s has no sectors. Write them in the guide."), step="sectors"))
    headed = {row.unit_id for row in found.held([entity.pk], "sector_head")}
    empty = [unit.name for unit in units if unit.kind == Unit.Kind.SECTOR and unit.pk not in headed]
    if units and not headed - {None}:
        text = _("%(entity)s has no head of sector, so nobody can recommend. Give someone the role.")
        said.append(Lack(text, step="leaders"))
    elif empty:
        said.append(Lack(_named(_("%(entity)s has sectors without a head: %(names)s."), empty), step="leaders"))
    if not found.held([entity.pk], "chief_executive"):
        text = _("%(entity)s has no chief executive, so nobody can decide. Give someone the role.")
        said.append(Lack(text, step="leaders"))
    if not found.held([entity.pk], "records_manager"):
        text = _("%(entity)s has no records manager, so nobody can file. Give someone the role.")
        said.append(Lack(text, step="leaders"))
    return said


def _named(sentence: str, names: list[str]) -> str:
    return sentence.replace("%(names)s", ", ".join(name.replace("%", "%%") for name in names))


def _governing(entity: Entity, found: SetUp) -> list[Lack]:
    said = []
    councils = [body for body in found.councils if body.owner_id == entity.pk]
    if not any(getattr(body, "has_mandate", False) for body in councils):
        said.append(Lack(_("The council of %(entity)s has no mandate in force."), step="bodies"))
    if entity.pk not in found.kept:
        text = _("%(entity)s has no portfolio, so decided initiatives become no projects.")
        said.append(Lack(text, step="bodies"))
    if not any(getattr(body, "has_chair", False) for body in councils):
        text = _("The council of %(entity)s has no chair. Give someone the role of council chair.")
        said.append(Lack(text, step="seats"))
    if not found.held([entity.pk], *SECRETARIAT):
        text = _("%(entity)s has nobody in the secretariat, so nobody prepares cases. Give someone the role.")
        said.append(Lack(text, step="seats"))
    if entity.pk in found.kept and not found.held([entity.pk], "portfolio_manager"):
        said.append(Lack(_("%(entity)s has no portfolio manager. Give someone the role."), step="seats"))
    fields = [field for field in found.fields if field.owner_id == entity.pk]
    if not fields:
        text = _("%(entity)s has no professional fields, so no need can be placed.")
        said.append(Lack(text, step="fields"))
    leads = {row.field_id for row in found.held([entity.pk], "expert_group_lead")}
    empty = [field.name for field in fields if field.uses_expert_group and field.pk not in leads]
    if empty and None not in leads:
        said.append(Lack(_named(_("%(entity)s has expert groups without a head: %(names)s."), empty), step="groups"))
    if entity.pk not in found.ruled:
        said.append(Lack(_("%(entity)s has no minimum requirements to the groundwork."), step="rules"))
    return said
