"""Risks and opportunities: of a project, or a portfolio's own."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.organisation.models import Person
from samrad.portfolio.models.projects import Portfolio, Project

SCALE = [(n, str(n)) for n in range(1, 6)]


class Risk(Owned):
    """What may go wrong, or well: how likely and how much, before and after what is done about it."""

    class Kind(models.TextChoices):
        RISK = "risk", _("Risk")
        OPPORTUNITY = "opportunity", _("Opportunity")

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="risks")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, null=True, blank=True, related_name="risks")
    kind = models.CharField(max_length=11, choices=Kind, default=Kind.RISK)
    title = models.CharField(max_length=200)
    cause = models.TextField(blank=True)
    likelihood = models.PositiveSmallIntegerField(choices=SCALE)
    impact = models.PositiveSmallIntegerField(choices=SCALE)
    measure = models.TextField(blank=True)
    responsible = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    likelihood_after = models.PositiveSmallIntegerField(choices=SCALE)
    impact_after = models.PositiveSmallIntegerField(choices=SCALE)
    review_date = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        # The largest of each project are found at once, however many have been written down.
        indexes = [
            models.Index(
                F("project"),
                (F("likelihood_after") * F("impact_after")).desc(),
                name="open_risk_by_size",
                condition=Q(closed_at__isnull=True, kind="risk"),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 5), impact__range=(1, 5)), name="risk_on_the_scale_before"
            ),
            models.CheckConstraint(
                condition=Q(likelihood_after__range=(1, 5), impact_after__range=(1, 5)), name="risk_on_the_scale_after"
            ),
        ]

    @property
    def before(self) -> int:
        """How large it is before measures, of 25."""
        return self.likelihood * self.impact

    @property
    def after(self) -> int:
        """How large it is after measures, of 25."""
        return self.likelihood_after * self.impact_after

    def overdue_on(self, day: date) -> bool:
        """Should it have been looked at again?"""
        return self.closed_at is None and self.review_date is not None and self.review_date < day
