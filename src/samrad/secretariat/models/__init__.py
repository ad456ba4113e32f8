"""What the secretariat makes of a case: completeness, assessments, the case paper."""

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samrad.cases.models import Case, Recommendation
from samrad.core.models import Owned
from samrad.documents.models import File
from samrad.organisation.models import Entity, Person
from samrad.secretariat.models.rounds import Round, RoundRow
from samrad.secretariat.models.scoring import FlagChange, Placing, ScoreCard, Scoring

__all__ = [
    "Assessment",
    "CasePaper",
    "Competence",
    "CompletenessCheck",
    "Exchange",
    "FlagChange",
    "InternalNote",
    "PaperVersion",
    "Placing",
    "Review",
    "Round",
    "RoundRow",
    "RouteChoice",
    "ScoreCard",
    "Scoring",
]


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
    """One assessment in a case: the secretariat's own, one of the four fields, a coordinator's or a reviewer's. Internal."""

    class Kind(models.TextChoices):
        SECRETARIAT = "secretariat", _("The secretariat's assessment")
        TECHNOLOGY = "technology", _("Technology and architecture")
        INNOVATION = "innovation", _("Innovation")
        BENEFIT = "benefit", _("Benefits")
        ORGANISATION = "organisation", _("Organisational development")
        COORDINATOR = "coordinator", _("The coordinator's advice")
        PRIVACY = "privacy", _("Privacy")
        SECURITY = "security", _("Information security")
        ARCHIVE = "archive", _("Archive")
        PROCUREMENT = "procurement", _("Procurement")
        FINANCE = "finance", _("Finance")
        WORKING_ENVIRONMENT = "working_environment", _("Working environment")
        ACCESSIBILITY = "accessibility", _("Universal design")
        AI = "ai", _("Artificial intelligence")
        CLIMATE = "climate", _("Climate")

    class Conclusion(models.TextChoices):
        NO_OBJECTION = "no_objection", _("Nothing against it")
        CONDITIONS = "conditions", _("Yes, on conditions")
        ADVISED_AGAINST = "advised_against", _("Advises against it")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assessments")
    # One of the kinds, or the code of a question that the house has added to the check; then `title` says who is called.
    kind = models.CharField(max_length=40, choices=Kind)
    title = models.CharField(max_length=100, blank=True)
    # Finance is answered for each municipality that takes part; nothing else is.
    municipality = models.ForeignKey(Entity, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(blank=True)
    conclusion = models.CharField(max_length=16, choices=Conclusion, blank=True)
    not_assessed_reason = models.TextField(blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(municipality__isnull=True), name="one_assessment_per_kind"
            ),
            models.UniqueConstraint(
                fields=["case", "kind", "municipality"],
                condition=Q(municipality__isnull=False),
                name="one_assessment_per_municipality",
            ),
        ]

    @property
    def label(self) -> str:
        """What it is about, in words."""
        return _named(self.kind, self.title, self.municipality)


def _named(kind: str, title: str, municipality: Entity | None) -> str:
    known = title or str(Assessment.Kind(kind).label if kind in Assessment.Kind.values else kind)
    return f"{known}, {municipality.name}" if municipality else known


class Review(Owned):
    """That a named person is asked for one of the assessments in a case, by a day. The answer is the assessment."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reviews")
    kind = models.CharField(max_length=40, choices=Assessment.Kind)
    title = models.CharField(max_length=100, blank=True)
    municipality = models.ForeignKey(Entity, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    question = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_date = models.DateField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    # The deadline passed after a reminder; it can still be answered.
    passed_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due_date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="review_answered_or_withdrawn",
            ),
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=Q(municipality__isnull=True, answered_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_review_per_kind",
            ),
            models.UniqueConstraint(
                fields=["case", "kind", "municipality"],
                condition=Q(municipality__isnull=False, answered_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_review_per_municipality",
            ),
        ]

    @property
    def label(self) -> str:
        """What the person is asked to assess, in words."""
        return _named(self.kind, self.title, self.municipality)

    @property
    def waits(self) -> bool:
        """Is an answer still waited for?"""
        return self.answered_at is None and self.withdrawn_at is None


class Exchange(Owned):
    """One line between the secretariat and those who write the need: a question, an answer, or a word."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="exchanges")
    text = models.TextField()
    from_secretariat = models.BooleanField()
    # Asked, the other side owes an answer until it writes something.
    asks = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="exchange_has_text"),
            models.CheckConstraint(
                condition=Q(asks=True) | Q(answered_at__isnull=True), name="exchange_only_questions_are_answered"
            ),
        ]


class Competence(Owned):
    """Who can help with what: someone in the organisation, in ICT, or at a vendor."""

    class Place(models.TextChoices):
        ICT = "ict", _("ICT")
        FIELD = "field", _("A professional field")
        DEVELOPMENT = "od", _("Organisational development or HR")
        INNOVATION = "innovation", _("Innovation")
        VENDOR = "vendor", _("Vendor")
        OTHER = "other", _("Others outside")

    name = models.CharField(max_length=120)
    place = models.CharField(max_length=12, choices=Place)
    organisation = models.CharField(max_length=120, blank=True)
    # Someone who can be asked in Samråd, where it is one of our own.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    helps_with = models.TextField()
    kinds = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name", "pk"]

    @property
    def assesses(self) -> list[str]:
        """The assessments one can be asked for, in words."""
        return [str(Assessment.Kind(kind).label) for kind in self.kinds if kind in Assessment.Kind.values]


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


class PaperSection(Owned):
    """What is written in one section of the case paper, over what the record says. Without a row it is as the record.

    `rows` holds the lines that are worded anew, by their key; `over` is the section it was written over, so that one
    sees when the record says something else now.
    """

    paper = models.ForeignKey(CasePaper, on_delete=models.CASCADE, related_name="written")
    code = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    rows = models.JSONField(default=dict)
    over = models.JSONField(default=dict)
    # False: fetched anew from the record, and nobody has written in it since.
    own = models.BooleanField(default=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "code"], name="paper_section_once")]


class SectionAside(Owned):
    """A text that is not in the section but is not lost: it came after another's, or the record took its place."""

    section = models.ForeignKey(PaperSection, on_delete=models.CASCADE, related_name="asides")
    text = models.TextField(blank=True)
    rows = models.JSONField(default=dict)
    # It stood in the section until the record took its place; otherwise another had written there first.
    stood = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["section", "written_by", "stood"], name="aside_once")]


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
