"""Reads about whom a project concerns."""

from __future__ import annotations

from django.db.models import F, QuerySet

from samrad.portfolio.models import Project, Stakeholder


def stakeholders_of(project: Project) -> QuerySet[Stakeholder]:
    """Those on the list: the most influential first, and of them those who are against."""
    rows = Stakeholder.objects.filter(project=project, removed_at__isnull=True).select_related("responsible")
    return rows.order_by(F("influence").desc(nulls_last=True), F("attitude").asc(nulls_last=True), "name", "pk")


def removed_stakeholders(project: Project) -> QuerySet[Stakeholder]:
    """Those taken off it, the latest first."""
    return Stakeholder.objects.filter(project=project, removed_at__isnull=False).order_by("-removed_at")


def namesake(project: Project, name: str, *, but: int | None) -> Stakeholder | None:
    """Another one on the list with the same name, whatever its case."""
    rows = Stakeholder.objects.filter(project=project, removed_at__isnull=True, name__iexact=name)
    return rows.exclude(pk=but or 0).first()
