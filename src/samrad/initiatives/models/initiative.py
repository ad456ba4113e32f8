"""The initiative: the thing that lives from idea to realised benefit, with its content, costs and benefits."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.governance.models import Field
from samrad.organisation.models import Person, Unit
from samrad.strategy.models import ActionPoint, Goal


class Initiative(Owned):
    """A digitalisation initiative (tiltak). `answers` holds the form's texts by field code (content.py)."""

    class Phase(models.TextChoices):
        IDEA = "idea", _("Idea")
        CONCEPT = "concept", _("Concept")
        PLAN = "plan", _("Planning")
        EXECUTE = "execute", _("Execution")
        CLOSE = "close", _("Closing")
        REALISE = "realise", _("Realising benefits")
        DONE = "done", _("Finished")

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        PAUSED = "paused", _("Paused")
        STOPPED = "stopped", _("Stopped")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        MERGED = "merged", _("Merged")

    class Stage(models.IntegerChoices):
        """How far it has ever come; who sees what follows from this (flow.md D.6)."""

        DRAFT = 0, _("Draft")
        ANCHORING = 1, _("In anchoring")
        SUBMITTED = 2, _("Submitted")
        DECIDED = 3, _("Recommended or decided")

    class Origin(models.TextChoices):
        FORM = "form", _("Reported here")
        IMPORTED = "imported", _("Taken in at introduction")

    class Classification(models.TextChoices):
        DEVELOPMENT = "development", _("Development")
        MAINTENANCE = "maintenance", _("Maintenance")
        OPERATION = "operation", _("Operation")

    class Size(models.TextChoices):
        SMALL = "small", _("Small")
        MEDIUM = "medium", _("Medium")
        LARGE = "large", _("Large")

    reference = models.CharField(max_length=20)
    title = models.CharField(max_length=200, blank=True)
    title_sort = models.CharField(max_length=240, blank=True)
    phase = models.CharField(max_length=10, choices=Phase, default=Phase.IDEA)
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    stage = models.PositiveSmallIntegerField(choices=Stage, default=Stage.DRAFT)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.FORM)
    source_id = models.CharField(max_length=100, blank=True)
    classification = models.CharField(max_length=12, choices=Classification, blank=True)
    size = models.CharField(max_length=8, choices=Size, default=Size.SMALL)
    field = models.ForeignKey(Field, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kostra_function = models.CharField(max_length=4, blank=True)
    owning_sector = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    participant_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    # Kroner; None means not said yet, 0 is an answer. internal_hours is for the whole project.
    one_off_kr = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    annual_kr = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    internal_hours = models.PositiveIntegerField(null=True, blank=True)
    uncertainty_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    lifetime_years = models.PositiveSmallIntegerField(null=True, blank=True)
    funding = models.CharField(max_length=12, blank=True)
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    # Opened anew after a no: it can be written in again until it is decided once more.
    reopened_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["-updated_at", "-id"], name="initiative_recent"),
            models.Index(fields=["owner", "-updated_at"], name="initiative_recent_owner"),
            models.Index(fields=["shared_with", "-updated_at"], name="initiative_recent_share"),
            models.Index(fields=["owner", "stage"], name="initiative_stage_owner"),
            models.Index(fields=["title_sort", "id"], name="initiative_by_title"),
            models.Index(fields=["phase", "-updated_at", "-id"], name="initiative_recent_phase"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["owner", "reference"], name="reference_per_owner"),
            models.CheckConstraint(
                condition=Q(one_off_kr__isnull=True) | Q(one_off_kr__gte=0),
                name="one_off_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(annual_kr__isnull=True) | Q(annual_kr__gte=0),
                name="annual_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class Responsibility(Owned):
    """Who is responsible for what in an initiative: need owner, lead, proposed project owner and so on.

    A person here always sees the whole initiative (flow.md D.6).
    """

    class Kind(models.TextChoices):
        AUTHOR = "author", _("Author")
        NEED_OWNER = "need_owner", _("Need owner")
        LEAD = "lead", _("Initiative responsible")
        PROJECT_OWNER = "project_owner", _("Project owner")
        PROJECT_MANAGER = "project_manager", _("Project manager")
        BENEFIT_RESPONSIBLE = "benefit_responsible", _("Benefit responsible")
        ASKED = "asked", _("Asked for an answer")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="responsibilities")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="responsibilities")
    kind = models.CharField(max_length=20, choices=Kind)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["initiative", "person", "kind"], name="responsibility_once"),
            models.UniqueConstraint(
                fields=["initiative", "kind"],
                condition=~Q(kind__in=["author", "asked"]),
                name="one_person_per_responsibility",
            ),
        ]


