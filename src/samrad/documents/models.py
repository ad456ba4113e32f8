"""Files: attachments people hand in and papers the system makes. The bytes lie in the file store by their hash."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.organisation.models import Person


class File(Owned):
    """One file by name; two files with the same bytes share the stored content."""

    class Kind(models.TextChoices):
        ATTACHMENT = "attachment", _("Attachment")
        SUBMISSION = "submission", _("The need as it was sent in")
        CASE_PAPER = "case_paper", _("Case paper")
        NOTICE = "notice", _("Notice of meeting")
        MINUTES = "minutes", _("Minutes")
        REPORT = "report", _("Report")
        EXPORT = "export", _("Export")
        SOURCE = "source", _("Source of an answer written down for someone")

    kind = models.CharField(max_length=16, choices=Kind)
    name = models.CharField(max_length=200)
    # What an attachment is, in the words of whoever attached it; empty where the name says enough.
    title = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    # Initiatives and cases belong to later rooms, so these are plain numbers.
    initiative_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    case_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    exempt_group = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    # What was sent in, or is a finished paper, stays.
    locked = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "initiative_id", "sha256", "name"],
                condition=Q(kind="attachment", removed_at__isnull=True, initiative_id__isnull=False),
                name="attachment_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ending(self) -> str:
        """«PDF», «DOCX» …: what stands beside the link."""
        return self.name.rpartition(".")[2].upper()


class WordTemplate(Owned):
    """A version of an organisation's own Word template for one kind of paper. A new one ends the one before it."""

    class Kind(models.TextChoices):
        CASE_PAPER = "case_paper", _("Case paper")
        NOTICE = "notice", _("Notice of meeting")
        MINUTES = "minutes", _("Minutes")

    kind = models.CharField(max_length=16, choices=Kind)
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    places = models.JSONField(default=list)
    valid_from = models.DateField()
    # The last day it is used; also where the one that comes with Samråd is taken up again.
    valid_to = models.DateField(null=True, blank=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "kind", "number"], name="word_template_version_once"),
        ]

    def in_force(self, day: date) -> bool:
        """Is it used on a day?"""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
