"""What is tolerated before it is a deviation, the deviations, and what is asked to be changed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samrad.cases.models import Case
from samrad.core.models import Owned
from samrad.organisation.models import Person
from samrad.portfolio.models.projects import Project


class Tolerance(Owned):
    """A version of when a light turns: yellow above the plan at all, red above these."""

    version = models.PositiveSmallIntegerField(default=1)
    cost_red_percent = models.PositiveSmallIntegerField(default=10)
    time_red_months = models.PositiveSmallIntegerField(default=3)
    risk_red = models.PositiveSmallIntegerField(default=15)
    risk_amber = models.PositiveSmallIntegerField(default=8)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    adopted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "version"], name="tolerance_version_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="tolerance_in_order"
            ),
            models.CheckConstraint(
                condition=Q(risk_amber__lt=F("risk_red"), risk_red__lte=25), name="tolerance_risk_in_order"
            ),
        ]


class Deviation(Owned):
    """That a project went past what is tolerated: it opens a case by itself, one for each kind at a time."""

    class Kind(models.TextChoices):
        COST = "cost", _("Cost")
        TIME = "time", _("Schedule")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="deviations")
    kind = models.CharField(max_length=4, choices=Kind)
    measured = models.DecimalField(max_digits=8, decimal_places=1)  # per cent, or months
    limit = models.PositiveSmallIntegerField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "kind"], condition=Q(closed_at__isnull=True), name="one_open_deviation_a_kind"
            )
        ]


class ChangeRequest(Owned):
    """What is asked to be changed of what was approved: another frame, start or end, or several, and why."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waits for the project owner")
        WITH_BODY = "with_body", _("With the body")
        APPROVED = "approved", _("The change is approved")
        REJECTED = "rejected", _("Rejected")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveSmallIntegerField()
    reason = models.TextField()
    frame_kr = models.DecimalField(max_digits=14, decimal_places=0, null=True, blank=True)
    contingency_kr = models.DecimalField(max_digits=14, decimal_places=0, null=True, blank=True)
    start_date = models.DateField(null=True, blank=True)
    end_date = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="change_number_once"),
            models.UniqueConstraint(
                fields=["project"], condition=Q(state__in=["asked", "with_body"]), name="one_change_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(frame_kr__isnull=False)
                | Q(contingency_kr__isnull=False)
                | Q(start_date__isnull=False)
                | Q(end_date__isnull=False),
                name="change_changes_something",
            ),
        ]
