"""The system register: each system, the terms of its contract apart, and every version of both."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.governance.models import Field
from samrad.organisation.models import Person

FITS_FROM = 3  # of 4: from here on it fits


class System(Owned):
    """A system that is planned, used or was used (forms.md G.8). What is agreed with the vendor stands in Terms."""

    class Lifecycle(models.TextChoices):
        PLANNED = "planned", _("Planned")
        IN_USE = "in_use", _("In use")
        PHASING_OUT = "phasing_out", _("Being phased out")
        RETIRED = "retired", _("Out of use")

    class Criticality(models.IntegerChoices):
        LOW = 1, _("1 – we manage for a week without it")
        MEDIUM = 2, _("2 – we manage for a day")
        HIGH = 3, _("3 – we manage for an hour")
        LIFE = 4, _("4 – life and health depend on it")

    class TechnicalFit(models.IntegerChoices):
        POOR = 1, _("1 – old or unsafe, cannot be built on")
        WEAK = 2, _("2 – works, but is costly to change")
        GOOD = 3, _("3 – sound, with some gaps")
        FULL = 4, _("4 – modern, safe and open")

    class FunctionalFit(models.IntegerChoices):
        POOR = 1, _("1 – of little help in the work")
        WEAK = 2, _("2 – helps, but much is done beside it")
        GOOD = 3, _("3 – helps well, with some gaps")
        FULL = 4, _("4 – just what the work needs")

    class Quadrant(models.TextChoices):
        """What the two measures of fit say together: tolerate, invest, migrate or eliminate (TIME)."""

        INVEST = "invest", _("Invest")
        MIGRATE = "migrate", _("Move to another")
        TOLERATE = "tolerate", _("Tolerate")
        ELIMINATE = "eliminate", _("Phase out")

    class Hosting(models.TextChoices):
        SAAS = "saas", _("Cloud service from the vendor")
        LOCAL = "local", _("Our own server")
        REGION = "region", _("Shared in the region")

    class Processor(models.TextChoices):
        NONE = "no", _("No")
        MISSING = "missing", _("Yes, but the agreement is missing")
        AGREED = "agreed", _("Yes, with an agreement")

    class Personal(models.TextChoices):
        NONE = "none", _("None")
        ORDINARY = "ordinary", _("Ordinary personal data")
        SPECIAL = "special", _("Special categories, such as health")

    class SignIn(models.TextChoices):
        PASSWORD = "password", _("User name and password")
        SSO = "sso", _("Single sign-on")
        MFA = "mfa", _("Two factors")
        BOTH = "sso_mfa", _("Single sign-on with two factors")

    class Archive(models.TextChoices):
        NO = "no", _("Nothing worth keeping")
        KEEP = "keep", _("Must be preserved")
        DISCARD = "discard", _("Can be discarded after a time")

    class Accessibility(models.TextChoices):
        """How far it meets the rules on universal design."""

        MEETS = "meets", _("Meets the requirements")
        PARTLY = "partly", _("Meets them in part")
        FAILS = "fails", _("Does not meet them")
        EXEMPT = "exempt", _("The requirements do not apply")

    class YesNo(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")

    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    field = models.ForeignKey(Field, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kostra_function = models.CharField(max_length=4, blank=True)
    service = models.CharField(max_length=200, blank=True)
    system_owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    administrator = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    super_users = models.CharField(max_length=300, blank=True)
    users = models.PositiveIntegerField(null=True, blank=True)
    vendor = models.CharField(max_length=200, blank=True)
    vendor_number = models.CharField(max_length=20, blank=True)
    processor = models.CharField(max_length=8, choices=Processor, blank=True)
    processor_date = models.DateField(null=True, blank=True)
    hosting = models.CharField(max_length=8, choices=Hosting, blank=True)
    personal_data = models.CharField(max_length=8, choices=Personal, blank=True)
    processing_record = models.CharField(max_length=100, blank=True)
    dpia_date = models.DateField(null=True, blank=True)
    dpia_next_date = models.DateField(null=True, blank=True)
    risk_date = models.DateField(null=True, blank=True)
    risk_next_date = models.DateField(null=True, blank=True)
    sign_in = models.CharField(max_length=8, choices=SignIn, blank=True)
    criticality = models.PositiveSmallIntegerField(choices=Criticality, null=True, blank=True)
    technical_fit = models.PositiveSmallIntegerField(choices=TechnicalFit, null=True, blank=True)
    functional_fit = models.PositiveSmallIntegerField(choices=FunctionalFit, null=True, blank=True)
    rto_hours = models.PositiveIntegerField(null=True, blank=True)
    rpo_hours = models.PositiveIntegerField(null=True, blank=True)
    integrations = models.TextField(blank=True)
    archive = models.CharField(max_length=8, choices=Archive, blank=True)
    archive_integrated = models.CharField(max_length=3, choices=YesNo, blank=True)
    archive_period = models.CharField(max_length=100, blank=True)
    ai = models.CharField(max_length=3, choices=YesNo, blank=True)
    ai_text = models.CharField(max_length=300, blank=True)
    accessibility_status = models.CharField(max_length=8, choices=Accessibility, blank=True)
    accessibility = models.CharField(max_length=300, blank=True)
    national = models.CharField(max_length=3, choices=YesNo, blank=True)
    lifecycle = models.CharField(max_length=12, choices=Lifecycle, default=Lifecycle.IN_USE)
    lifecycle_date = models.DateField(null=True, blank=True)
    source_id = models.CharField(max_length=100, blank=True)
    # What an import could not read, by field: {"text": as it stood, "reason": code}. Gone when someone fills it in.
    unknown = models.JSONField(default=dict, blank=True)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = [Lower("name"), "id"]
        constraints = [
            models.UniqueConstraint("owner", Lower("name"), name="system_name_per_owner"),
            models.UniqueConstraint(
                fields=["owner", "source_id"], condition=~Q(source_id=""), name="system_source_per_owner"
            ),
            models.CheckConstraint(
                condition=(Q(technical_fit__isnull=True) | Q(technical_fit__range=(1, 4)))
                & (Q(functional_fit__isnull=True) | Q(functional_fit__range=(1, 4))),
                name="system_fit_on_the_scale",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def in_use(self) -> bool:
        """Is it still part of what one has, or will have?"""
        return self.lifecycle != System.Lifecycle.RETIRED

    @property
    def quadrant(self) -> Quadrant | None:
        """What its fit says should be done with it; nothing where it is not measured."""
        if self.technical_fit is None or self.functional_fit is None:
            return None
        return QUADRANTS[self.technical_fit >= FITS_FROM, self.functional_fit >= FITS_FROM]


# By whether it is sound technically, and whether it helps in the work.
QUADRANTS = {
    (True, True): System.Quadrant.INVEST,
    (False, True): System.Quadrant.MIGRATE,
    (True, False): System.Quadrant.TOLERATE,
    (False, False): System.Quadrant.ELIMINATE,
}


class Terms(Owned):
    """Contract and prices. Owned by the system's owner and shared with nobody, unless the owner says so."""

    system = models.OneToOneField(System, on_delete=models.CASCADE, related_name="terms")
    start_date = models.DateField(null=True, blank=True)
    end_date = models.DateField(null=True, blank=True)
    notice_months = models.PositiveSmallIntegerField(null=True, blank=True)
    options = models.CharField(max_length=300, blank=True)
    procurement = models.CharField(max_length=100, blank=True)
    one_off_kr = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    annual_kr = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    price_unit = models.CharField(max_length=100, blank=True)
    unknown = models.JSONField(default=dict, blank=True)
    # The last threshold, in months before the end, that owner and administrator were told of.
    warned_months = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "end_date"], name="terms_ending")]
        constraints = [
            models.CheckConstraint(
                condition=Q(start_date__isnull=True)
                | Q(end_date__isnull=True)
                | Q(end_date__gte=models.F("start_date")),
                name="contract_in_order",
            )
        ]


class SystemVersion(Owned):
    """A system, or its terms, as they stood, with what was changed, when and by whom. Never changed afterwards."""

    class Part(models.TextChoices):
        SYSTEM = "system", _("System")
        TERMS = "terms", _("Contract")

    system = models.ForeignKey(System, on_delete=models.PROTECT, related_name="versions")
    part = models.CharField(max_length=6, choices=Part)
    number = models.PositiveIntegerField()
    content = models.JSONField()
    changed = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["system", "part", "number"], name="system_version_once")]


class RegisterImport(Owned):
    """A spreadsheet on its way into the register, and afterwards what came of it. Then the file itself is gone."""

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True, blank=True)
    columns = models.JSONField(default=dict, blank=True)
    shared = models.BooleanField(default=False)
    counts = models.JSONField(default=dict, blank=True)
    refused = models.JSONField(default=list)
    unknown = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    uploaded_at = models.DateTimeField()
    imported_at = models.DateTimeField(null=True, blank=True)
    imported_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
