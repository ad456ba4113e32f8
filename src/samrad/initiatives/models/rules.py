"""What the form asks and reckons with, as versioned data: steps and fields by size, rates, screening, the service desk."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned


def _dates_in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name=name)


class FormScope(Owned):
    """What the form asks of one size class: its steps, the fields left out, and how many municipalities make it this large."""

    size = models.CharField(max_length=8)
    steps = ArrayField(models.PositiveSmallIntegerField())
    left_out = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    from_municipalities = models.PositiveSmallIntegerField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "size", "valid_from"], name="form_scope_version"),
            _dates_in_order("form_scope_dates_in_order"),
        ]


class CalculationRates(Owned):
    """What cost and benefit are reckoned with (forms.md G.2)."""

    hourly_kr = models.DecimalField(max_digits=8, decimal_places=2)
    discount_percent = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    horizon_years = models.PositiveSmallIntegerField(default=5, validators=[MaxValueValidator(20)])
    sensitivity_percent = models.PositiveSmallIntegerField(default=20, validators=[MaxValueValidator(100)])
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "valid_from"], name="calculation_rates_version"),
            _dates_in_order("calculation_rates_dates_in_order"),
        ]


class ScreeningQuestion(Owned):
    """A yes-or-no question of the check: who is called when the answer is yes, why, and by which law."""

    code = models.SlugField(max_length=30)
    order = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("question"), max_length=200)
    help = models.CharField(max_length=300, blank=True)
    reviewer = models.CharField(max_length=100)
    reason = models.CharField(max_length=300)
    law = models.CharField(max_length=200, blank=True)
    # Where the cost reaches this, the answer is probably yes: the form says so.
    threshold_kr = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    high_risk = models.BooleanField(default=False)  # yes makes the need a large one
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "code", "valid_from"], name="screening_question_version"),
            _dates_in_order("screening_question_dates_in_order"),
        ]


class ServiceDesk(Owned):
    """Where a municipality takes what is operation: faults and orders."""

    name = models.CharField(max_length=100)
    url = models.URLField(blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "valid_from"], name="service_desk_version"),
            _dates_in_order("service_desk_dates_in_order"),
        ]
