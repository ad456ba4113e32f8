"""The prioritisation round: one case with a list, from the annual cycle to the economic plan or the budget."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from samrad.cases.models import Case, CaseInitiative, Recommendation
from samrad.cases.workflow import CLOSED_STATES
from samrad.core.models import Owned
from samrad.governance.models import Body, CycleDate
from samrad.initiatives.models import Initiative
from samrad.organisation.models import Person
from samrad.secretariat.models.scoring import Scoring


class Round(Owned):
    """A prioritisation round: what came in by a deadline, in order, before a body as one case."""

    class Purpose(models.TextChoices):
        ECONOMIC_PLAN = "economic_plan", _("The economic plan")
        BUDGET = "budget", _("The budget")

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="round")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=13, choices=Purpose)
    first_year = models.PositiveSmallIntegerField()
    # The date in the annual cycle that it was opened from.
    cycle_date = models.ForeignKey(CycleDate, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    deadline = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # When the list was last made from what had come in and was ready.
    listed_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-deadline", "-pk"]

    @property
    def years(self) -> list[int]:
        """The years it is about: four for an economic plan, one for a budget."""
        return list(range(self.first_year, self.first_year + (4 if self.purpose == self.Purpose.ECONOMIC_PLAN else 1)))

    @property
    def name(self) -> Promise:
        """What it is called, in the reader's language."""
        if self.purpose == self.Purpose.ECONOMIC_PLAN:
            return format_lazy(
                _("Prioritisation for the economic plan {first}–{last}"), first=self.first_year, last=self.years[-1]
            )
        return format_lazy(_("Prioritisation for the budget {year}"), year=self.first_year)

    def is_over(self, on: date) -> bool:
        """Has the deadline for coming with passed?"""
        return on > self.deadline


class RoundRow(Owned):
    """A line of the list: an initiative with its own case, its counted place, what is proposed and what the body found.

    The initiative and the counted place stand in the line of the case (`CaseInitiative`).
    """

    line = models.OneToOneField(CaseInitiative, on_delete=models.CASCADE, related_name="round_row")
    own_case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="round_rows")
    # The scoring that was counted; none where those who score had not all scored.
    scoring = models.ForeignKey(Scoring, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=20, choices=Recommendation.Outcome)
    reason = models.TextField(blank=True)
    # What the body found, until approved minutes make it a recommendation; a place only where it is not the counted one.
    found_outcome = models.CharField(max_length=20, choices=Recommendation.Outcome, blank=True)
    found_place = models.PositiveSmallIntegerField(null=True, blank=True)
    found_reason = models.TextField(blank=True)
    recommendation = models.OneToOneField(
        Recommendation, on_delete=models.PROTECT, null=True, blank=True, related_name="round_row"
    )

    class Meta:
        ordering = ["line__order", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(outcome=""), name="round_row_has_a_proposal"),
            models.CheckConstraint(
                condition=Q(found_place__isnull=True) | Q(found_place__gte=1) & ~Q(found_reason=""),
                name="another_place_says_why",
            ),
        ]

    @property
    def live(self) -> bool:
        """Is it still in the round: neither withdrawn, stopped, merged nor paused meanwhile?"""
        case = self.own_case
        paused = case.initiative is not None and case.initiative.status == Initiative.Status.PAUSED
        return case.state not in CLOSED_STATES and not paused
