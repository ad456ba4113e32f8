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


class Scoring(Owned):
    """One scoring of a case. It keeps the criteria it was begun with: new weights never change an old score.

    The flags stand outside the score. `closed_at` is when everyone had scored, and each could see the others' scores.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="scorings")
    number = models.PositiveSmallIntegerField(default=1)
    criteria = models.JSONField(default=list)
    criteria_version = models.PositiveSmallIntegerField()
    must_do = models.BooleanField(default=False)
    security = models.BooleanField(default=False)
    urgent = models.BooleanField(default=False)
    contract_end = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="scoring_number_once"),
            models.UniqueConstraint(fields=["case"], condition=Q(closed_at__isnull=True), name="one_open_scoring"),
        ]


class ScoreCard(Owned):
    """What one assessor gives: {code: {"score": 1–5, "reason": …}}. One who withdraws counts no more, and says why."""

    scoring = models.ForeignKey(Scoring, on_delete=models.CASCADE, related_name="cards")
    assessor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    scores = models.JSONField(default=dict)
    scored_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["assessor__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scoring", "assessor"], name="one_card_per_assessor"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""), name="withdrawn_assessor_says_why"
            ),
        ]


class Placing(Owned):
    """Where the body has put a case in the order, against what was counted, and why. An ended one stays as history."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="placings")
    place = models.PositiveSmallIntegerField()
    reason = models.TextField()
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["placed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at__isnull=True), name="one_place_at_a_time"),
            models.CheckConstraint(condition=~Q(reason="") & Q(place__gte=1), name="placing_says_where_and_why"),
        ]


class RouteChoice(Owned):
    """That the head of the secretariat confirmed where a case goes, or sent it to the council instead, and why.

    It keeps what was proposed that day, and by which rule. The newest one counts; the others stay.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="route_choices")
    proposed = models.CharField(max_length=20)
    rule = models.CharField(max_length=30)
    failing = models.CharField(max_length=30, blank=True)
    chosen = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-chosen_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(chosen=models.F("proposed")) | ~Q(reason=""), name="another_way_says_why"
            ),
        ]
