"""What ICT spends its time on: operation, maintenance and development, unit by unit and month by month (G.14)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.organisation.models import Person, Unit


class Effort(Owned):
    """One month of a unit's ICT work, as it was written down: in hours, or in per cent of so many hours."""

    class Measure(models.TextChoices):
        HOURS = "hours", _("Hours")
        PERCENT = "percent", _("Per cent")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()  # its first day
    measure = models.CharField(max_length=7, choices=Measure, default=Measure.HOURS)
    operation = models.DecimalField(max_digits=8, decimal_places=1)
    maintenance = models.DecimalField(max_digits=8, decimal_places=1)
    development = models.DecimalField(max_digits=8, decimal_places=1)
    decided = models.DecimalField(max_digits=8, decimal_places=1)  # of the development: on decided initiatives
    all_hours = models.DecimalField(max_digits=8, decimal_places=1)  # what the month is in all
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["month", "unit_id"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "month"], name="effort_month_once"),
            models.CheckConstraint(
                condition=Q(operation__gte=0, maintenance__gte=0, development__gte=0, decided__gte=0, all_hours__gt=0),
                name="effort_not_negative",
            ),
            models.CheckConstraint(condition=Q(decided__lte=F("development")), name="effort_decided_is_development"),
            models.CheckConstraint(condition=Q(month__day=1), name="effort_month_by_first_day"),
            models.CheckConstraint(
                condition=Q(measure="percent", operation=100 - F("maintenance") - F("development"))
                | Q(measure="hours", all_hours=F("operation") + F("maintenance") + F("development")),
                name="effort_adds_up",
            ),
        ]
