"""Anchoring: the expert group's statement, the sector heads' answers, who was heard, and the submission itself."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samrad.cases.models import Case
from samrad.core.models import Owned
from samrad.documents.models import File
from samrad.governance.models import Body, Mandate
from samrad.initiatives.models import ContentVersion, Initiative
from samrad.organisation.models import Entity, Person, Unit


class Request(Owned):
    """A question to the expert group, the owning sector head, or one to be heard, about one version of the content."""

    class Kind(models.TextChoices):
        EXPERT_GROUP = "expert_group", _("Expert group's statement")
        ENDORSEMENT = "endorsement", _("Recommendation from the owning sector")
        HEARING = "hearing", _("Heard")
        ESCALATION = "escalation", _("Chief executive's answer")

    class Answer(models.TextChoices):
        RECOMMENDED = "recommended", _("Recommends")
        WITH_REMARK = "with_remark", _("Recommends with a remark")
        NOT_RECOMMENDED = "not_recommended", _("Does not recommend")
        RETURNED = "returned", _("Returned")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="anchoring_requests")
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="anchoring_requests")
    kind = models.CharField(max_length=14, choices=Kind)
    content = models.ForeignKey(ContentVersion, on_delete=models.PROTECT, related_name="+")
    asked_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # Their names at the time: who has left the cooperation since can no longer be looked up, and what was said stands.
    asked_name = models.CharField(max_length=120, blank=True)
    answered_name = models.CharField(max_length=120, blank=True)
    # Who answers is whoever holds this role: for the sector, else the field of the group, else the municipality.
    asked_role = models.CharField(max_length=40, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    municipality = models.ForeignKey(Entity, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    due_date = models.DateField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    # The deadline passed after a reminder: who was to be heard is waited for no longer.
    passed_at = models.DateTimeField(null=True, blank=True)
    # The mandate in force when it was asked: its deadline and what silence means hold, whatever is adopted since.
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # What the chief executive is asked to answer instead of.
    escalates = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="escalated")
    question = models.TextField(blank=True)  # why it was taken to the chief executive
    answer = models.CharField(max_length=16, choices=Answer, blank=True)
    text = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Answered by a substitute, for this person; or by nobody, where the mandate takes silence for a yes.
    stood_in_for = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by_silence = models.BooleanField(default=False)
    # Written down by the secretariat from a mail or a call: where it is from, and whether the person contests it.
    on_behalf_source = models.CharField(max_length=200, blank=True)
    source_file = models.ForeignKey(File, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    contested_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="answer_and_time_together",
            ),
            models.CheckConstraint(
                condition=Q(kind="escalation") ^ Q(escalates__isnull=True), name="an_escalation_is_of_something"
            ),
        ]

    @property
    def speaker_name(self) -> str:
        """Whose answer it is: who gave it, or on whose behalf it was written down."""
        if self.answered_by_id is None or self.on_behalf_source:
            return self.asked_name
        return self.answered_name

    @property
    def names(self) -> dict[int, str]:
        """Who was asked and who answered, by name as it was then."""
        found = {self.asked_person_id: self.asked_name}
        return found | ({self.answered_by_id: self.answered_name} if self.answered_by_id else {})


class Affected(Owned):
    """A sector that the need affects, besides the one that owns it: it is heard."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="affected")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "unit"], condition=Q(removed_at__isnull=True), name="affected_once"
            )
        ]


class Involvement(Owned):
    """Employees' representatives and users who were told or asked: when, who, how, and what they said."""

    class Kind(models.TextChoices):
        UNION_INFORMED = "union_informed", _("Union representatives, informed")
        UNION_CONSULTED = "union_consulted", _("Union representatives, consulted")
        SAFETY = "safety", _("Safety representative")
        USERS = "users", _("Users, involved")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="involvements")
    kind = models.CharField(max_length=16, choices=Kind)
    held_date = models.DateField()
    who = models.CharField(max_length=200)
    how = models.CharField(max_length=200)
    remark = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["held_date", "pk"]


class Submission(Owned):
    """An innmelding: which version was sent in, by whom, and the requirements in force that day."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="submission")
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="submissions")
    content = models.ForeignKey(ContentVersion, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    requirements = models.JSONField(default=list)
    rules = models.JSONField(default=dict)


class BacklogItem(Owned):
    """A need or an idea of an expert group's field, in the group's own list."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="backlog")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    initiative = models.ForeignKey(Initiative, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")


class Ranking(Owned):
    """An expert group's order of its own needs, as somebody set it at a moment. The last one holds."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="rankings")
    order = ArrayField(models.BigIntegerField(), default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")


class GroupMeeting(Owned):
    """A light meeting of an expert group: when, where, what about, and what came of it."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="group_meetings")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    about = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    called_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-starts_at", "-pk"]


class Stakeholder(Owned):
    """Someone outside who has an interest: another municipality, a vendor, a user council."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("Another municipality")
        USERS = "users", _("User council or organisation")
        STATE = "state", _("State agency")
        VENDOR = "vendor", _("Vendor")
        OTHER = "other", _("Other")

    name = models.CharField(max_length=120)
    organisation = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=14, choices=Kind)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["organisation", "name", "pk"]


class GuestPass(Owned):
    """What one stakeholder may read of one initiative, by a link that ends on a date. The address is signed, not stored."""

    class Part(models.TextChoices):
        NEED = "need", _("The need")
        BENEFITS = "benefits", _("Benefits")
        COSTS = "costs", _("Costs")
        STATE = "state", _("Where it stands")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="guest_passes")
    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.PROTECT, related_name="passes")
    parts = ArrayField(models.CharField(max_length=10), default=list)
    may_comment = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    last_date = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-made_at", "-pk"]

    def open_on(self, day: date) -> bool:
        return self.revoked_at is None and day <= self.last_date


class GuestComment(Owned):
    """What a guest wrote."""

    guest_pass = models.ForeignKey(GuestPass, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]
