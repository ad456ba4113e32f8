"""What can be read through the windows of windows.py (rows of views, never written, never owned), and self-evaluations."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from samrad.core.models import Owned
from samrad.initiatives.models import Initiative
from samrad.organisation.models import Entity, Person


class SelfCheck(Owned):
    """How a municipality, the owner, judged itself in one year: a score from 1 to 5 for each statement (selfcheck.py)."""

    year = models.PositiveSmallIntegerField()
    scores = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["year"]
        constraints = [models.UniqueConstraint(fields=["owner", "year"], name="one_self_check_a_year")]


class Openness(models.Model):
    """What a house (a cooperation or a municipality) opens to the public today, by its council's mandate."""

    house = models.OneToOneField(Entity, on_delete=models.DO_NOTHING, primary_key=True, related_name="+")
    since = models.DateField()
    submitted = ArrayField(models.CharField(max_length=12))
    decided = ArrayField(models.CharField(max_length=12))

    class Meta:
        managed = False
        db_table = "overview_openness"


class Outlined(models.Model):
    """What both windows show; None where it is not open or is exempt, and `exempt` says by which law."""

    id = models.BigIntegerField(primary_key=True)
    title = models.CharField(max_length=200)
    title_sort = models.CharField(max_length=240)
    field_name = models.CharField(max_length=80, null=True)
    stage = models.PositiveSmallIntegerField(choices=Initiative.Stage)
    state = models.CharField(max_length=28, null=True)
    since = models.DateTimeField()
    exempt = models.JSONField(null=True)
    benefits = models.JSONField(null=True)
    benefit_kr = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    benefit_hours = models.BigIntegerField(null=True)
    one_off_kr = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    annual_kr = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    internal_hours = models.PositiveIntegerField(null=True)

    class Meta:
        abstract = True


class OpenInitiative(Outlined):
    """An initiative as the public may read it."""

    house = models.ForeignKey(Entity, on_delete=models.DO_NOTHING, related_name="+")
    owner = models.ForeignKey(Entity, on_delete=models.DO_NOTHING, related_name="+")
    participant_ids = ArrayField(models.BigIntegerField())
    reference = models.CharField(max_length=20)
    parts = ArrayField(models.CharField(max_length=12))
    need = models.JSONField(null=True)
    drawbacks = models.TextField(null=True)
    recommendations = models.JSONField(null=True)
    decisions = models.JSONField(null=True)
    progress = models.JSONField(null=True)
    built_on = models.BigIntegerField(null=True)  # what its texts were copied from; read through this window too

    class Meta:
        managed = False
        db_table = "overview_openinitiative"


class ReusableInitiative(Outlined):
    """An initiative of another house that is marked as something others can reuse."""

    house_name = models.CharField(max_length=120)
    phase = models.CharField(max_length=10, choices=Initiative.Phase)
    result = models.TextField()

    class Meta:
        managed = False
        db_table = "overview_reusableinitiative"
