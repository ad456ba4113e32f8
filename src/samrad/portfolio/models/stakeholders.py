"""Whom a project concerns, what they think of it, and what is done about that."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.organisation.models import Person
from samrad.portfolio.models.projects import Project


class Stakeholder(Owned):
    """A person or a group the project concerns. A removed one stays, so that it can be put back."""

    class Group(models.TextChoices):
        EMPLOYEES = "employees", _("Employees")
        MANAGEMENT = "management", _("Management")
        RESIDENTS = "residents", _("Residents")
        BUSINESS = "business", _("Businesses")
        VOLUNTARY = "voluntary", _("Voluntary organisations")
        UNION = "union", _("Trade unions")
        PUBLIC = "public", _("Other public bodies")
        USERS = "users", _("Users")
        OTHERS = "others", _("Others")

    class Influence(models.IntegerChoices):
        """KommIT's scale of 1 to 3."""

        SMALL = 1, _("1 small")
        SOME = 2, _("2 some")
        GREAT = 3, _("3 great")

    class Attitude(models.IntegerChoices):
        """KommIT's scale of -1 to 1."""

        AGAINST = -1, _("Against")
        NEUTRAL = 0, _("Neutral")
        FOR = 1, _("For")

    class Involvement(models.TextChoices):
        INTERVIEW = "interview", _("Interview")
        WORKSHOP = "workshop", _("Invite to a workshop on benefits")
        INFORM = "inform", _("Keep informed")
        LATER = "later", _("Involve later")
        NOT = "not", _("Do not involve")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="stakeholders")
    name = models.CharField(max_length=200)
    group = models.CharField(max_length=10, choices=Group, blank=True)
    interest = models.TextField(blank=True)
    influence = models.PositiveSmallIntegerField(choices=Influence, null=True, blank=True)
    attitude = models.SmallIntegerField(choices=Attitude, null=True, blank=True)
    involvement = models.CharField(max_length=9, choices=Involvement, blank=True)
    responsible = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    measures = models.TextField(blank=True)
    due_date = models.DateField(null=True, blank=True)
    done = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name"], condition=Q(removed_at__isnull=True), name="stakeholder_once"
            ),
            models.CheckConstraint(
                condition=Q(influence__isnull=True) | Q(influence__range=(1, 3)), name="stakeholder_influence_on_scale"
            ),
            models.CheckConstraint(
                condition=Q(attitude__isnull=True) | Q(attitude__range=(-1, 1)), name="stakeholder_attitude_on_scale"
            ),
        ]

    def overdue_on(self, day: date) -> bool:
        """Should what is done about them have been done by now?"""
        return not self.done and self.due_date is not None and self.due_date < day
