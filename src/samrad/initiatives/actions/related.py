"""Linking an initiative to the systems it concerns, and copying what others have written, with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Refused
from samrad.eventlog.actions import record
from samrad.initiatives import events
from samrad.initiatives.actions.content import BenefitRow, lock_initiative, save_answers, save_benefits
from samrad.initiatives.actions.drafting import start_draft
from samrad.initiatives.models import CopyMark, Initiative, SystemLink
from samrad.initiatives.policy import can_copy, can_edit
from samrad.initiatives.queries import kinds_of
from samrad.organisation.actors import Actor
from samrad.systems.models import System
from samrad.systems.queries import visible_to as systems_visible_to

MOST_LINKS = 30


@transaction.atomic
def link_system(
    *, by: Actor, at: datetime, initiative_id: int, kind: str, system_id: int | None = None, new_name: str = ""
) -> SystemLink:
    """Say that the initiative introduces, replaces, changes or phases out a system."""
    initiative = lock_initiative(initiative_id, None)
    can_edit(by, initiative, kinds=kinds_of(by, initiative)).require()
    new_name = " ".join(new_name.split())[:120]
    system = systems_visible_to(by).filter(pk=system_id).first() if system_id is not None else None
    if system_id is not None and system is None:
        raise Refused(_("Choose a system from the list."))
    if (system_id is None) == (not new_name):
        raise Refused(_("Choose a system from the register, or write the name of a new one."))
    if system_id is None and kind != SystemLink.Kind.INTRODUCES:
        raise Refused(_("Only a system that is introduced can be missing in the register."))
    if initiative.system_links.count() >= MOST_LINKS:
        raise Refused(_("There are too many systems already. Remove one first."))
    link, made = SystemLink.objects.get_or_create(
        initiative=initiative,
        system=system,
        new_name=new_name,
        kind=kind,
        defaults={**house_of(initiative), "linked_at": at, "linked_by_id": by.person},
    )
    if made:
        event = events.SystemLinked(initiative_id=initiative.pk, system_id=system_id, kind_of_link=kind)
        record(event, by=by, at=at, house=initiative)
    return link


@transaction.atomic
def unlink_system(*, by: Actor, at: datetime, initiative_id: int, link_id: int) -> None:
    """Take a system away from the initiative."""
    initiative = lock_initiative(initiative_id, None)
    can_edit(by, initiative, kinds=kinds_of(by, initiative)).require()
    link = initiative.system_links.filter(pk=link_id).first()
    if link is None:
        return
    event = events.SystemUnlinked(initiative_id=initiative.pk, system_id=link.system_id, kind_of_link=link.kind)
    link.delete()
    record(event, by=by, at=at, house=initiative)


@transaction.atomic
def tie_introduced(*, by: Actor, at: datetime, initiative: Initiative, link_id: int, system_id: int) -> None:
    """The system that was introduced under a name of its own is this one of the register. Whoever calls has asked who may."""
    initiative = lock_initiative(initiative.pk, None)
    system = systems_visible_to(by).filter(pk=system_id).first()
    link = initiative.system_links.filter(pk=link_id, system=None).first()
    if system is None or link is None:
        raise Refused(_("Choose a system from the list."))
    if initiative.system_links.filter(system=system, kind=link.kind).exists():
        link.delete()
    else:
        link.system, link.new_name = system, ""
        link.save()
    event = events.SystemLinked(initiative_id=initiative.pk, system_id=system.pk, kind_of_link=link.kind)
    record(event, by=by, at=at, house=initiative)


@transaction.atomic
def start_for_system(*, by: Actor, at: datetime, system: System) -> Initiative:
    """Begin to describe a need about a system whose contract runs out, with the system linked."""
    title = _("%(name)s: new contract, replacement or phasing out") % {"name": system.name}
    initiative = start_draft(by=by, at=at, title=title)
    link_system(by=by, at=at, initiative_id=initiative.pk, kind=SystemLink.Kind.CHANGES, system_id=system.pk)
    return initiative


@dataclass(frozen=True, kw_only=True)
class Source:
    """What is copied: texts by field code and benefits without their figures, and where it came from."""

    pk: int
    title: str
    house: str
    reference: str = ""
    texts: Mapping[str, Any] = field(default_factory=dict)
    benefits: Sequence[BenefitRow] = ()
    open_to_reader: bool = False


@transaction.atomic
def copy_initiative(*, by: Actor, at: datetime, source: Source) -> Initiative:
    """Begin a need with the texts of another. Where they came from is shown to all; figures are never copied."""
    can_copy(by, open_to_reader=source.open_to_reader).require()
    initiative = start_draft(by=by, at=at, title=source.title)
    texts = {code: value for code, value in source.texts.items() if value not in (None, "") and code != "title"}
    if texts:
        save_answers(by=by, at=at, initiative_id=initiative.pk, version=None, values=texts)
    if source.benefits:
        save_benefits(by=by, at=at, initiative_id=initiative.pk, version=None, rows=source.benefits)
    CopyMark.objects.create(
        **house_of(initiative),
        initiative=initiative,
        source_id=source.pk,
        source_title=source.title[:200],
        source_house=source.house[:120],
        source_reference=source.reference,
        copied_at=at,
        copied_by_id=by.person,
    )
    record(events.Copied(initiative_id=initiative.pk, source_id=source.pk), by=by, at=at, house=initiative)
    return Initiative.objects.get(pk=initiative.pk)
