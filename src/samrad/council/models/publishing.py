"""What of a meeting is made open, to whom, and what was considered first."""

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.council.models.meetings import AgendaItem, Meeting
from samrad.initiatives.models import Initiative
from samrad.organisation.models import Person


class Publication(Owned):
    """A document of a meeting as it was made open: to whom, by whom and when. Another one, or a withdrawal, ends it.

    It is frozen in parts, so that what becomes exempt later is gone from it at once (overview/windows.py).
    """

    class Kind(models.TextChoices):
        AGENDA = "agenda", _("Agenda")
        PAPER = "paper", _("Case paper")
        MINUTES = "minutes", _("Minutes")

    class Audience(models.TextChoices):
        """Each takes in those before it."""

        EMPLOYEES = "employees", _("Employees")
        ELECTED = "elected", _("Employees and elected")
        PUBLIC = "public", _("Everyone")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="publications")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="publications")
    kind = models.CharField(max_length=8, choices=Kind)
    audience = models.CharField(max_length=9, choices=Audience)
    title = models.CharField(max_length=260)
    facts = models.JSONField(default=list)
    language = models.CharField(max_length=2)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Why it was withdrawn; empty where another took its place.
    end_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-published_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "kind"],
                condition=Q(ended_at__isnull=True, item__isnull=True),
                name="document_published_once",
            ),
            models.UniqueConstraint(fields=["item"], condition=Q(ended_at__isnull=True), name="paper_published_once"),
            models.CheckConstraint(
                condition=Q(kind="paper", item__isnull=False) | ~Q(kind="paper") & Q(item__isnull=True),
                name="published_paper_is_an_items",
            ),
        ]


class PublishedPart(Owned):
    """A part of a published document: which item and initiative it tells of, and which groups of fields it tells."""

    ANY = "any"
    """In `field_groups`: free text that may tell of all, so it is held back where anything is exempt."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="parts")
    order = models.PositiveSmallIntegerField()
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    field_groups = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    label = models.CharField(max_length=40, blank=True)
    heading = models.CharField(max_length=260, blank=True)
    level = models.PositiveSmallIntegerField(default=1)
    blocks = models.JSONField(default=list, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["publication", "order"], name="published_part_order_once")]


class WiderAccess(Owned):
    """That it was considered whether something can be open though the law lets it be exempt (offentleglova § 11).

    For one document and one group of fields, or the closed doors of an item. The newest answer counts, and only for the
    exemption it was about.
    """

    CLOSED = "closed"

    class Outcome(models.TextChoices):
        KEPT = "kept", _("Held back: the need for secrecy weighs more than openness")
        DUTY = "duty", _("Held back: the law forbids us to show it")
        OPENED = "opened", _("Shown: the exemption is lifted")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="considered")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="considered")
    kind = models.CharField(max_length=8, choices=Publication.Kind)
    field_group = models.CharField(max_length=20)
    # The exemption (organisation.Exemption), or the section of the law by which the doors are closed.
    exemption_id = models.BigIntegerField(null=True, blank=True)
    legal_basis = models.CharField(max_length=120)
    outcome = models.CharField(max_length=6, choices=Outcome)
    reason = models.CharField(max_length=1000)
    considered_at = models.DateTimeField()
    considered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="wider_access_says_why")]
