"""Reads about files. Row security cuts to one's own houses; policy.can_open decides the rest."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from samrad.documents.models import File, WordTemplate
from samrad.organisation.actors import Actor


def visible_to(actor: Actor) -> QuerySet[File]:
    """The files that stand in the houses of the actor, newest last; nothing for the public."""
    if not actor.is_person and actor.entity_id is None:
        return File.objects.none()
    return File.objects.filter(removed_at__isnull=True).order_by("created_at", "pk")


def of_initiative(actor: Actor, initiative_id: int) -> QuerySet[File]:
    """The files of one initiative. Show only those that policy.openable lets through."""
    return visible_to(actor).filter(initiative_id=initiative_id).select_related("created_by")


def attachments(initiative_id: int) -> QuerySet[File]:
    """The attachments that stand on one initiative, oldest first. What a reader may open is for the caller to say."""
    rows = File.objects.filter(initiative_id=initiative_id, kind=File.Kind.ATTACHMENT, removed_at__isnull=True)
    return rows.select_related("created_by").order_by("created_at", "pk")


def removed_from(initiative_id: int) -> QuerySet[File]:
    """The attachments that were removed from one initiative, newest first, for those who may put them back."""
    rows = File.objects.filter(initiative_id=initiative_id, kind=File.Kind.ATTACHMENT, removed_at__isnull=False)
    return rows.order_by("-removed_at", "-pk")


def of_case(actor: Actor, case_id: int) -> QuerySet[File]:
    """The papers of one case. Show only those that policy.openable lets through."""
    return visible_to(actor).filter(case_id=case_id).select_related("created_by")


def templates_of(owner_ids: list[int]) -> list[WordTemplate]:
    """Every version of the Word templates of some organisations, the newest first in each kind."""
    return list(WordTemplate.objects.filter(owner_id__in=owner_ids).select_related("uploaded_by", "owner"))


def template_on(owner_id: int, kind: str, on: date) -> WordTemplate | None:
    """The Word template of an organisation that is used on a day; None where it has none of its own."""
    rows = WordTemplate.objects.filter(owner_id=owner_id, kind=kind, valid_from__lte=on)
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on)).order_by("-number").first()
