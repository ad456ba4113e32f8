"""Projects of a portfolio, their status, imports from elsewhere and frozen reports."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.documents.models import File
from samrad.governance.models import Body, CycleDate
from samrad.initiatives.models import Initiative
from samrad.organisation.models import Person


class Portfolio(Owned):
    """A portfolio with its vision and the one who manages it."""

    name = models.CharField(max_length=120)
    vision = models.CharField(max_length=200)
    manager = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Who answers for it, and who appointed its manager, where and when (S57, S68).
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    appointed_by = models.CharField(max_length=200, blank=True)
    appointed_date = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="portfolio_name_per_owner")]

    def __str__(self) -> str:
        return self.name


class PortfolioDate(Owned):
    """That a date of the annual cycle is about a portfolio: a report, a review of status, the budget."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="dates")
    cycle_date = models.ForeignKey(CycleDate, on_delete=models.CASCADE, related_name="+")
    tied_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    tied_at = models.DateTimeField()

    class Meta:
        ordering = ["cycle_date__starts_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["portfolio", "cycle_date"], name="portfolio_date_once")]


class Programme(Owned):
    """Several projects that are steered together, because they give their benefits together."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="programmes")
    name = models.CharField(max_length=120)
    purpose = models.CharField(max_length=500, blank=True)
    manager = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["portfolio", "name"], name="programme_name_once")]

    def __str__(self) -> str:
        return self.name


class LineActivity(Owned):
    """Development the line does itself, beside the projects (S51)."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="activities")
    title = models.CharField(max_length=200)
    responsible = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    start_date = models.DateField()
    end_date = models.DateField()
    hours = models.PositiveIntegerField(null=True, blank=True)
    kroner = models.DecimalField(max_digits=14, decimal_places=0, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["start_date", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(end_date__gte=F("start_date")), name="activity_dates_in_order")
        ]


class Project(Owned):
    """A project, always 1:1 with an initiative (flow.md D.9)."""

    initiative = models.OneToOneField(Initiative, on_delete=models.PROTECT, related_name="project")
    portfolio = models.ForeignKey(Portfolio, on_delete=models.PROTECT, related_name="projects")
    programme = models.ForeignKey(Programme, on_delete=models.SET_NULL, null=True, blank=True, related_name="projects")
    project_owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    project_manager = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    benefit_responsible = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Names as the source wrote them, where the person is not in the register.
    owner_name = models.CharField(max_length=200, blank=True)
    department = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=200, blank=True)
    start_date = models.DateField(null=True, blank=True)
    end_date = models.DateField(null=True, blank=True)
    source_id = models.CharField(max_length=100, blank=True)
    source_rating = models.CharField(max_length=10, blank=True)
    # What the source said when it last came in; the same again changes nothing here.
    source_fingerprint = models.CharField(max_length=64, blank=True)
    texts = models.JSONField(default=dict, blank=True)
    # When the forecast in the money lines last became another; a status report said later than this counts instead.
    forecast_at = models.DateTimeField(null=True, blank=True)
    entered_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["portfolio", "source_id"],
                condition=~Q(source_id=""),
                name="source_id_per_portfolio",
            )
        ]
        indexes = [models.Index(fields=["portfolio", "id"], name="project_by_portfolio")]


class ProjectAmount(Owned):
    """An amount of a project as its source states it: currency, unit and price base are kept, never summed across."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="amounts")
    kind = models.CharField(max_length=20)
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    low = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    high = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    currency = models.CharField(max_length=3, default="NOK")
    unit = models.PositiveIntegerField(default=1)
    price_base = models.CharField(max_length=60, blank=True)
    unknown_reason = models.CharField(max_length=60, blank=True)
    source_text = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "kind"], name="amount_kind_once")]


class UnknownCell(Owned):
    """A cell of an import that could not be read: the value is unknown, the reason is kept."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="unknown_cells")
    column = models.CharField(max_length=200)
    target = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    reason = models.CharField(max_length=60)

    @property
    def reason_words(self) -> str:
        """The reason, for people."""
        from samrad.portfolio.words import reason_words

        return reason_words(self.reason)


class ImportMapping(Owned):
    """A named way to read a spreadsheet: which column is what, in which currency, unit and price base."""

    name = models.CharField(max_length=80)
    rules = models.JSONField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="mapping_name_per_owner")]


MOST_ATTEMPTS = 3  # so many times the worker tries an import before it is given up


