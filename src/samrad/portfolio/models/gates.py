"""Gates of a project: what is asked, what is answered, and who let it pass."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samrad.cases.models import Case
from samrad.core.models import Owned
from samrad.organisation.models import Person
from samrad.portfolio.models.projects import Project

CODES = [(code, code) for code in ("BP1", "BP2", "BP3", "BP4", "BP5")]


class GateChecklist(Owned):
    """A version of what one gate asks, and for which size classes the body decides there."""

    gate = models.CharField(max_length=3, choices=CODES)
    version = models.PositiveSmallIntegerField(default=1)
    questions = models.JSONField()  # [[code, text], …]
    body_sizes = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    adopted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["gate", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "gate", "version"], name="gate_checklist_version_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="gate_checklist_in_order"
            ),
        ]


class GateReview(Owned):
    """One project before one gate: the check list as it was asked, the answers, and the decision."""

    class State(models.TextChoices):
        OPEN = "open", _("Being prepared")
        WITH_BODY = "with_body", _("With the body")
        PASSED = "passed", _("Passed")
        NOT_YET = "not_yet", _("Not yet")

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        NOT_RELEVANT = "na", _("Not relevant")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="gates")
    gate = models.CharField(max_length=3, choices=CODES)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    questions = models.JSONField(default=list)  # as they were asked: [[code, text], …]
    answers = models.JSONField(default=dict, blank=True)  # {code: {"answer": …, "note": …}}
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(state__in=["open", "with_body"]), name="one_gate_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "with_body"], decided_at__isnull=True)
                | Q(state__in=["passed", "not_yet"], decided_at__isnull=False),
                name="gate_decision_has_time",
            ),
        ]

    def said(self, code: str) -> dict[str, Any]:
        """What is answered to one question."""
        found: dict[str, Any] = self.answers.get(code, {})
        return found


class GateCondition(Owned):
    """A condition the project owner set at a gate: what, whose, by when. The next gate stops until it is met."""

    review = models.ForeignKey(GateReview, on_delete=models.CASCADE, related_name="conditions")
    text = models.CharField(max_length=500)
    responsible = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_date = models.DateField()
    met_at = models.DateTimeField(null=True, blank=True)
    met_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)  # how it was met

    class Meta:
        ordering = ["due_date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(met_at__isnull=True) | ~Q(note=""), name="gate_condition_met_with_a_note"
            )
        ]
