"""Whether each project is still the right thing to do."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.organisation.models import Person
from samrad.portfolio.models.projects import Portfolio, Project


class StillRight(Owned):
    """An answer, in a review of status, to whether a project is still right. Each stays; the newest holds."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes, still right")
        CHANGE = "change", _("Must be changed")
        NO = "no", _("No, not right any more")

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="answers")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="still_right")
    answer = models.CharField(max_length=6, choices=Answer)
    reason = models.CharField(max_length=500)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["portfolio", "project", "-id"], name="still_right_newest")]
