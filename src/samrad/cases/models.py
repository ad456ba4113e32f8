"""The case: where a decision is. Recommendation apart from decision; decisions per municipality from the start."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.core.workdays import add_workdays
from samrad.governance.models import Body, CostKey, Mandate
from samrad.initiatives.models import Initiative
from samrad.organisation.models import Entity, Person

DAYS_TO_TELL = 1
"""Working days within which the need owner has the decision with its reasons (S29)."""


class Case(Owned):
    """A case (sak) before a body. An initiative has one or more; a mandate or a round can be a case without any."""

    class Kind(models.TextChoices):
        SUBMISSION = "submission", _("New initiative")
        GATE = "gate", _("Decision gate")
        CHANGE = "change", _("Change")
        DEVIATION = "deviation", _("Deviation")
        ROUND = "round", _("Prioritisation round")
        ORIENTATION = "orientation", _("Orientation")

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.SUBMISSION)
    state = models.CharField(max_length=28, default="draft")
    initiative = models.ForeignKey(
        Initiative,
        on_delete=models.PROTECT,
        related_name="cases",
        null=True,
        blank=True,
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    routing_rule = models.CharField(max_length=60, blank=True)
    gates = models.CharField(max_length=20, default="BP1")
    opened_at = models.DateTimeField()
    state_since = models.DateTimeField()
    due_date = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    archive_ref = models.CharField(max_length=40, blank=True)
    case_officer = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["owner", "state"], name="case_state_owner"),
            models.Index(fields=["shared_with", "state"], name="case_state_share"),
        ]


class CaseInitiative(Owned):
    """Further initiatives that a case concerns (rankings, rounds, reports)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="further")
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "initiative"], name="case_initiative_once")]


