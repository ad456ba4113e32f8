"""What becomes of a frozen report: that it is sent to the portfolio board, and what the board did with it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.organisation.models import Person
from samrad.portfolio.models.projects import ReportSnapshot


class ReportTreatment(Owned):
    """A report sent to the portfolio board, and how the board treated it (S57). The report itself stays as it is."""

    class Outcome(models.TextChoices):
        NOTED = "noted", _("Taken note of")
        REMARKS = "remarks", _("Taken note of, with remarks")
        BACK = "back", _("Sent back")

    snapshot = models.OneToOneField(ReportSnapshot, on_delete=models.PROTECT, related_name="treatment")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=7, choices=Outcome, blank=True)
    text = models.TextField(blank=True)
    treated_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="") | Q(treated_on__isnull=False, recorded_by__isnull=False),
                name="report_treated_on_a_day",
            )
        ]
