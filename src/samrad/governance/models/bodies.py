"""The rules of the house, as versioned data: fields, bodies, mandates, seats, minimum requirements, planned meetings."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.organisation.models import Entity, Person


class Field(Owned):
    """A professional field (fagområde), with the KOSTRA functions that belong to it."""

    code = models.SlugField(max_length=30)
    name = models.CharField(max_length=80)
    kostra_functions = ArrayField(models.CharField(max_length=4), default=list, blank=True)
    uses_expert_group = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "code"], name="field_code_per_owner")]

    def __str__(self) -> str:
        return self.name


class Body(Owned):
    """A body that treats cases: the council, the secretariat, a chief executive's leadership."""

    class Kind(models.TextChoices):
        COUNCIL = "council", _("Digitalisation council")
        SECRETARIAT = "secretariat", _("Secretariat")
        CHIEF_EXECUTIVE = "chief_executive", _("Chief executive")
        POLITICAL = "political", _("Political body")

    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="body_name_per_owner")]

    def __str__(self) -> str:
        return self.name


class OpenPart(models.TextChoices):
    """What a mandate can open to the public of an initiative. Exempt fields and people's names are never among them."""

    TITLE = "title", _("title, professional field and state")
    NEED = "need", _("the need")
    BENEFITS = "benefits", _("benefits")
    COSTS = "costs", _("costs")
    TREATMENT = "treatment", _("recommendation and decisions")
    PROGRESS = "progress", _("the project's dates and status lights")


class Mandate(Owned):
    """A version of a body's mandate. A new version never changes what was decided under an old one."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="mandates")
    version = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    adopted_by = models.CharField(max_length=120, blank=True)
    adopted_date = models.DateField(null=True, blank=True)
    source = models.URLField(blank=True)
    purpose = models.TextField(blank=True)
    quorum_share_percent = models.PositiveSmallIntegerField(default=50)
    notice_days = models.PositiveSmallIntegerField(default=7)
    meetings_per_year = models.PositiveSmallIntegerField(default=6)
    open_to_public = models.BooleanField(default=False)
    # What the public sees of initiatives (flow.md D.6), while they are prepared and once they are
    # recommended or decided. Nothing is open unless the mandate says so.
    open_submitted = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    open_decided = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    elected_regime = models.BooleanField(default=False)
    # The secretariat's own authority: which classifications, kroner a case and kroner a year (None: no authority).
    may_decide_types = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    amount_per_case = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    amount_per_year = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    # Above these the case needs budget whatever its funding (kroner, hours).
    budget_hours_limit = models.PositiveIntegerField(default=80)
    adopted_in_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "version"], name="mandate_version_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="mandate_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(
                    open_submitted__contained_by=[str(p) for p in OpenPart.values],
                    open_decided__contained_by=[str(p) for p in OpenPart.values],
                ),
                name="mandate_opens_known_parts",
            ),
        ]


class Seat(Owned):
    """A seat in a body: who holds it, for which field and municipality, and for how long."""

    class Position(models.TextChoices):
        CHAIR = "chair", _("Chair")
        DEPUTY = "deputy", _("Deputy chair")
        MEMBER = "member", _("Member")
        SUBSTITUTE = "substitute", _("Substitute")
        SECRETARY = "secretary", _("Secretary")
        OBSERVER = "observer", _("Observer")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seats")
    position = models.CharField(max_length=12, choices=Position)
    field = models.ForeignKey(Field, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    municipality = models.ForeignKey(Entity, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="seat_dates_in_order",
            )
        ]


class Requirement(Owned):
    """One minimum requirement to the groundwork, for some size classes, between two dates, with its source.

    `code` names a check in initiatives/policy.py or a field of the form; `material` says whether changing what it
    covers asks the endorser again (flow.md D.7).
    """

    code = models.CharField(max_length=40)
    size_classes = ArrayField(models.CharField(max_length=10), default=list)
    material = models.BooleanField(default=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "code", "valid_from"], name="requirement_version_once")]


class SizeClass(Owned):
    """A size class of initiatives: kroner and hours up to which it holds, and the steps its form has."""

    code = models.CharField(max_length=10)
    order = models.PositiveSmallIntegerField()
    below_kr = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    below_hours = models.PositiveIntegerField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["owner", "code", "valid_from"], name="size_class_version")]


class PlannedMeeting(Owned):
    """A meeting of a body in the annual cycle, with the last day a case can be sent in for it."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="planned_meetings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=120, blank=True)
    submission_deadline = models.DateField()
    urgent_deadline = models.DateField(null=True, blank=True)
    notice_date = models.DateField(null=True, blank=True)
    cancelled = models.BooleanField(default=False)
    reason = models.CharField(max_length=500, blank=True)
    # Counts every change: a calendar takes the highest, and a page made from a lower one is out of date.
    sequence = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [models.UniqueConstraint(fields=["body", "starts_at"], name="planned_meeting_once")]
