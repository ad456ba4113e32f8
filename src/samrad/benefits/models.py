"""The plan for an initiative's benefits: a line for each benefit there is, and every version that was approved."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.initiatives.models import Benefit, Initiative
from samrad.organisation.models import Person


class BenefitPlan(Owned):
    """The benefits realisation plan of an initiative: a draft, until it stands as it was approved."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        APPROVED = "approved", _("Plan approved")

    initiative = models.OneToOneField(Initiative, on_delete=models.CASCADE, related_name="benefit_plan")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()


class PlannedBenefit(Owned):
    """How one benefit is to be realised. The benefit itself stays the row it is (initiatives.Benefit)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PLANNED = "planned", _("Planned")

    plan = models.ForeignKey(BenefitPlan, on_delete=models.CASCADE, related_name="lines")
    benefit = models.OneToOneField(Benefit, on_delete=models.CASCADE, related_name="planned")
    state = models.CharField(max_length=7, choices=State, default=State.DRAFT)
    benefit_owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    indicator = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    # Where it stands before anything is changed: the figure, if it is known yet, and how and when it is measured.
    baseline_value = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    baseline_how = models.TextField(blank=True)
    baseline_date = models.DateField(null=True, blank=True)
    target_value = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    target_date = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["benefit__order", "benefit_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(
                    ~Q(indicator=""),
                    ~Q(unit=""),
                    ~Q(baseline_how=""),
                    benefit_owner__isnull=False,
                    baseline_date__isnull=False,
                    target_value__isnull=False,
                    target_date__isnull=False,
                ),
                name="planned_benefit_is_whole",
            ),
        ]


class PlanConsent(Owned):
    """That one who owns benefits approved the version of the plan that was to come; a change of the plan takes it away."""

    plan = models.ForeignKey(BenefitPlan, on_delete=models.CASCADE, related_name="consents")
    number = models.PositiveSmallIntegerField()  # of the approval it is a part of
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "number", "person"], name="plan_consent_once")]


class PlanApproval(Owned):
    """A plan as it was when it was approved. A new one for each approval, none is changed."""

    plan = models.ForeignKey(BenefitPlan, on_delete=models.CASCADE, related_name="approvals")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()  # a row for each benefit: its id, its title, and the line as it was planned
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")  # the last who was needed
    approved_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_approval_number_once")]
