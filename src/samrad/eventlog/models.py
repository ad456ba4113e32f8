"""The append-only log: what happened, by whom and when."""

from django.db import models

from samrad.core.models import Owned


class Event(Owned):
    """One change. Holds ids, field names and numbers, never free text: text lives in versions."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=80)
    by_person_id = models.BigIntegerField(null=True, blank=True)
    on_behalf_of_id = models.BigIntegerField(null=True, blank=True)
    initiative_id = models.BigIntegerField(null=True, blank=True)
    case_id = models.BigIntegerField(null=True, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["initiative_id", "at", "id"], name="event_by_initiative"),
            models.Index(fields=["case_id", "at", "id"], name="event_by_case"),
            models.Index(fields=["owner", "at"], name="event_by_owner"),
            models.Index(fields=["kind", "at"], name="event_by_kind"),
        ]
