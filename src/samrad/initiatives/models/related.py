"""What an initiative has to do with systems, and with the initiative it was copied from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.initiatives.models.initiative import Initiative
from samrad.organisation.models import Person
from samrad.systems.models import System


class SystemLink(Owned):
    """What an initiative does to a system of the register, or to one that is not there yet (`new_name`)."""

    class Kind(models.TextChoices):
        INTRODUCES = "introduces", _("Introduces")
        REPLACES = "replaces", _("Replaces")
        CHANGES = "changes", _("Alters")
        PHASES_OUT = "phases_out", _("Phases out")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="system_links")
    system = models.ForeignKey(System, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    new_name = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "system", "kind", "new_name"], nulls_distinct=False, name="system_link_once"
            ),
            models.CheckConstraint(
                condition=models.Q(system__isnull=False, new_name="")
                | (models.Q(system__isnull=True) & ~models.Q(new_name="")),
                name="system_or_new_name",
            ),
        ]


class CopyMark(Owned):
    """Where the texts of an initiative were copied from. Names are kept as they were: the source may be another house's."""

    initiative = models.OneToOneField(Initiative, on_delete=models.CASCADE, related_name="copy_mark")
    source_id = models.BigIntegerField()
    source_title = models.CharField(max_length=200)
    source_house = models.CharField(max_length=120)
    source_reference = models.CharField(max_length=20, blank=True)  # empty where the source is another house's
    copied_at = models.DateTimeField()
    copied_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
