"""Those who bind the fields and technology together: coordinators, and the arenas where people meet outside the council."""

from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.governance.models.bodies import Field
from samrad.organisation.models import Entity, Person


class Coordinator(Owned):
    """A coordinator (bindeledd): where from, how much of a position is reserved and used, and with what authority."""

    class Origin(models.TextChoices):
        ICT = "ict", _("ICT")
        DEVELOPMENT = "od", _("Organisational development")
        INNOVATION = "innovation", _("Digital innovation")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="coordinates")
    origin = models.CharField(max_length=12, choices=Origin)
    reserved_percent = models.PositiveSmallIntegerField()
    used_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    used_date = models.DateField(null=True, blank=True)
    authority = models.TextField(blank=True)
    # Everyone who reads the row reads these too: the fields served; none means all.
    field_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["origin", "person__name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reserved_percent__gte=1, reserved_percent__lte=100), name="coordinator_percent"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="coordinator_dates_in_order",
            ),
        ]

    @property
    def overused(self) -> bool:
        """Does it take more time than is reserved?"""
        return self.used_percent is not None and self.used_percent > self.reserved_percent


class CoordinatorShare(Owned):
    """How much of a coordinator's reserved time one municipality has, in per cent of a full position."""

    coordinator = models.ForeignKey(Coordinator, on_delete=models.CASCADE, related_name="shares")
    municipality = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    percent = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["municipality__name"]
        constraints = [models.UniqueConstraint(fields=["coordinator", "municipality"], name="coordinator_share_once")]


class Arena(Owned):
    """A regular meeting place outside the council: what it is for, who meets, and how often."""

    class Frequency(models.IntegerChoices):
        WEEKLY = 7, _("Every week")
        FORTNIGHTLY = 14, _("Every second week")
        MONTHLY = 31, _("Every month")
        BIMONTHLY = 62, _("Every second month")
        QUARTERLY = 92, _("Every quarter")
        HALF_YEARLY = 184, _("Twice a year")
        YEARLY = 366, _("Once a year")

    name = models.CharField(max_length=120)
    purpose = models.TextField(blank=True)
    field = models.ForeignKey(Field, on_delete=models.PROTECT, null=True, blank=True, related_name="arenas")
    with_ict = models.BooleanField(default=False)
    members = models.TextField(blank=True)
    frequency_days = models.PositiveSmallIntegerField(choices=Frequency, default=Frequency.MONTHLY)
    next_meeting = models.DateField(null=True, blank=True)
    since = models.DateField()
    ended = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["name", "pk"]

    def overdue_on(self, day: date, last: date | None) -> bool:
        """Has it been longer than its frequency since the last meeting (or since it began)?"""
        return self.ended is None and day > (last or self.since) + timedelta(days=self.frequency_days)


class ArenaMeeting(Owned):
    """A meeting that an arena has held, with light notes."""

    arena = models.ForeignKey(Arena, on_delete=models.CASCADE, related_name="meetings")
    held_date = models.DateField()
    notes = models.TextField(blank=True)
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["-held_date", "-pk"]
