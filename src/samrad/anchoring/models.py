"""Anchoring: the expert group's statement, the sector heads' answers, who was heard, and the submission itself."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samrad.cases.models import Case
from samrad.core.models import Owned
from samrad.documents.models import File
from samrad.initiatives.models import ContentVersion, Initiative
from samrad.organisation.models import Entity, Person, Unit


class Request(Owned):
    """A question to the expert group, the owning sector head, or one to be heard, about one version of the content."""

    class Kind(models.TextChoices):
        EXPERT_GROUP = "expert_group", _("Expert group's statement")
        ENDORSEMENT = "endorsement", _("Recommendation from the owning sector")
        HEARING = "hearing", _("Heard")

    class Answer(models.TextChoices):
        RECOMMENDED = "recommended", _("Recommends")
        WITH_REMARK = "with_remark", _("Recommends with a remark")
        NOT_RECOMMENDED = "not_recommended", _("Does not recommend")
        RETURNED = "returned", _("Returned")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="anchoring_requests")
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="anchoring_requests")
    kind = models.CharField(max_length=14, choices=Kind)
    content = models.ForeignKey(ContentVersion, on_delete=models.PROTECT, related_name="+")
    asked_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    municipality = models.ForeignKey(Entity, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    due_date = models.DateField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    # The deadline passed after a reminder: who was to be heard is waited for no longer.
    passed_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=16, choices=Answer, blank=True)
    text = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Written down by the secretariat from a mail or a call: where it is from, and whether the person contests it.
    on_behalf_source = models.CharField(max_length=200, blank=True)
    source_file = models.ForeignKey(File, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    contested_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="answer_and_time_together",
            )
        ]


class Submission(Owned):
    """An innmelding: which version was sent in, by whom, and the requirements in force that day."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="submission")
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="submissions")
    content = models.ForeignKey(ContentVersion, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    requirements = models.JSONField(default=list)
    rules = models.JSONField(default=dict)
