"""Fields, bodies, their mandates by version, who sits in them, and their planned meetings."""

import re
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.organisation.models import Entity, Person


class Field(Owned):
    """A professional field (fagområde), with the KOSTRA functions that belong to it."""

    code = models.SlugField(max_length=30)
    name = models.CharField(max_length=80)
    kostra_functions = ArrayField(models.CharField(max_length=4), default=list, blank=True)
    uses_expert_group = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "code"], name="field_code_per_owner")]

    def __str__(self) -> str:
        return self.name


class Body(Owned):
    """A body that treats cases: the council, the secretariat, a chief executive's leadership."""

    class Kind(models.TextChoices):
        COUNCIL = "council", _("Digitalisation council")
        SECRETARIAT = "secretariat", _("Secretariat")
        CHIEF_EXECUTIVE = "chief_executive", _("Chief executive")
        POLITICAL = "political", _("Political body")
        EXPERT_GROUP = "expert_group", _("Expert group")

    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=12, blank=True)
    # An expert group has one.
    field = models.ForeignKey(Field, on_delete=models.PROTECT, null=True, blank=True, related_name="bodies")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="body_name_per_owner")]

    def __str__(self) -> str:
        return self.name


class OpenPart(models.TextChoices):
    """What a mandate can open to the public of an initiative. Exempt fields and people's names are never among them."""

    TITLE = "title", _("title, professional field and state")
    NEED = "need", _("the need")
    BENEFITS = "benefits", _("benefits")
    COSTS = "costs", _("costs")
    TREATMENT = "treatment", _("recommendation and decisions")
    PROGRESS = "progress", _("the project's dates and status lights")


class Authority(models.TextChoices):
    """What a body's word is worth."""

    ADVICE = "advice", _("Gives advice")
    RECOMMENDATION = "recommendation", _("Recommends, and others decide")
    DECISION = "decision", _("Decides within limits")


class DecidesBy(models.TextChoices):
    """How a body comes to an answer."""

    CONSENSUS = "consensus", _("Agreement, and a vote where there is none")
    MAJORITY = "majority", _("Vote, by majority")


class MeetingForm(models.TextChoices):
    """Where a body meets."""

    ROOM = "room", _("In a room")
    REMOTE = "remote", _("Remote")
    BOTH = "both", _("In a room or remote")


class CostKey(models.TextChoices):
    """How the municipalities share a common cost."""

    EQUAL = "equal", _("Equal shares")
    INHABITANTS = "inhabitants", _("By inhabitants")
    MIXED = "mixed", _("Part equal, the rest by inhabitants")
    USE = "use", _("By use")


TASK_WITH_HOURS = re.compile(r"(.+?):\s*(\d[\d\s]*)(?:t|h|timer|timar)?\.?\s*$")
HOURS_A_YEAR = 1695
"""The hours of a full position a year (37.5 hours a week, without holidays)."""


