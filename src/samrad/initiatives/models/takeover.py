"""A mail or a ticket that was made into a draft: its right owner takes it over, or turns it down with a reason."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.initiatives.models.initiative import Initiative
from samrad.organisation.models import Person


class Takeover(Owned):
    """Someone is asked to take over a draft. The text that came in stays here as it was."""

    class Answer(models.TextChoices):
        TAKEN = "taken", _("Taken over")
        TURNED_DOWN = "turned_down", _("Turned down")

    initiative = models.OneToOneField(Initiative, on_delete=models.CASCADE, related_name="takeover")
    sender = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    asked = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=12, choices=Answer, blank=True)
    reason = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="takeover_answered_with_time",
            ),
        ]