class Task(Owned):
    """What waits for someone: a named person, or whoever holds a role. The open tasks say with whom a case lies."""

    kind = models.CharField(max_length=30)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, blank=True, related_name="tasks")
    initiative = models.ForeignKey(
        Initiative,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="tasks",
    )
    object_id = models.BigIntegerField(null=True, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=40, blank=True)
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit_id = models.BigIntegerField(null=True, blank=True)
    field_id = models.BigIntegerField(null=True, blank=True)
    due_date = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["due_date", "opened_at", "id"]
        indexes = [
            models.Index(
                fields=["person", "due_date"],
                name="task_open_person",
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(
                fields=["role", "entity", "due_date"],
                name="task_open_role",
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(
                fields=["case"],
                name="task_open_case",
                condition=Q(closed_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(role=""),
                name="task_waits_for_someone",
            )
        ]


class Recommendation(Owned):
    """What a body recommends the next one (innstilling): its words go on unaltered."""

    class Outcome(models.TextChoices):
        RECOMMENDED = "recommended", _("Recommended")
        WITH_CONDITIONS = "with_conditions", _("Recommended with conditions")
        DEVELOP_IDEA = "develop_idea", _("Develop the idea further")
        DESCRIBE_PROJECT = "describe_project", _("Describe as a project")
        MAP_BENEFITS = "map_benefits", _("Map the benefits")
        DEFER = "defer", _("Defer")
        ADVISE_AGAINST = "advise_against", _("Advised against")
        RETURN = "return", _("Return: not digitalisation")
        ORIENTATION = "orientation", _("Taken as information")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recommendations")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome)
    text = models.TextField()
    reason = models.TextField()
    made_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")


class Decision(Owned):
    """One municipality's decision in one case. The row's owner is that municipality."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("Approved")
        APPROVED_WITH_CONDITIONS = (
            "approved_with_conditions",
            _("Approved with conditions"),
        )
        REJECTED = "rejected", _("Rejected")
        DEFERRED = "deferred", _("Deferred")
        SENT_BACK = "sent_back", _("Sent back")

    class Level(models.TextChoices):
        CHIEF_EXECUTIVE = "chief_executive", _("Chief executive")
        POLITICAL = "political", _("Political level")
        SECRETARIAT = "secretariat", _("Secretariat")
        LINE = "line", _("Line")
        INTRODUCTION = "introduction", _("Taken in at introduction")

    class Organ(models.TextChoices):
        """Who in the municipality a chief executive lets decide."""

        MANAGEMENT_TEAM = "management_team", _("Management team")
        EXECUTIVE_COMMITTEE = "executive_committee", _("Executive committee")
        MUNICIPAL_COUNCIL = "municipal_council", _("Municipal council")

    POLITICAL: ClassVar[tuple[str, ...]] = ("executive_committee", "municipal_council")
    YES: ClassVar[tuple[str, ...]] = ("approved", "approved_with_conditions")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    municipality = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=16, choices=Level)
    # Asked again after a deferral or a return is a new round, with its own row: what was decided before stands.
    round = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(max_length=24, choices=Outcome, blank=True)
    text = models.TextField(blank=True)
    amount_kr = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    # The authority it was taken under, in words, and the version of the recommending body's mandate that day: kept
    # with the decision, for rules change (S4).
    authority = models.CharField(max_length=200, blank=True)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Empty while the chief executive decides. A political body decides in a case and on a day of its own.
    organ = models.CharField(max_length=20, choices=Organ, blank=True)
    sent_on_at = models.DateTimeField(null=True, blank=True)
    case_number = models.CharField(max_length=60, blank=True)
    decided_date = models.DateField(null=True, blank=True)
    # That a member of the council has told the municipality of it at home (D.5).
    informed_at = models.DateTimeField(null=True, blank=True)
    informed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "municipality", "level", "round"],
                name="one_decision_per_municipality",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True) | ~Q(outcome="") & Q(decided_at__isnull=False),
                name="decision_has_outcome_and_time",
            ),
            models.CheckConstraint(
                condition=~Q(organ__in=["executive_committee", "municipal_council"])
                | Q(outcome="")
                | ~Q(case_number="") & Q(decided_date__isnull=False) & ~Q(text=""),
                name="political_decision_is_whole",
            ),
        ]

    @property
    def is_political(self) -> bool:
        return self.organ in self.POLITICAL

    @property
    def is_late(self) -> bool:
        """Was it told later than a working day after it was decided (S29)? Only what is recorded afterwards can be."""
        if self.decided_date is None or self.decided_at is None:
            return False
        return localdate(self.decided_at) > add_workdays(self.decided_date, DAYS_TO_TELL)

    @property
    def participation(self) -> Promise:
        """Does the municipality take part? It follows from what it has decided."""
        if self.outcome in self.YES:
            return _("takes part")
        return _("does not take part") if self.outcome == self.Outcome.REJECTED else _("waits")


class Condition(Owned):
    """A condition attached to a decision: what, whose, by when."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="conditions")
    text = models.TextField()
    responsible = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_date = models.DateField(null=True, blank=True)
    met_at = models.DateTimeField(null=True, blank=True)
    met_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")


class CostPlan(Owned):
    """How those who take part share what a case costs, who is host, and when it may start (flow.md D.5)."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="cost_plan")
    key = models.CharField(max_length=12, choices=CostKey)
    equal_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    # Municipality -> how much it uses, in whatever is counted (users, calls). Only where costs are shared by use.
    use = models.JSONField(default=dict, blank=True)
    host = models.ForeignKey(Entity, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # It starts when so many municipalities, or so many kroner, have been approved; either is enough.
    start_count = models.PositiveSmallIntegerField(null=True, blank=True)
    start_kr = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)


class Assignment(Owned):
    """What leadership or politics ask of a need owner, with a deadline (oppdrag). It follows from a decision."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="assignments")
    text = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_date = models.DateField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="assignment_answer_has_time",
            )
        ]


class Turn(Owned):
    """That a case was stopped, paused, taken up again, merged or opened anew: why, and what came of it."""

    class Kind(models.TextChoices):
        STOPPED = "stopped", _("Stopped")
        PAUSED = "paused", _("Paused")
        RESUMED = "resumed", _("Taken up again")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        MERGED = "merged", _("Merged with another")
        REOPENED = "reopened", _("Opened anew")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="turns")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.TextField()
    # What it was merged with, or the new case that was opened.
    into = models.ForeignKey(Initiative, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    new_case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="turn_has_reason")]
