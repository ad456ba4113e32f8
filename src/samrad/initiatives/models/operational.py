"""What was operation and went to the service desk."""

from django.db import models
from django.db.models import Q

from samrad.core.models import Owned
from samrad.initiatives.models.initiative import Initiative
from samrad.organisation.models import Person


class Forwarding(Owned):
    """An operational request as it was forwarded to the service desk: the row is the truth, the mail a nudge."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="forwardings")
    desk_name = models.CharField(max_length=100)
    email = models.EmailField(blank=True)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    forwarded_at = models.DateTimeField()
    forwarded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    mail_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["initiative"], condition=Q(undone_at__isnull=True), name="one_forwarding_stands"
            )
        ]
