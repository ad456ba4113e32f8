"""The annual cycle: how a body's year is planned, the other dates of the house, and who follows it."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.governance.models.bodies import Body
from samrad.organisation.models import Person


class CyclePlan(Owned):
    """How a body meets in one year: how often, when and where.

    The days before a meeting are the mandate's; here stands what was planned with, also where it differs that year.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="cycle_plans")
    year = models.PositiveSmallIntegerField()
    meetings = models.PositiveSmallIntegerField()
    weekday = models.PositiveSmallIntegerField(validators=[MaxValueValidator(4)])
    starts = models.TimeField()
    minutes = models.PositiveSmallIntegerField(default=120)
    place = models.CharField(max_length=120, blank=True)
    urgent_days = models.PositiveSmallIntegerField(default=10)
    ordinary_days = models.PositiveSmallIntegerField(default=21)
    notice_days = models.PositiveSmallIntegerField(default=7)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "year"], name="cycle_plan_once"),
            models.CheckConstraint(
                condition=Q(ordinary_days__gte=F("urgent_days")), name="cycle_plan_deadlines_in_order"
            ),
        ]


class CycleKind(models.TextChoices):
    """What a date in the annual cycle is for."""

    MEETING = "meeting", _("Meetings")
    DEADLINE = "deadline", _("Deadlines for sending in")
    REPORTING = "reporting", _("Reporting")
    BUDGET = "budget", _("Budget and economic plan")
    PRIORITY = "priority", _("Priority rounds")
    STRATEGY = "strategy", _("Strategy and mandates")
    ELECTED = "elected", _("The elected")
    QUIET = "quiet", _("No meetings")
    OTHER = "other", _("Other")


DATE_KINDS = [(kind.value, kind.label) for kind in CycleKind if kind != CycleKind.MEETING]


class CycleDate(Owned):
    """A date or a period in the annual cycle that is no meeting: reporting, budget, strategy, or when nobody meets."""

    kind = models.CharField(max_length=10, choices=DATE_KINDS)
    title = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="cycle_dates")
    note = models.CharField(max_length=500, blank=True)
    # Which of the usual dates of a year it is, so that none is laid out twice.
    code = models.CharField(max_length=20, blank=True)
    year = models.PositiveSmallIntegerField()
    cancelled = models.BooleanField(default=False)
    reason = models.CharField(max_length=500, blank=True)
    sequence = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "code", "year"], condition=~Q(code=""), name="usual_cycle_date_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="cycle_date_in_order"
            ),
        ]

    @property
    def last_day(self) -> date:
        return self.ends_on or self.starts_on


class CycleSubscription(Owned):
    """That a person follows the annual cycle, all of it or some. No bodies and no kinds chosen: everything."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="cycle_subscription")
    follows = models.BooleanField(default=True)
    body_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    kinds = ArrayField(models.CharField(max_length=10, choices=CycleKind), default=list, blank=True)
    # The secret address holds this number: a new number, and the old address opens nothing.
    address_number = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
