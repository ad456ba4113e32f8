"""What a house still lacks before the whole way can be walked: for the administrator's page and for `samrad check`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samrad.core.verdict import Lack
from samrad.governance.models import Body, Field, Mandate, Requirement, Seat
from samrad.organisation.models import Entity, Membership, RoleAssignment, Unit
from samrad.organisation.roles import SECRETARIAT
from samrad.portfolio.models import Portfolio


def _in_force(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


def _held(entity_ids: list[int], on: date, *roles: str) -> QuerySet[RoleAssignment]:
    held = RoleAssignment.objects.filter(entity_id__in=entity_ids, role__in=roles, person__active=True)
    return _in_force(held, on)


def _cooperations(entity: Entity, on: date) -> list[int]:
    return list(_in_force(Membership.objects.filter(member=entity), on).values_list("cooperation_id", flat=True))


def lacks(entity: Entity, on: date) -> list[Lack]:
    """What is missing in one house, each as a sentence that says what to do."""
    above = _cooperations(entity, on)
    found = []
    if not _held([entity.pk, *above], on, "administrator").exists():
        found.append(_("%(entity)s has no administrator. Add one with «samrad person add … --role administrator»."))
    if entity.kind == Entity.Kind.MUNICIPALITY:
        found += _municipality(entity, on)
    governs = Body.objects.filter(owner=entity, kind=Body.Kind.COUNCIL).exists()
    if governs:
        found += _governing(entity, on)
    elif not above:
        found.append(
            _("%(entity)s has no digitalisation council. Set it up with «samrad organisation add … --council».")
        )
    if entity.kind == Entity.Kind.COOPERATION and not _in_force(Membership.objects.filter(cooperation=entity), on):
        found.append(_("%(entity)s has no members. Add them with «samrad organisation add … --member»."))
    return [Lack(sentence % {"entity": entity.name}) for sentence in found]


def _municipality(entity: Entity, on: date) -> list[str]:
    found = []
    if not Unit.objects.filter(owner=entity).exists():
        found.append(_("%(entity)s has no sectors. Add them under Administration."))
    elif not _held([entity.pk], on, "sector_head").exists():
        found.append(_("%(entity)s has no head of sector, so nobody can recommend. Give someone the role."))
    if not _held([entity.pk], on, "chief_executive").exists():
        found.append(_("%(entity)s has no chief executive, so nobody can decide. Give someone the role."))
    if not _held([entity.pk], on, "records_manager").exists():
        found.append(_("%(entity)s has no records manager, so nobody can file. Give someone the role."))
    return found


def _governing(entity: Entity, on: date) -> list[str]:
    found = []
    councils = Body.objects.filter(owner=entity, kind=Body.Kind.COUNCIL)
    if not _in_force(Mandate.objects.filter(body__in=councils), on).exists():
        found.append(_("The council of %(entity)s has no mandate in force."))
    if not _in_force(Seat.objects.filter(body__in=councils, position=Seat.Position.CHAIR), on).exists():
        found.append(_("The council of %(entity)s has no chair. Give someone the role of council chair."))
    if not _held([entity.pk], on, *SECRETARIAT).exists():
        found.append(_("%(entity)s has nobody in the secretariat, so nobody prepares cases. Give someone the role."))
    if not Field.objects.filter(owner=entity).exists():
        found.append(_("%(entity)s has no professional fields, so no need can be placed."))
    leads = set(_held([entity.pk], on, "expert_group_lead").values_list("field_id", flat=True))
    empty = Field.objects.filter(owner=entity, uses_expert_group=True).exclude(pk__in=[i for i in leads if i])
    if empty and None not in leads:
        sentence = _("%(entity)s has expert groups without a head: %(names)s.")
        found.append(sentence.replace("%(names)s", ", ".join(field.name.replace("%", "%%") for field in empty)))
    if not _in_force(Requirement.objects.filter(owner=entity), on).exists():
        found.append(_("%(entity)s has no minimum requirements to the groundwork."))
    if not Portfolio.objects.filter(owner=entity).exists():
        found.append(_("%(entity)s has no portfolio, so decided initiatives become no projects."))
    elif not _held([entity.pk], on, "portfolio_manager").exists():
        found.append(_("%(entity)s has no portfolio manager. Give someone the role."))
    return found
