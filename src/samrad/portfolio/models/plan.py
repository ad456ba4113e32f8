"""What a project is measured against: its baselines."""

from __future__ import annotations

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.organisation.models import Person
from samrad.portfolio.models.projects import Project


class Baseline(Owned):
    """What was approved: frame, dates and milestones as they were then. A new one for each approval, none is changed."""

    class Why(models.TextChoices):
        DECISION = "decision", _("The decision")
        GATE = "gate", _("A gate")
        CHANGE = "change", _("An approved change")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="baselines")
    number = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=8, choices=Why)
    frame_kr = models.DecimalField(max_digits=14, decimal_places=0, null=True, blank=True)
    contingency_kr = models.DecimalField(max_digits=14, decimal_places=0, null=True, blank=True)
    start_date = models.DateField(null=True, blank=True)
    end_date = models.DateField(null=True, blank=True)
    plan = models.JSONField(default=list)  # the milestones: [{"id": …, "name": …, "date": …}, …]
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="baseline_number_once")]

    @property
    def approved_by(self) -> Promise | str:
        """What approved it: the plan is approved at one gate only."""
        said = {self.Why.DECISION: _("The decision on the initiative"), self.Why.GATE: _("Gate BP3")}
        return said.get(self.Why(self.why), self.Why(self.why).label)


class Milestone(Owned):
    """A milestone or a deliverable of a project, with the day it is planned for now."""

    class Kind(models.TextChoices):
        MILESTONE = "milestone", _("Milestone")
        DELIVERABLE = "deliverable", _("Deliverable")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="milestones")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=11, choices=Kind, default=Kind.MILESTONE)
    due_date = models.DateField()
    reached_date = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_date", "pk"]


class Dependency(Owned):
    """That one project needs another: it cannot be finished before the other has delivered."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="needs")
    needs = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="needed_by")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "needs"], name="dependency_once"),
            models.CheckConstraint(condition=~models.Q(project=models.F("needs")), name="dependency_on_another"),
        ]
