"""Strategies with focus areas, goals and indicators; yearly action plans; what the elected say about them."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.organisation.models import Person


class Adopted(Owned):
    """Who adopted it, when and where that is written. A draft has no date."""

    adopted_by = models.CharField(max_length=120, blank=True)
    adopted_date = models.DateField(null=True, blank=True)
    case_number = models.CharField(max_length=40, blank=True)
    source = models.URLField(max_length=400, blank=True)

    class Meta:
        abstract = True

    @property
    def adopted(self) -> bool:
        """Is it adopted? What is adopted is never changed."""
        return self.adopted_date is not None


class Strategy(Adopted):
    """One version of a strategy. A new version is a row of its own, and the old one ends the day before."""

    title = models.CharField(max_length=200)
    number = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    valid_from = models.DateField()
    valid_to = models.DateField()
    vision = models.CharField(max_length=400, blank=True)
    principles = models.TextField(blank=True)
    # How many days before it runs out those responsible are told.
    warn_days = models.PositiveSmallIntegerField(default=180)
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-valid_from", "title", "-number"]
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="strategy_dates_in_order"),
            models.CheckConstraint(
                condition=Q(adopted_date__isnull=True) | ~Q(adopted_by=""), name="strategy_adopted_by_someone"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def in_force(self, on: date) -> bool:
        """Does it hold on the day?"""
        return self.adopted and self.valid_from <= on <= self.valid_to

    @property
    def principle_lines(self) -> list[str]:
        """The principles, one a line."""
        return [line.strip() for line in self.principles.splitlines() if line.strip()]


class Carried(Owned):
    """A row that a later version or year carries on: `root` is the first in its row, so that history stays together."""

    came_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to")
    root = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def root_or_self_id(self) -> int:
        """The first of its row."""
        return int(self.root_id or self.pk)  # type: ignore[attr-defined]  # the column of an abstract foreign key


class FocusArea(Carried):
    """A focus area (innsatsområde) of a strategy."""

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="areas")
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["strategy", "name"], name="area_name_once")]

    def __str__(self) -> str:
        return self.name


class Goal(Carried):
    """A goal in a focus area."""

    area = models.ForeignKey(FocusArea, on_delete=models.CASCADE, related_name="goals")
    text = models.CharField(max_length=300)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.text


class Indicator(Carried):
    """What shows whether a goal is reached: from a baseline to a target by a date."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="indicators")
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=40, blank=True)
    baseline = models.DecimalField(max_digits=14, decimal_places=2)
    target = models.DecimalField(max_digits=14, decimal_places=2)
    target_date = models.DateField()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(target=F("baseline")), name="indicator_goes_somewhere")]

    def __str__(self) -> str:
        return self.name


class Measurement(Owned):
    """A value of an indicator on a day. It hangs on the first of its row, and is never changed."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="measurements")
    measured_on = models.DateField()
    value = models.DecimalField(max_digits=14, decimal_places=2)
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-measured_on", "-id"]


class ActionPlan(Adopted):
    """The action plan (handlingsplan) of a strategy for one year."""

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "year"], name="plan_year_once"),
            models.CheckConstraint(
                condition=Q(adopted_date__isnull=True) | ~Q(adopted_by=""), name="plan_adopted_by_someone"
            ),
        ]


class ActionPoint(Carried):
    """A point of an action plan: what is to be done, by whom, by when, for how much."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        UNDER_WAY = "under_way", _("Under way")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="points")
    area = models.ForeignKey(FocusArea, on_delete=models.PROTECT, related_name="points")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="points")
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    responsible = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_date = models.DateField(null=True, blank=True)
    cost_kr = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.PLANNED)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["area__order", "area_id", "due_date", "id"]
        constraints = [
            models.UniqueConstraint(fields=["came_from"], name="point_carried_once"),
            models.CheckConstraint(
                condition=Q(cost_kr__isnull=True) | Q(cost_kr__gte=0), name="point_cost_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def finished(self) -> bool:
        """Is there nothing more to do?"""
        return self.status in (self.Status.DONE, self.Status.DROPPED)


class StatusChange(Owned):
    """A point went from one status to another, with a word about why."""

    point = models.ForeignKey(ActionPoint, on_delete=models.PROTECT, related_name="changes")
    status = models.CharField(max_length=10, choices=ActionPoint.Status)
    note = models.TextField(blank=True)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at", "-id"]


class InputRound(Owned):
    """The yearly point in the cycle where the elected say what they think of the strategy."""

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="rounds")
    year = models.PositiveSmallIntegerField()
    question = models.TextField()
    opens_on = models.DateField()
    closes_on = models.DateField()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "year"], name="round_year_once"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="round_dates_in_order"),
        ]


class ElectedInput(Owned):
    """What an elected representative said, and the answer. Written by themselves, or by another with the source."""

    class Outcome(models.TextChoices):
        TAKEN_IN = "taken_in", _("Taken in")
        PARTLY = "partly", _("Partly taken in")
        NOT_TAKEN_IN = "not_taken_in", _("Not taken in")

    round = models.ForeignKey(InputRound, on_delete=models.PROTECT, related_name="inputs")
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Where a body spoke, or one who is not in the register.
    said_by_name = models.CharField(max_length=160, blank=True)
    text = models.TextField()
    given_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    on_behalf_source = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["given_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(outcome="") | ~Q(answer=""), name="input_answered_with_reason"),
            models.CheckConstraint(
                condition=Q(said_by__isnull=False) | ~Q(said_by_name=""), name="input_said_by_someone"
            ),
        ]

    @property
    def speaker(self) -> str:
        """Who said it."""
        return self.said_by.name if self.said_by else self.said_by_name


class ExpiryWarning(Owned):
    """Those responsible were told that a strategy runs out, or has run out."""

    class Kind(models.TextChoices):
        BEFORE = "before", _("Before it runs out")
        EXPIRED = "expired", _("It has run out")

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="warnings")
    kind = models.CharField(max_length=8, choices=Kind)
    valid_to = models.DateField()
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["strategy", "kind", "valid_to"], name="expiry_warned_once"),
        ]
