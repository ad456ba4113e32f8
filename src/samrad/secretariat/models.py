"""What the secretariat makes of a case: completeness, assessments, the case paper."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samrad.cases.models import Case, Recommendation
from samrad.core.models import Owned
from samrad.documents.models import File
from samrad.organisation.models import Person


class CompletenessCheck(Owned):
    """One go through the check list. `missing` names each missing item: [{"code": …, "text": …, "field": …}]."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="completeness_checks")
    complete = models.BooleanField()
    missing = models.JSONField(default=list)
    note = models.TextField(blank=True)
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    completed_at = models.DateTimeField(null=True, blank=True)


class Assessment(Owned):
    """One assessment in a case: the secretariat's own, or one of the four fields, or a reviewer's. Internal."""

    class Kind(models.TextChoices):
        SECRETARIAT = "secretariat", _("The secretariat's assessment")
        TECHNOLOGY = "technology", _("Technology and architecture")
        INNOVATION = "innovation", _("Innovation")
        BENEFIT = "benefit", _("Benefits")
        ORGANISATION = "organisation", _("Organisational development")
        PRIVACY = "privacy", _("Privacy and security")
        FINANCE = "finance", _("Finance")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assessments")
    kind = models.CharField(max_length=14, choices=Kind)
    text = models.TextField(blank=True)
    not_assessed_reason = models.TextField(blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "kind"], name="one_assessment_per_kind")]


class CasePaper(Owned):
    """The case paper (saksframlegg): built from the record, edited, then frozen as it was sent."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="paper")
    proposed_outcome = models.CharField(max_length=20, choices=Recommendation.Outcome)
    proposed_text = models.TextField()
    sections = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_file = models.ForeignKey(File, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    public_file = models.ForeignKey(File, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)


class PaperVersion(Owned):
    """The case paper as it was when the council was sent it. Append-only, in the database too."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="paper_versions")
    number = models.PositiveIntegerField()
    proposed_outcome = models.CharField(max_length=20, choices=Recommendation.Outcome)
    proposed_text = models.TextField()
    sections = models.JSONField(default=list)
    # The whole of it as it is printed, from which the PDF is always set alike.
    paper = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="paper_version_once")]


class InternalNote(Owned):
    """A note only the secretariat sees."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="internal_notes")
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="note_has_text")]
