"""«Mangler eier»: initiatives without a need owner or someone responsible who still works here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from samrad.initiatives.models import Initiative, Responsibility
from samrad.initiatives.queries import visible_to
from samrad.organisation.actors import Actor
from samrad.portfolio.queries import lacking_people

KINDS = ("need_owner", "lead")
PROJECT = ("project_owner", "project_manager", "benefit_responsible")


def _held(kind: str) -> Exists:
    rows = Responsibility.objects.filter(initiative=OuterRef("pk"), kind=kind)
    return Exists(rows.filter(person__active=True))


def without_owner(initiatives: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """Those that are under way and lack a need owner or someone responsible, or have one who has left.

    A project stands here too when one who answers for it has left, or is missing while it is carried out.
    A draft lacks one only when the person has left: who shall own it may still be written.
    """
    left = Responsibility.objects.filter(initiative=OuterRef("pk"), kind__in=[*KINDS, "author"], person__active=False)
    still = Responsibility.objects.filter(initiative=OuterRef("pk"), kind__in=[*KINDS, "author"], person__active=True)
    sent = Q(stage__gt=Initiative.Stage.DRAFT)
    active = initiatives.filter(status__in=["active", "paused"]).exclude(phase=Initiative.Phase.DONE)
    ours = lacking_people().filter(initiative=OuterRef("pk"))
    return active.filter(
        Exists(ours) | (sent & (~_held("need_owner") | ~_held("lead"))) | (~sent & Exists(left) & ~Exists(still))
    )


@dataclass(frozen=True)
class Ownerless:
    """One initiative that lacks an owner, what it lacks, and who had it before."""

    initiative: Initiative
    lacks: str
    before: str
    project_id: int | None = None  # where it is the project that lacks someone: it is named on its page
    needs_people: bool = True  # is it the need that lacks someone?


def ownerless(actor: Actor, rows: list[Initiative]) -> list[Ownerless]:
    """The lines of the list."""
    labels = dict(Responsibility.Kind.choices)
    held: dict[int, list[Any]] = {}
    named = Responsibility.objects.filter(initiative__in=rows, kind__in=KINDS).select_related("person")
    for row in named:
        held.setdefault(row.initiative_id, []).append(row)
    found = []
    projects = {p.initiative_id: p for p in lacking_people().filter(initiative__in=rows).select_related(*PROJECT)}
    for initiative in rows:
        mine = held.get(initiative.pk, [])
        there = {r.kind for r in mine if r.person.active}
        missing = [str(labels[kind]) for kind in KINDS if kind not in there]
        gone = [r.person.name for r in mine if not r.person.active]
        project, needs_people = projects.get(initiative.pk), bool(missing)
        if project is not None:
            answering = [(kind, getattr(project, kind)) for kind in PROJECT]
            missing += [str(labels[kind]) for kind, person in answering if person is None or not person.active]
            gone += [person.name for _kind, person in answering if person is not None and not person.active]
        lacks = ", ".join(missing) or _("An author")
        before, project_id = ", ".join(dict.fromkeys(gone)), project.pk if project else None
        found.append(Ownerless(initiative, lacks, before, project_id, needs_people or project is None))
    return found


def seen_without_owner(actor: Actor) -> QuerySet[Initiative]:
    """The ones the actor sees something of."""
    rows = without_owner(visible_to(actor)).select_related("owner", "field", "owning_sector")
    return rows.order_by("owner__name", "reference")
