"""What can be read through the windows of windows.py (rows of views, never written, never owned), and self-evaluations."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from samrad.core.models import Owned
from samrad.council.models import Meeting, Publication
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


class OpenBody(models.Model):
    """A body whose meetings anyone may attend."""

    house = models.ForeignKey(Entity, on_delete=models.DO_NOTHING, related_name="+")
    name = models.CharField(max_length=120)

    class Meta:
        managed = False
        db_table = "overview_openbody"


class OpenMeeting(models.Model):
    """A meeting of such a body."""

    house = models.ForeignKey(Entity, on_delete=models.DO_NOTHING, related_name="+")
    body_id = models.BigIntegerField()
    body_name = models.CharField(max_length=120)
    number = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=120)
    state = models.CharField(max_length=12, choices=Meeting.State)
    calendar_uid = models.CharField(max_length=80)
    calendar_sequence = models.PositiveIntegerField()

    class Meta:
        managed = False
        db_table = "overview_openmeeting"


class Published(models.Model):
    """A published document, as whoever it is published to finds it."""

    house = models.ForeignKey(Entity, on_delete=models.DO_NOTHING, related_name="+")
    meeting_id = models.BigIntegerField()
    kind = models.CharField(max_length=8, choices=Publication.Kind)
    audience = models.CharField(max_length=9, choices=Publication.Audience)
    title = models.CharField(max_length=260)
    facts = models.JSONField()
    language = models.CharField(max_length=2)
    published_at = models.DateTimeField()
    body_name = models.CharField(max_length=120)
    number = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    item_number = models.PositiveSmallIntegerField(null=True)
    initiative_id = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "overview_published"


class PublishedPart(models.Model):
    """A part of a published document; `blocks` is None where it is held back, and `basis` says by which law."""

    publication = models.ForeignKey(Published, on_delete=models.DO_NOTHING, related_name="parts")
    order = models.PositiveSmallIntegerField()
    item_id = models.BigIntegerField(null=True)
    label = models.CharField(max_length=40)
    heading = models.CharField(max_length=260)
    level = models.PositiveSmallIntegerField()
    closed = models.BooleanField()
    basis = models.TextField(null=True)
    blocks = models.JSONField(null=True)
    words = models.TextField(null=True)  # what is read in the blocks, to be searched

    class Meta:
        managed = False
        db_table = "overview_publishedpart"
