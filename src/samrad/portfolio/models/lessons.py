"""What a project learnt, kept so that others can find it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.initiatives.models import Initiative
from samrad.organisation.models import Person
from samrad.portfolio.models.projects import Project


class Lesson(Owned):
    """One lesson of a project: what happened, what was learnt, and the advice to others."""

    class Kind(models.TextChoices):
        GOOD = "good", _("Do it again")
        BAD = "bad", _("Do it another way")

    class Theme(models.TextChoices):
        STEERING = "steering", _("Steering and roles")
        PLAN = "plan", _("Plan and progress")
        MONEY = "money", _("Economy")
        PEOPLE = "people", _("People and time")
        PROCUREMENT = "procurement", _("Procurement and vendor")
        TECHNOLOGY = "technology", _("Technology and integrations")
        PRIVACY = "privacy", _("Privacy and security")
        CHANGE = "change", _("Training and change")
        BENEFITS = "benefits", _("Benefits")
        COOPERATION = "cooperation", _("Cooperation between municipalities")
        OTHER = "other", _("Something else")

    class Reach(models.TextChoices):
        TEAM = "team", _("Those who work on the project")
        HOUSE = "house", _("Everyone here who reads about the project")
        COOPERATION = "cooperation", _("Also the other municipalities that read about the project")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="lessons")
    title = models.CharField(max_length=200)
    happened = models.TextField()
    learnt = models.TextField()
    advice = models.TextField(blank=True)
    kind = models.CharField(max_length=4, choices=Kind)
    theme = models.CharField(max_length=12, choices=Theme)
    phase = models.CharField(max_length=10, choices=Initiative.Phase)  # the one it was learnt in
    reach = models.CharField(max_length=11, choices=Reach, default=Reach.TEAM)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-written_at", "-pk"]
        indexes = [models.Index(fields=["project", "-written_at"], name="lesson_by_project")]
