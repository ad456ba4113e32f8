"""What a project costs, year by year."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.portfolio.models.projects import Project


class MoneyLine(Owned):
    """Budget, actual and forecast of a year, from one source, for investment or running. Whole kroner."""

    class Kind(models.TextChoices):
        INVESTMENT = "investment", _("Investment")
        RUNNING = "running", _("Running cost")

    class Source(models.TextChoices):
        OWN = "own", _("Own funds")
        GRANT = "grant", _("Grant")
        FUND = "fund", _("Fund")
        OTHERS = "others", _("Others pay")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="money")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    source = models.CharField(max_length=6, choices=Source)
    budget_kr = models.DecimalField(max_digits=14, decimal_places=0, null=True, blank=True)
    actual_kr = models.DecimalField(max_digits=14, decimal_places=0, null=True, blank=True)
    forecast_kr = models.DecimalField(max_digits=14, decimal_places=0, null=True, blank=True)

    class Meta:
        ordering = ["year", "kind", "source"]
        constraints = [
            models.UniqueConstraint(fields=["project", "year", "kind", "source"], name="money_line_once"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="money_year_likely"),
            models.CheckConstraint(
                condition=Q(budget_kr__isnull=True) | Q(budget_kr__gte=0), name="money_budget_not_negative"
            ),
        ]
