"""Rules as data: minimum requirements, size classes, who may send in, and a register of laws, limits and lists."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.organisation.models import Entity, Person

OWN = "own_"
"""How the code of a requirement begins that the house has added itself; the answer is kept under it."""


class Requirement(Owned):
    """One minimum requirement to the groundwork, for some size classes, between two dates, with its source.

    `code` names a check in initiatives/policy.py or a field of the form; `material` says whether changing what it
    covers asks the endorser again (flow.md D.7).
    """

    class Answer(models.TextChoices):
        CHECK = "check", _("The form's own check")
        TEXT = "text", _("A text")
        CONFIRM = "confirm", _("A confirmation")

    code = models.CharField(max_length=40)
    size_classes = ArrayField(models.CharField(max_length=10), default=list)
    material = models.BooleanField(default=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    # What the house has added itself: a question to answer or to confirm. Empty where the code names a check.
    question = models.CharField(max_length=300, blank=True)
    help = models.CharField(max_length=300, blank=True)
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.CHECK)
    responsible = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["valid_from", "pk"]
        constraints = [
            # One that is switched off on its first day ends the day before it: it was never in force.
            models.UniqueConstraint(fields=["owner", "code", "valid_from"], name="requirement_version_once"),
            models.CheckConstraint(condition=Q(answer="check") | ~Q(question=""), name="requirement_asks_something"),
        ]

    @property
    def is_own(self) -> bool:
        """Did the house add it itself, so that the form asks for it?"""
        return self.answer != self.Answer.CHECK

    def in_force(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class SizeClass(Owned):
    """A size class of initiatives: it holds what costs less than its kroner and takes less than its hours."""

    code = models.CharField(max_length=10)
    order = models.PositiveSmallIntegerField()
    below_kr = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    below_hours = models.PositiveIntegerField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "code", "valid_from"], name="size_class_version"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="size_class_dates_in_order"
            ),
        ]


class SubmissionPolicy(Owned):
    """A version of who may send in a need and who may leave an idea, and the guideline they read first."""

    version = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    need_roles = ArrayField(models.CharField(max_length=40), default=list)
    idea_roles = ArrayField(models.CharField(max_length=40), default=list)
    guideline = models.TextField()
    adopted_by = models.CharField(max_length=120, blank=True)
    source = models.URLField(blank=True)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "version"], name="submission_policy_version_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="submission_policy_dates_in_order",
            ),
        ]


class OpenGuideline(models.Model):
    """The guideline in force in a house, as anyone may read it before signing in (a window, see windows.py)."""

    house = models.OneToOneField(Entity, on_delete=models.DO_NOTHING, primary_key=True, related_name="+")
    valid_from = models.DateField()
    need_roles = ArrayField(models.CharField(max_length=40))
    idea_roles = ArrayField(models.CharField(max_length=40))
    guideline = models.TextField()

    class Meta:
        managed = False
        db_table = "governance_openguideline"


class Rule(Owned):
    """A version of one rule outside the code: a law reference, a limit, a check list, a title or a statement.

    A statement of the self-evaluation stands in `name`. What the program goes by itself is in standards.py.
    """

    class Kind(models.TextChoices):
        LAW = "law", _("Law references")
        LIMIT = "limit", _("Limits")
        CHECKLIST = "checklist", _("Check lists")
        SECRECY = "secrecy", _("Legal bases: what must be exempt")
        EXEMPTION = "exemption", _("Legal bases: what can be exempt")
        CLOSING = "closing", _("Legal bases: closed doors")
        TITLE = "title", _("Titles and words")
        WEAKNESS = "weakness", _("Self-evaluation: weaknesses")
        DEMAND = "demand", _("Self-evaluation: requirements")

    kind = models.CharField(max_length=10, choices=Kind)
    code = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.URLField(blank=True)

    STATEMENTS = frozenset({Kind.WEAKNESS, Kind.DEMAND})
    EXEMPTING = (Kind.SECRECY, Kind.EXEMPTION)

    class Meta:
        ordering = ["kind", "name", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "code", "version"], name="rule_version_once"),
        ]

    def in_force(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