class Benefit(Owned):
    """One benefit, one row for life: written in the form, planned, measured and realised as the same row."""

    class Kind(models.TextChoices):
        AVOIDED_COST = "avoided_cost", _("Avoided cost")
        SAVED_TIME = "saved_time", _("Saved time")
        QUALITY = "quality", _("Better quality")

    class BudgetEffect(models.TextChoices):
        BUDGET_CUT = "budget_cut", _("Taken out in the budget")
        FREED_TIME = "freed_time", _("Freed time")
        ELSEWHERE = "elsewhere", _("Benefit for others")
        UNPRICED = "unpriced", _("Not priced")

    class Recipient(models.TextChoices):
        MUNICIPALITY = "municipality", _("The municipality")
        CITIZEN = "citizen", _("Residents")
        EMPLOYEE = "employee", _("Employees")
        BUSINESS = "business", _("Businesses")
        STATE = "state", _("The state")
        OTHER_MUNICIPALITY = "other_municipality", _("Another municipality")

    class Uncertainty(models.TextChoices):
        LOW = "low", _("Small: we have measured it, or others have")
        MEDIUM = "medium", _("Medium: a good estimate")
        HIGH = "high", _("Large: a guess")

    class Quality(models.IntegerChoices):
        """How good something is for those it is for, where no kroner can say it."""

        VERY_POOR = 1, _("Very poor")
        POOR = 2, _("Poor")
        FAIR = 3, _("Fair")
        GOOD = 4, _("Good")
        VERY_GOOD = 5, _("Very good")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="benefits")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=14, choices=Kind)
    budget_effect = models.CharField(max_length=12, choices=BudgetEffect, default=BudgetEffect.UNPRICED)
    recipient = models.CharField(max_length=20, choices=Recipient, default=Recipient.MUNICIPALITY)
    # A year: kroner where priced, hours where time is freed. Freed hours are never added to kroner.
    kroner_a_year = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    hours_a_year = models.PositiveIntegerField(null=True, blank=True)
    assumption = models.TextField(blank=True)
    uncertainty = models.CharField(max_length=8, choices=Uncertainty, blank=True)
    # For better quality: how it is today, and how it will be. Both are said, or none.
    quality_before = models.PositiveSmallIntegerField(choices=Quality, null=True, blank=True)
    quality_after = models.PositiveSmallIntegerField(choices=Quality, null=True, blank=True)
    benefit_owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quality_before__isnull=True, quality_after__isnull=True)
                | Q(quality_before__gte=1, quality_after__gt=F("quality_before"), quality_after__lte=5),
                name="benefit_quality_rises",
            ),
        ]

    @property
    def quality(self) -> str:
        """How much better the quality becomes, in words; empty where it is not said."""
        if self.quality_before is None or self.quality_after is None:
            return ""
        before, after = self.Quality(self.quality_before), self.Quality(self.quality_after)
        words = {"before": f"{before} ({before.label.lower()})", "after": f"{after} ({after.label.lower()})"}
        return gettext("From %(before)s to %(after)s of 5") % words

    @property
    def priced(self) -> Decimal:
        return self.kroner_a_year or Decimal(0)


class ContentVersion(Owned):
    """The content as it stood: what was asked about, endorsed, sent in. Text lives here, never in the log."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["initiative", "number"], name="content_version_once")]


class GoalLink(Owned):
    """A goal or a point of the action plan that an initiative supports: one of the two."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    point = models.ForeignKey(ActionPoint, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(goal__isnull=False, point__isnull=True) | Q(goal__isnull=True, point__isnull=False),
                name="goal_link_to_one",
            ),
            models.UniqueConstraint(fields=["initiative", "goal"], name="goal_linked_once"),
            models.UniqueConstraint(fields=["initiative", "point"], name="point_linked_once"),
        ]

    @property
    def code(self) -> str:
        """What it is linked to, as the form and the versions say it: «goal-3» or «point-7»."""
        return f"goal-{self.goal_id}" if self.goal_id else f"point-{self.point_id}"


# What a page says of a link, for `values` or a JSON object: read together with something else, it costs no query.
LINK = {
    "to_goal": F("goal_id"),
    "to_point": F("point_id"),
    "text": Coalesce("goal__text", "point__title"),
    "area": F("goal__area__name"),
    "strategy": F("goal__area__strategy_id"),
    "year": F("point__plan__year"),
}


class ReuseMark(Owned):
    """«Others can reuse this»: other cooperations see title, field, benefit, cost and result until it is taken away."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="reuse_marks")
    result = models.TextField(blank=True)
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["initiative"], condition=Q(undone_at__isnull=True), name="one_reuse_mark_stands"
            )
        ]


class ReferenceCounter(Owned):
    """The last number given out in a year: T-2026-0042 and the like, without gaps that matter."""

    series = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "series", "year"], name="counter_once")]


class SearchIndex(models.Model):
    """What can be searched, as trigrams. No grants: read only through a function that applies the policy itself."""

    initiative = models.OneToOneField(Initiative, on_delete=models.CASCADE, primary_key=True, related_name="+")
    title_text = models.TextField()
    title_grams = ArrayField(models.TextField())
