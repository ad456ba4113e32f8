"""What the pages of a project have in common: the project as one may see it, and its sub-pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samrad.core.verdict import Refused
from samrad.initiatives.queries import masked_groups
from samrad.organisation.middleware import actor
from samrad.portfolio import queries
from samrad.portfolio.models import Project

TABS: tuple[tuple[str, Promise], ...] = (
    ("project_detail", _("Overview")),
    ("project_gate", _("Gates")),
    ("project_plan", _("Plan")),
    ("project_money", _("Economy")),
    ("project_people", _("People")),
    ("project_stakeholders", _("Stakeholders")),
    ("project_risks", _("Risk")),
    ("project_reports", _("Reports")),
    ("project_lessons", _("Lessons")),
    ("project_handover", _("Hand-over")),
    ("project_changes", _("Changes and history")),
)


def project_of(request: HttpRequest, pk: int) -> Project:
    """The project, where one sees it."""
    found = queries.visible_to(actor(request)).select_related(
        "initiative", "portfolio", "programme", "project_owner", "project_manager", "benefit_responsible"
    )
    found = found.annotate(**queries.said_forecasts())
    return get_object_or_404(found, pk=pk)


def open_project_of(request: HttpRequest, pk: int) -> Project:
    """The project, where nothing of it is exempt from this reader: for pages that show what has been written about it."""
    project = project_of(request, pk)
    if masked_groups(actor(request), [project.initiative], on=timezone.localdate()).get(project.initiative_id):
        raise Refused(_("Something in the project is exempt from public access for you, so you cannot open this."))
    return project


def page_of(
    request: HttpRequest, project: Project, here: str, *, masked: dict[str, str] | None = None
) -> dict[str, Any]:
    """What every sub-page of a project shows: where one is, and what is exempt from this reader (`masked`, if known)."""
    if masked is None:
        hidden = masked_groups(actor(request), [project.initiative], on=timezone.localdate())
        masked = hidden.get(project.initiative_id, {})
    return {
        "project": project,
        "here": here,
        "tabs": [(name, label, reverse(f"portfolio:{name}", args=[project.pk])) for name, label in TABS],
        "masked": masked,
    }