class ImportBatch(Owned):
    """One import: what came in, what was refused and why.

    From the upload until it is brought in, it holds the file and the mapping being corrected; then the file goes. A large
    one is asked for and brought in by the worker: the row is the truth, `done` of `total` rows are in. A try is counted
    before it begins, so one that kills the worker counts too; then it is given up, and why is kept.
    """

    class GivenUp(models.TextChoices):
        KILLED = (
            "killed",
            _("The server had to end the work each time. Most likely the file needs more memory than there is."),
        )
        ERROR = "error", _("The work met an error each time.")

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="imports")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    mapping_name = models.CharField(max_length=80, blank=True)
    mapping = models.JSONField(default=dict, blank=True)
    content = models.BinaryField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    counts = models.JSONField(default=dict, blank=True)
    refused = models.JSONField(default=list)
    unknown = models.JSONField(default=list)
    # The earlier import of the same source that this one is held against, and the titles of rows without an id.
    compared_with = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    unidentified = models.JSONField(default=list, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    whole = models.BooleanField(default=False)  # all or nothing: no part of it comes in before the rest
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    given_up = models.CharField(max_length=6, choices=GivenUp, blank=True)
    imported_at = models.DateTimeField(null=True, blank=True)
    imported_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    @property
    def waits(self) -> bool:
        """Is it asked for, and the worker not done with it?"""
        return self.asked_at is not None and self.imported_at is None and not self.given_up

    @property
    def failed(self) -> bool:
        """Has the worker given it up?"""
        return self.asked_at is not None and self.imported_at is None and bool(self.given_up)


class ImportedRow(Owned):
    """What an import said of a project, in figures, dates and codes: kept so that next year's file can be held against it."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    said = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "project"], name="imported_row_once")]


class ReportSeries(Owned):
    """One more series of status reports beside the quarterly one: for whom, how often, and how soon after."""

    class Rhythm(models.TextChoices):
        MONTH = "month", _("Every month")
        QUARTER = "quarter", _("Every quarter")
        TERTIAL = "tertial", _("Every tertial")

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="series")
    name = models.CharField(max_length=80)
    rhythm = models.CharField(max_length=8, choices=Rhythm)
    due_days = models.PositiveSmallIntegerField(default=10)
    active = models.BooleanField(default=True)
    # Nobody is asked for what ended before the series was set up.
    since = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["portfolio", "name"], name="series_name_once")]

    def __str__(self) -> str:
        return self.name


class StatusReport(Owned):
    """What the project manager reports for a period: a quarter, or what its series says."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    class Light(models.TextChoices):
        GREEN = "green", _("On course")
        AMBER = "amber", _("Needs attention")
        RED = "red", _("Off course")

    class Degree(models.IntegerChoices):
        """How far something holds, as Digdir asks."""

        NOT_AT_ALL = 1, _("Not at all")
        LITTLE = 2, _("To a small degree")
        SOME = 3, _("To some degree")
        GREAT = 4, _("To a great degree")
        VERY_GREAT = 5, _("To a very great degree")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="reports")
    period_start = models.DateField()
    period_end = models.DateField()
    series = models.ForeignKey(ReportSeries, on_delete=models.PROTECT, null=True, blank=True, related_name="reports")
    state = models.CharField(max_length=9, choices=State, default=State.PUBLISHED)
    progress = models.CharField(max_length=6, choices=Light)
    economy = models.CharField(max_length=6, choices=Light)
    risk = models.CharField(max_length=6, choices=Light)
    resources = models.CharField(max_length=6, choices=Light)
    benefit = models.CharField(max_length=6, choices=Light)
    change = models.CharField(max_length=6, choices=Light, blank=True)
    progress_text = models.TextField(blank=True)
    economy_text = models.TextField(blank=True)
    risk_text = models.TextField(blank=True)
    resources_text = models.TextField(blank=True)
    benefit_text = models.TextField(blank=True)
    change_text = models.TextField(blank=True)
    # What hinders and what drives it, on Digdir's scale of 1 to 5, with words; asked for nowhere but where one wants to say.
    hindered = models.PositiveSmallIntegerField(choices=Degree, null=True, blank=True)
    hindered_text = models.TextField(blank=True)
    driven = models.PositiveSmallIntegerField(choices=Degree, null=True, blank=True)
    driven_text = models.TextField(blank=True)
    # What was reckoned when it was published: {light: [colour, code of the reason, number]}.
    computed = models.JSONField(default=dict, blank=True)
    spent_kr = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    forecast_kr = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    forecast_end_date = models.DateField(null=True, blank=True)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-period_start", "-reported_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "period_start"], condition=Q(series__isnull=True), name="one_report_per_period"
            ),
            models.UniqueConstraint(
                fields=["project", "series", "period_start"],
                condition=Q(series__isnull=False),
                name="one_report_per_series",
            ),
            models.CheckConstraint(condition=Q(period_end__gte=F("period_start")), name="period_in_order"),
            models.CheckConstraint(
                condition=Q(hindered__isnull=True) | Q(hindered__range=(1, 5)), name="hindered_on_the_scale"
            ),
            models.CheckConstraint(
                condition=Q(driven__isnull=True) | Q(driven__range=(1, 5)), name="driven_on_the_scale"
            ),
        ]


class ReportSnapshot(Owned):
    """A portfolio report, frozen: the same snapshot gives the same report next year."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.PROTECT, related_name="snapshots")
    period_start = models.DateField()
    period_end = models.DateField(null=True, blank=True)
    # What it is about: «portfolio», «house», or a municipality or sector with its key, like «municipality:12».
    scope = models.CharField(max_length=220, default="portfolio")
    # Which shape `data` has (reporting.py): an old one is read as it was written, and lifted to the newest.
    shape = models.PositiveSmallIntegerField(default=1)
    # What it is compared with, settled when it was taken: the same report next year says the same.
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    data = models.JSONField()
    public_data = models.JSONField()
    sha256 = models.CharField(max_length=64)
    file = models.ForeignKey(File, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
