"""In which order the projects of a portfolio come, and who approved it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.organisation.models import Person, Unit
from samrad.portfolio.models.projects import Portfolio, Project


class Ranking(Owned):
    """A rank order with its dates: the common one of a portfolio, or a sector's own. A published one is never changed."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        APPROVED = "approved", _("Approved by the portfolio board")
        PUBLISHED = "published", _("Published")

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="rankings")
    sector = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_in = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["portfolio", "sector"],
                condition=~Q(state="published"),
                nulls_distinct=False,
                name="one_ranking_in_work",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="ranking_approved_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(state="published", published_at__isnull=False)
                | ~Q(state="published") & Q(published_at__isnull=True),
                name="ranking_published_on_a_day",
            ),
        ]


class RankPlace(Owned):
    """The place of one project in a rank order, and why it is there."""

    ranking = models.ForeignKey(Ranking, on_delete=models.CASCADE, related_name="places")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(
                fields=["ranking", "place"], name="place_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(fields=["ranking", "project"], name="project_ranked_once"),
            models.CheckConstraint(condition=Q(place__gte=1), name="place_from_one"),
        ]
