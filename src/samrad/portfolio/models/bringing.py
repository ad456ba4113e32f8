"""A spreadsheet of milestones, money, risks or people on its way in, and afterwards what came of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.organisation.models import Person
from samrad.portfolio.models.projects import Portfolio


class RowImport(Owned):
    """One file with rows for a portfolio. From the upload until it is brought in it holds the file; then the file goes."""

    class Kind(models.TextChoices):
        MILESTONES = "milestones", _("Milestones and deliverables")
        MONEY = "money", _("Money, year by year")
        RISKS = "risks", _("Risks and opportunities")
        STATUS = "status", _("Status reports")
        PEOPLE = "people", _("People and roles, with what they can give")
        KOMMIT = "kommit", _("A benefits workbook from KommIT")

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="row_imports")
    kind = models.CharField(max_length=10, choices=Kind)
    file_name = models.CharField(max_length=200)
    content = models.BinaryField(null=True, blank=True)
    columns = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    refused = models.JSONField(default=list)
    unknown = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    uploaded_at = models.DateTimeField()
    imported_at = models.DateTimeField(null=True, blank=True)
    imported_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-imported_at", "-pk"]
