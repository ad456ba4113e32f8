"""Who can work in projects: people and roles, what they can give each quarter, and what projects ask of them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.organisation.models import Person, Unit
from samrad.portfolio.models.projects import Portfolio, Project


class Resource(Owned):
    """A person, or a role that several fill, in a unit of the line."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [models.UniqueConstraint(fields=["unit", "title"], name="resource_title_once")]

    def __str__(self) -> str:
        return self.title


class Capacity(Owned):
    """What a resource has in a quarter, in person-days: what is set aside for development, and what the line takes."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="capacities")
    quarter = models.DateField()  # its first day
    days = models.PositiveSmallIntegerField()
    leave_days = models.PositiveSmallIntegerField(default=0)
    line_days = models.PositiveSmallIntegerField(default=0)
    reserved_days = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["quarter"]
        constraints = [
            models.UniqueConstraint(fields=["resource", "quarter"], name="capacity_once"),
            models.CheckConstraint(condition=Q(days__gte=F("leave_days")), name="capacity_not_all_leave"),
        ]


class ResourceRequest(Owned):
    """Person-days a project asks of a resource in a quarter, and what the unit's leader answers."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waits for the leader")
        GIVEN = "given", _("Given")
        PARTLY = "partly", _("Partly given")
        REFUSED = "refused", _("Refused")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="requests")
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="requests")
    quarter = models.DateField()
    purpose = models.CharField(max_length=200)
    asked_days = models.PositiveSmallIntegerField()
    given_days = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    reason = models.CharField(max_length=500, blank=True)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["quarter", "pk"]
        indexes = [models.Index(fields=["resource", "quarter"], name="request_by_quarter")]
        constraints = [
            models.CheckConstraint(condition=Q(given_days__lte=F("asked_days")), name="given_at_most_what_is_asked")
        ]


class FrozenZone(Owned):
    """A time when nothing new is started, as the budget season and the summer."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="frozen_zones")
    name = models.CharField(max_length=120)
    first_day = models.DateField()
    last_day = models.DateField()
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["first_day", "pk"]
        constraints = [models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="frozen_in_order")]
