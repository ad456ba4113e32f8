"""Projects that are shown in further portfolios than the one that steers them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from samrad.core.models import Owned, house_of
from samrad.organisation.models import Person
from samrad.portfolio.models.projects import Portfolio, Project


class ShownIn(Owned):
    """That a project is shown in one more portfolio, from a day and for a reason. Taken out again, the row stays."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="shown")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="shown_in")
    reason = models.CharField(max_length=300)
    shown_at = models.DateTimeField()
    shown_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    removed_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["portfolio", "project"], condition=Q(removed_at__isnull=True), name="shown_once"
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(removed_by__isnull=False) & ~Q(removed_reason=""),
                name="shown_removed_by_someone",
            ),
        ]


def house_in(portfolio: Portfolio, project: Project) -> dict[str, Any]:
    """The owner and share of what a portfolio says of a project: at home the project's, elsewhere the portfolio's own."""
    if project.portfolio_id == portfolio.pk:
        return house_of(project)
    own = portfolio.owner_id in (project.owner_id, project.shared_with_id)
    share = portfolio.shared_with_id if own else project.shared_with_id or project.owner_id
    return {"owner_id": portfolio.owner_id, "shared_with_id": share}
