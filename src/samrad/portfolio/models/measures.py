"""Measures of a portfolio: what is decided to change, whom it touches, and how it goes."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samrad.cases.models import Case
from samrad.core.models import Owned
from samrad.organisation.models import Person
from samrad.portfolio.models.projects import Portfolio, Project
from samrad.portfolio.models.steering import ChangeRequest


class Measure(Owned):
    """A change of the portfolio that is to be carried out (S66): what, whose, by when, why, and how far it has come."""

    class Kind(models.TextChoices):
        STOP = "stop", _("Stop projects")
        MERGE = "merge", _("Merge projects")
        MOVE = "move", _("Move projects in time")
        REHOME = "rehome", _("Move projects to another portfolio")
        REINFORCE = "reinforce", _("Reinforce projects")
        STRATEGY = "strategy", _("Change the strategy")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        DECIDED = "decided", _("Decided, not begun")
        UNDER_WAY = "under_way", _("Under way")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="measures")
    kind = models.CharField(max_length=9, choices=Kind)
    title = models.CharField(max_length=200)
    reason = models.TextField()
    responsible = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_date = models.DateField()
    state = models.CharField(max_length=9, choices=State, default=State.PROPOSED)
    # What the projects are merged into, moved to, or moved by: each for its own kind.
    into = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to_portfolio = models.ForeignKey(Portfolio, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    months = models.SmallIntegerField(null=True, blank=True)
    start_months = models.SmallIntegerField(null=True, blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_in = models.CharField(max_length=200, blank=True)
    treated_on = models.DateField(null=True, blank=True)  # by the board, where somebody else wrote down what it decided
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due_date", "pk"]
        indexes = [models.Index(fields=["portfolio", "due_date"], name="measure_by_portfolio")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "dropped"]) | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="measure_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "dropped"], closed_at__isnull=False)
                | ~Q(state__in=["done", "dropped"]) & Q(closed_at__isnull=True),
                name="measure_closed_on_a_day",
            ),
        ]

    @property
    def open(self) -> bool:
        """Is there still something to do?"""
        return self.closed_at is None

    def late_on(self, day: date) -> bool:
        """Should it have been done by now?"""
        return self.open and self.due_date < day


class MeasureProject(Owned):
    """A project that a measure touches, and what the measure did with it."""

    class State(models.TextChoices):
        WAITS = "waits", _("Waits for the decision")
        ASKED = "asked", _("Waits for an answer")
        WITH_BODY = "with_body", _("With the body, as a case")
        DONE = "done", _("Carried out")
        REFUSED = "refused", _("Rejected by the body")
        WITHDRAWN = "withdrawn", _("Taken back")
        TOLD = "told", _("Told")
        BACK = "back", _("Not decided: the case was closed")
        REOPENED = "reopened", _("Carried out, and opened anew since")

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="projects")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="measures")
    state = models.CharField(max_length=9, choices=State, default=State.WAITS)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    change = models.ForeignKey(ChangeRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["measure", "project"], name="measure_project_once")]

    @property
    def standing(self) -> Promise | str:
        """What the measure has come to for the project: where a change was asked for, how that stands."""
        if self.state == self.State.BACK:
            return self.get_state_display()
        return ChangeRequest.State(self.change.state).label if self.change else self.get_state_display()


class MeasureNote(Owned):
    """The follow-up of a measure: what was said, and the state it got."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="notes")
    state = models.CharField(max_length=9, choices=Measure.State)
    text = models.CharField(max_length=1000, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
