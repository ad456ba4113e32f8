"""Scoring a case, and the order the body sets against the one that is counted."""

from django.db import models
from django.db.models import Q

from samrad.cases.models import Case
from samrad.core.models import Owned
from samrad.organisation.models import Person


class Scoring(Owned):
    """One scoring of a case. It keeps the criteria it was begun with: new weights never change an old score.

    The flags stand outside the score. `closed_at` is when everyone had scored, and each could see the others' scores.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="scorings")
    number = models.PositiveSmallIntegerField(default=1)
    criteria = models.JSONField(default=list)
    criteria_version = models.PositiveSmallIntegerField()
    must_do = models.BooleanField(default=False)
    security = models.BooleanField(default=False)
    urgent = models.BooleanField(default=False)
    contract_end = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="scoring_number_once"),
            models.UniqueConstraint(fields=["case"], condition=Q(closed_at__isnull=True), name="one_open_scoring"),
        ]

    @property
    def flags(self) -> dict[str, bool | str | None]:
        """What stands outside the score, as plain data."""
        ends = self.contract_end.isoformat() if self.contract_end else None
        return {"must_do": self.must_do, "security": self.security, "urgent": self.urgent, "contract_end": ends}


class ScoreCard(Owned):
    """What one assessor gives: {code: {"score": 1–5, "reason": …}}. One who withdraws counts no more, and says why."""

    scoring = models.ForeignKey(Scoring, on_delete=models.CASCADE, related_name="cards")
    assessor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    scores = models.JSONField(default=dict)
    scored_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["assessor__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scoring", "assessor"], name="one_card_per_assessor"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""), name="withdrawn_assessor_says_why"
            ),
        ]


class Placing(Owned):
    """Where the body has put a case in the order, against what was counted, and why. An ended one stays as history."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="placings")
    place = models.PositiveSmallIntegerField()
    reason = models.TextField()
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["placed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at__isnull=True), name="one_place_at_a_time"),
            models.CheckConstraint(condition=~Q(reason="") & Q(place__gte=1), name="placing_says_where_and_why"),
        ]


class FlagChange(Owned):
    """That what stands outside a score was changed after the scoring had begun: from what, to what, and why.

    `before` and `after`: {"must_do": …, "security": …, "urgent": …, "contract_end": «2027-05-01» or None}.
    """

    scoring = models.ForeignKey(Scoring, on_delete=models.PROTECT, related_name="flag_changes")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["changed_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="flag_change_says_why")]
