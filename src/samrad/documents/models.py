"""Files: attachments people hand in and papers the system makes. The bytes lie in the file store by their hash."""

from django.db import models

from samrad.core.models import Owned
from samrad.organisation.models import Person


class File(Owned):
    """One file by name; two files with the same bytes share the stored content."""

    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=200)
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
