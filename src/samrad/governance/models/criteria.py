"""The criteria that initiatives are scored by, by version."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from samrad.core.models import Owned


class CriteriaVersion(Owned):
    """A version of a house's criteria: [{code, axis, name, weight, low, middle, high}], as a body adopted them.

    What is scored keeps a copy of the criteria it was scored by, so a new version changes no score.
    """

    version = models.PositiveSmallIntegerField()
    criteria = models.JSONField(default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    adopted_by = models.CharField(max_length=120, blank=True)
    source = models.URLField(blank=True)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "version"], name="criteria_version_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="criteria_dates_in_order"
            ),
        ]

    def in_force(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
