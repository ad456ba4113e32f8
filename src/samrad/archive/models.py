"""What is to be filed in the case/archive system. The row is the truth, the job only a nudge."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samrad.cases.models import Case
from samrad.core.models import Owned
from samrad.documents.models import File
from samrad.initiatives.models import Initiative
from samrad.organisation.models import Person


class ArchiveSetup(Owned):
    """How one entity files: a folder export, or by hand."""

    class Backend(models.TextChoices):
        FOLDER = "folder", _("Export to a folder")
        BY_HAND = "by_hand", _("By hand")

    backend = models.CharField(max_length=10, choices=Backend, default=Backend.BY_HAND)
    folder = models.CharField(max_length=300, blank=True)
    # What the archive calls things: the series (arkivdel), the class by which cases are ordered, the unit, the code
    # for what is exempt from public access. They follow each document to the folder.
    series = models.CharField(max_length=40, blank=True)
    class_system = models.CharField(max_length=40, blank=True)
    class_code = models.CharField(max_length=40, blank=True)
    unit_name = models.CharField(max_length=120, blank=True)
    access_code = models.CharField(max_length=20, default="UO")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner"], name="one_archive_setup")]


class ArchiveSetupVersion(Owned):
    """How an entity filed from a moment on, and who decided it."""

    setup = models.ForeignKey(ArchiveSetup, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    values = models.JSONField(default=dict)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["setup", "number"], name="archive_setup_version_once")]


class Filing(Owned):
    """One document to be filed, from queued to filed. Never silent: an unfiled one stands in a list."""

    class Kind(models.TextChoices):
        SUBMISSION = "submission", _("Submission")
        CASE_PAPER = "case_paper", _("Case paper")
        MINUTES_EXTRACT = "minutes_extract", _("Extract of minutes")
        MINUTES = "minutes", _("Minutes")
        NOTICE = "notice", _("Notice of meeting")
        DECISION = "decision", _("Decision")

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting to be filed")
        BY_HAND = "by_hand", _("To be filed by hand")
        FAILED = "failed", _("Failed, will be tried again")
        FILED = "filed", _("Filed")

    kind = models.CharField(max_length=16, choices=Kind)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="filings")
    initiative = models.ForeignKey(
        Initiative,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="filings",
    )
    # The record that is filed (a Submission, CasePaper, Meeting or Decision), and the key that makes it idempotent.
    object_id = models.BigIntegerField()
    external_key = models.CharField(max_length=80)
    # What is filed is what was true when it happened: the paper as data, from which the PDF is always set alike.
    content = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    file = models.ForeignKey(File, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    access_basis = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)
    queued_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True, blank=True)
    filed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    archive_ref = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["queued_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "external_key"], name="filed_once"),
            models.CheckConstraint(
                condition=~Q(state="filed") | Q(filed_at__isnull=False),
                name="filed_has_a_time",
            ),
        ]

    @property
    def title(self) -> str:
        """What the filed document is called."""
        return str(self.content.get("title") or (self.initiative.title if self.initiative else ""))