class Mandate(Owned):
    """A version of a body's mandate. A new version never changes what was decided under an old one.

    One that waits for a second person, or is withdrawn, ends the day before it begins: whoever reads the dates finds
    it in force on no day.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waits for one more")
        ADOPTED = "adopted", _("Adopted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="mandates")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.ADOPTED)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    # The last day that the version itself says. `valid_to` is earlier where the next version has taken over.
    own_last_day = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    seconded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)
    adopted_by = models.CharField(max_length=120, blank=True)
    adopted_date = models.DateField(null=True, blank=True)
    source = models.URLField(blank=True)
    purpose = models.TextField(blank=True)
    quorum_share_percent = models.PositiveSmallIntegerField(default=50)
    notice_days = models.PositiveSmallIntegerField(default=7)
    meetings_per_year = models.PositiveSmallIntegerField(default=6)
    open_to_public = models.BooleanField(default=False)
    # Working days to answer what one is asked while a need is anchored; and whether silence is ever taken for a yes:
    # so many working days after the deadline, never where it is empty.
    answer_days = models.PositiveSmallIntegerField(default=10)
    silence_is_consent_after_days = models.PositiveSmallIntegerField(null=True, blank=True)
    # What the public sees of initiatives (flow.md D.6), while they are prepared and once they are
    # recommended or decided. Nothing is open unless the mandate says so.
    open_submitted = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    open_decided = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    elected_regime = models.BooleanField(default=False)
    # The secretariat's own authority: which classifications, kroner a case and kroner a year (None: no authority).
    may_decide_types = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    amount_per_case = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    amount_per_year = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    # Above these the case needs budget whatever its funding (kroner, hours).
    budget_hours_limit = models.PositiveIntegerField(default=80)
    # Where it is in force: routing reads the numbers, MandateAdoption says by which organ, in which case and when.
    adopted_in_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    tasks = models.TextField(blank=True)
    authority = models.CharField(max_length=14, choices=Authority, default=Authority.RECOMMENDATION)
    always_council = models.TextField(blank=True)
    always_chief_executive = models.TextField(blank=True)
    always_political = models.TextField(blank=True)
    # [field, municipality or None]: the seats wanted. Empty: one for each field, from anywhere.
    seats_wanted = models.JSONField(default=list, blank=True)
    competence = models.TextField(blank=True)
    appointed_how = models.TextField(blank=True)
    term_years = models.PositiveSmallIntegerField(null=True, blank=True)
    submission_days = models.PositiveSmallIntegerField(default=21)
    urgent_days = models.PositiveSmallIntegerField(default=10)
    meeting_form = models.CharField(max_length=10, choices=MeetingForm, default=MeetingForm.BOTH)
    decides_by = models.CharField(max_length=10, choices=DecidesBy, default=DecidesBy.CONSENSUS)
    casting_vote = models.BooleanField(default=True)
    impartiality = models.TextField(blank=True)
    four_eyes = models.BooleanField(default=True)
    secretariat_roles = models.TextField(blank=True)
    task_hours = models.PositiveIntegerField(null=True, blank=True)
    resource_percent = models.PositiveIntegerField(null=True, blank=True)
    budget_kr = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    cost_key = models.CharField(max_length=12, choices=CostKey, default=CostKey.EQUAL)
    cost_key_equal_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    reporting = models.TextField(blank=True)
    revise_by = models.DateField(null=True, blank=True)

    @property
    def last_day(self) -> date | None:
        """The last day it holds; of one that holds on no day, the last day it says itself."""
        return self.valid_to if self.state == self.State.ADOPTED else self.own_last_day

    @property
    def resource_hours(self) -> int | None:
        """The hours a year that the resources give."""
        return None if self.resource_percent is None else self.resource_percent * HOURS_A_YEAR // 100

    @property
    def gap_hours(self) -> int:
        """How many hours the tasks take beyond what the resources give; 0 where they are enough or not counted."""
        if self.needed_hours is None or self.resource_hours is None:
            return 0
        return max(self.needed_hours - self.resource_hours, 0)

    @property
    def task_lines(self) -> list[tuple[str, int | None]]:
        """Each task with the hours a year it takes, where its line ends with them: «Skrive saksframlegg: 1 200»."""
        found: list[tuple[str, int | None]] = []
        for line in self.tasks.splitlines():
            if counted := TASK_WITH_HOURS.match(line):
                found.append((counted[1].strip(), int("".join(counted[2].split()))))
            elif line.strip():
                found.append((line.strip(), None))
        return found

    @property
    def needed_hours(self) -> int | None:
        """The hours a year that the tasks take: added up where their lines say it, else as given for all of them."""
        counted = [hours for _task, hours in self.task_lines if hours is not None]
        return sum(counted) if counted else self.task_hours

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "version"], name="mandate_version_once"),
            models.CheckConstraint(
                condition=Q(state="adopted", valid_to__isnull=True)
                | Q(state="adopted", valid_to__gte=F("valid_from"))
                | Q(state__in=["proposed", "withdrawn"], valid_to__isnull=False, valid_to__lt=F("valid_from")),
                name="mandate_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(own_last_day__isnull=True) | Q(own_last_day__gte=F("valid_from")),
                name="mandate_own_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True)),
                name="mandate_withdrawn_says_when",
            ),
            models.CheckConstraint(
                condition=Q(submission_days__gte=F("urgent_days")), name="mandate_deadlines_in_order"
            ),
            models.CheckConstraint(
                condition=Q(
                    open_submitted__contained_by=[str(p) for p in OpenPart.values],
                    open_decided__contained_by=[str(p) for p in OpenPart.values],
                ),
                name="mandate_opens_known_parts",
            ),
            models.CheckConstraint(
                condition=Q(quorum_share_percent__gte=1, quorum_share_percent__lte=100), name="mandate_quorum_percent"
            ),
        ]


class MandateAdoption(Owned):
    """That one municipality has adopted a mandate: which organ, in which case, on which day."""

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="adoptions")
    municipality = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    organ = models.CharField(max_length=120)
    case_number = models.CharField(max_length=60, blank=True)
    adopted_date = models.DateField()

    class Meta:
        ordering = ["municipality__name"]
        constraints = [models.UniqueConstraint(fields=["mandate", "municipality"], name="mandate_adopted_once")]


class Seat(Owned):
    """A seat in a body: who holds it, for which field and municipality, and for how long."""

    class Position(models.TextChoices):
        CHAIR = "chair", _("Chair")
        DEPUTY = "deputy", _("Deputy chair")
        MEMBER = "member", _("Member")
        SUBSTITUTE = "substitute", _("Substitute")
        SECRETARY = "secretary", _("Secretary")
        OBSERVER = "observer", _("Observer")
        # What a secretariat can have besides. All of them may be left empty.
        COUNCIL_CHAIR = "council_lead", _("Leader of the council")
        COORDINATOR = "coordinator", _("Coordinator")
        ICT_HEAD = "ict_head", _("Head of ICT")
        ICT_PROJECT = "ict_project", _("ICT project manager")
        ARCHITECT = "architect", _("Enterprise architect")
        RECORDS = "records", _("Case handling and records")
        HR = "hr_od", _("HR and organisational development")
        INNOVATION = "innovation", _("Digital innovation")

    class Chosen(models.TextChoices):
        APPOINTED = "appointed", _("Appointed")
        ELECTED = "elected", _("Elected")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seats")
    position = models.CharField(max_length=12, choices=Position)
    field = models.ForeignKey(Field, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    municipality = models.ForeignKey(Entity, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    chosen = models.CharField(max_length=10, choices=Chosen, default=Chosen.APPOINTED)
    chosen_by = models.CharField(max_length=120, blank=True)
    chosen_date = models.DateField(null=True, blank=True)
    substitute_for = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="substitutes"
    )
    competence = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    # The last day that those who appoint have been warned about, so that each is warned of once.
    warned_of = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="seat_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(substitute_for__isnull=True) | ~Q(substitute_for=F("id")),
                name="seat_not_its_own_substitute",
            ),
        ]

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class SeatCriterion(Owned):
    """That somebody has confirmed one of the four criteria for the one who holds a seat."""

    class Criterion(models.TextChoices):
        POSITION = "position", _("Position")
        LEGITIMACY = "legitimacy", _("Legitimacy")
        KNOWLEDGE = "knowledge", _("Knowledge")
        INTEREST = "interest", _("Interest")

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="criteria")
    criterion = models.CharField(max_length=12, choices=Criterion)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat", "criterion"], name="criterion_confirmed_once")]


class PlannedMeeting(Owned):
    """A meeting of a body in the annual cycle, with the last day a case can be sent in for it."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="planned_meetings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=120, blank=True)
    submission_deadline = models.DateField()
    urgent_deadline = models.DateField(null=True, blank=True)
    notice_date = models.DateField(null=True, blank=True)
    cancelled = models.BooleanField(default=False)
    reason = models.CharField(max_length=500, blank=True)
    # Counts every change: a calendar takes the highest, and a page made from a lower one is out of date.
    sequence = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [models.UniqueConstraint(fields=["body", "starts_at"], name="planned_meeting_once")]
