"""Who may see and change what in the system register."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samrad.core.verdict import Verdict
from samrad.organisation.actors import Actor
from samrad.systems.models import RegisterImport, System
from samrad.systems.queries import sees_terms

__all__ = ["can_change", "can_import", "can_register", "can_retire", "can_see_contracts", "can_see_terms", "owners_for"]


def owners_for(by: Actor) -> list[int]:
    """The entities whose systems one may register: one's own, or the cooperation, where the role is held."""
    return [entity for entity in by.entities if by.may("systems.manage", entity)]


def can_register(by: Actor, owner_id: int | None = None) -> Verdict:
    """May this person put systems in the register (of an entity)?"""
    owners = owners_for(by)
    if owner_id in owners or (owner_id is None and owners):
        return Verdict.yes()
    return Verdict.no(
        _("Only system managers, administrators and the secretariat keep the register of their own systems.")
    )


def can_change(by: Actor, system: System) -> Verdict:
    """May this person change what stands about a system? Its owner and administrator, and those who keep the register."""
    if by.is_person and by.person_id in (system.system_owner_id, system.administrator_id):
        return Verdict.yes()
    if system.owner_id in owners_for(by):
        return Verdict.yes()
    return Verdict.no(_("Only the system's owner and administrator and those who keep the register can change it."))


def can_retire(by: Actor, system: System) -> Verdict:
    """May this person take a system out of use? Whoever may change it, once."""
    if not system.in_use:
        return Verdict.no(_("It is out of use already."))
    return can_change(by, system)


def can_see_contracts(by: Actor) -> Verdict:
    """May this person see any contracts at all? Employees; each only those of the entities one works for, or that are shared."""
    if "employee" in by.roles_in([by.entity_id]):
        return Verdict.yes()
    return Verdict.no(_("Only employees see contracts and prices."))


def can_see_terms(by: Actor, system: System) -> Verdict:
    """May this person see contract and prices? Employees of the owner, and others only where the owner has shared them."""
    if sees_terms(by, system):
        return Verdict.yes()
    return Verdict.no(_("Only employees of the owner see contract and prices."))


def can_import(by: Actor, batch: RegisterImport | None = None) -> Verdict:
    """May this person bring systems in from a spreadsheet? As may register; and an upload is its uploader's own."""
    if batch is not None and batch.imported_by_id != by.person_id and batch.imported_at is None:
        return Verdict.no(_("Someone else uploaded this file. Upload it yourself."))
    return can_register(by, batch.owner_id if batch is not None else None)
