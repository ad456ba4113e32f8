"""Views of the list that people keep, and what the top of a portfolio said before."""

from __future__ import annotations

from django.db import models

from samrad.core.models import Owned
from samrad.governance.models import Body
from samrad.organisation.models import Person
from samrad.portfolio.models.projects import Portfolio


class SavedView(Owned):
    """The list as someone wants to see it again: its address, kept under a name, perhaps shared with all readers."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="views")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=2000, blank=True)
    shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["portfolio", "person", "name"], name="view_name_once")]


class FormerHeader(Owned):
    """What stood on top of a portfolio until it was changed."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="former_headers")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    vision = models.CharField(max_length=200)
    manager = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    appointed_by = models.CharField(max_length=200, blank=True)
    appointed_date = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["portfolio", "number"], name="former_header_once")]
