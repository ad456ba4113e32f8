"""Meetings of any body: agenda, attendance, impartiality, what was concluded, minutes."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samrad.cases.models import Case, Recommendation
from samrad.core.models import Owned
from samrad.documents.models import File
from samrad.governance.models import Body, PlannedMeeting, Seat
from samrad.organisation.models import Person


class Meeting(Owned):
    """A meeting from planning to approved minutes."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Being planned")
        NOTICE_SENT = "notice_sent", _("Notice sent")
        HELD = "held", _("Held, minutes being written")
        APPROVED = "approved", _("Minutes approved")
        CANCELLED = "cancelled", _("Cancelled")

    class Approval(models.TextChoices):
        AT_END = "at_end", _("By the chair, when the meeting is over")
        NEXT = "next", _("By the body, in its next meeting")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    planned = models.OneToOneField(PlannedMeeting, on_delete=models.PROTECT, null=True, related_name="meeting")
    number = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    remote_link = models.URLField(blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.PLANNED)
    calendar_uid = models.CharField(max_length=80)
    calendar_sequence = models.PositiveSmallIntegerField(default=0)
    notice_sent_at = models.DateTimeField(null=True, blank=True)
    notice_file = models.ForeignKey(File, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # The notice as it was last sent, as data.
    notice_paper = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    minutes_note = models.TextField(blank=True)
    # The minutes as they were approved, as data: what they say never follows what changes later.
    minutes_paper = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    minutes_file = models.ForeignKey(File, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approval = models.CharField(max_length=6, choices=Approval, default=Approval.AT_END)
    # The other system in which the body meets; empty: it meets here. Then the minutes come from there, as a file.
    elsewhere = models.CharField(max_length=120, blank=True)
    # The later meeting in which the body approved these minutes, where it is done so.
    approved_in = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="meeting_number_once"),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_at__isnull=False),
                name="approved_minutes_have_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body.name} {self.number}/{self.year}"


class MeetingChange(Owned):
    """A meeting that was moved or cancelled: from when to when, and why. Those who were called were told."""

    class Kind(models.TextChoices):
        MOVED = "moved", _("Moved")
        CANCELLED = "cancelled", _("Cancelled")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=9, choices=Kind)
    reason = models.CharField(max_length=500, blank=True)
    from_starts_at = models.DateTimeField()
    to_starts_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-changed_at", "-id"]


class AgendaItem(Owned):
    """An item on the agenda, with its number in the body's series («DR 7/26»)."""

    class Kind(models.TextChoices):
        CASE = "case", _("Case")
        REFERRAL = "referral", _("Referral item")
        INFORMATION = "information", _("Information")
        APPROVAL = "approval", _("Approval of minutes")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    case = models.ForeignKey(
        Case,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_items",
    )
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.CASE)
    title = models.CharField(max_length=200, blank=True)
    # The version of the case paper that the council was sent (secretariat.PaperVersion).
    paper_number = models.PositiveIntegerField(null=True, blank=True)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    order = models.PositiveSmallIntegerField()
    minutes_planned = models.PositiveSmallIntegerField(default=15)
    # The section of the law by which the doors are closed for this item; empty: it is open.
    closed_basis = models.CharField(max_length=120, blank=True)
    # The rule of the register that the basis comes from; empty where it was written by hand.
    closed_code = models.SlugField(max_length=60, blank=True, db_index=False)
    # What those who may not know what a closed item is about read in its place. Holds nothing that is exempt.
    open_title = models.CharField(max_length=120, blank=True)
    # Taken in by the chair after the ordinary way was closed: why, by whom and when. The body's next meeting hears of it.
    urgent_reason = models.CharField(max_length=500, blank=True)
    urgent_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    urgent_at = models.DateTimeField(null=True, blank=True)
    reports = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="reported_in")
    # The earlier meeting whose minutes the body approves in this item.
    approves = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="approval_items"
    )
    # Taken off after the notice had given it its number: it stands there, so that the numbers have no gap.
    taken_off_at = models.DateTimeField(null=True, blank=True)
    discussion = models.TextField(blank=True)
    # What the meeting found, until the minutes are approved and it becomes the body's recommendation.
    draft_outcome = models.CharField(max_length=20, choices=Recommendation.Outcome, blank=True)
    draft_text = models.TextField(blank=True)
    draft_reason = models.TextField(blank=True)
    # What is being written about each line of a round's list, by row, until it is what the body found. Read by who writes.
    draft_list = models.JSONField(default=dict, blank=True)
    # The body agreed with the case paper as it was.
    unanimous = models.BooleanField(default=False)
    # The vote over the recommendation, where there was one; a tie is settled by the chair's casting vote.
    votes_for = models.PositiveSmallIntegerField(null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(null=True, blank=True)
    votes_blank = models.PositiveSmallIntegerField(null=True, blank=True)
    casting_vote = models.CharField(max_length=7, choices=[("for", _("For")), ("against", _("Against"))], blank=True)
    recommendation = models.OneToOneField(
        Recommendation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_item",
    )
    treated_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "case", "kind"],
                condition=Q(case__isnull=False, taken_off_at__isnull=True),
                name="case_once_on_agenda",
            ),
            models.UniqueConstraint(
                fields=["meeting", "approves"],
                condition=Q(approves__isnull=False, taken_off_at__isnull=True),
                name="minutes_once_on_agenda",
            ),
            models.CheckConstraint(
                condition=Q(urgent_at__isnull=True)
                | ~Q(urgent_reason="") & Q(urgent_at__isnull=False, urgent_by__isnull=False),
                name="urgent_item_says_why_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(votes_for__isnull=True, votes_against__isnull=True, votes_blank__isnull=True)
                | Q(votes_for__isnull=False, votes_against__isnull=False, votes_blank__isnull=False),
                name="vote_is_whole",
            ),
        ]

    @property
    def away_ids(self) -> set[int]:
        """Those who were out of the room in the item; `gone` is brought by who reads a whole agenda."""
        gone: list[int] | None = self.__dict__.get("gone")
        return set(self.away.values_list("person_id", flat=True) if gone is None else gone)

    @property
    def about_ids(self) -> set[int]:
        """The initiatives the item tells of: that of its case, or all on the list of a round (`listed`, as `gone`)."""
        if self.case is None:
            return set()
        listed: list[int] | None = self.__dict__.get("listed")
        found = self.case.further.values_list("initiative_id", flat=True) if listed is None else listed
        return {*found, *([self.case.initiative_id] if self.case.initiative_id else [])}

    @property
    def puts_off_list(self) -> bool:
        """Did the body put off a whole prioritisation round?"""
        of_round = self.case is not None and self.case.kind == Case.Kind.ROUND
        return of_round and self.draft_outcome == Recommendation.Outcome.DEFER

    @property
    def urgent(self) -> bool:
        """Did the chair take it in as an urgent case?"""
        return self.urgent_at is not None

    @property
    def voted(self) -> bool:
        """Was there a vote?"""
        return self.votes_for is not None


class Attendance(Owned):
    """Whether a seat was filled at the meeting, and by whom."""

    class Presence(models.TextChoices):
        PRESENT = "present", _("Present")
        REMOTE = "remote", _("Present remotely")
        ABSENT = "absent", _("Absent")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    presence = models.CharField(max_length=8, choices=Presence)
    # When a substitute was called to the meeting.
    called_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="attendance_once")]


class Away(Owned):
    """That one who is at the meeting was out of the room in one item: came later, left earlier, or went out."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="away")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="away_once")]


class Impartiality(Owned):
    """A question of impartiality for one member in one item, and what the body found."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="impartiality")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    disqualified = models.BooleanField()
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="impartiality_once")]


class Statement(Owned):
    """What a member asks to have written in the minutes: a statement for the record, or a dissent."""

    class Kind(models.TextChoices):
        RECORD = "record", _("Statement for the record")
        DISSENT = "dissent", _("Dissent")

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="statements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=7, choices=Kind)
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["item", "person", "kind"], name="statement_once")]


class MinutesCorrection(Owned):
    """What was wrong in approved minutes, and how it should read. The minutes themselves are never changed. Append-only."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="corrections")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="corrections")
    text = models.TextField()
    reason = models.CharField(max_length=500)
    corrected_at = models.DateTimeField()
    corrected_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]


class ActionPoint(Owned):
    """What somebody is to do after a meeting: what, who, by when. It is a task of theirs until it is ticked off."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="action_points")
    item = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="action_points")
    text = models.CharField(max_length=500)
    responsible = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_date = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["due_date", "id"]


class PaperSet(Owned):
    """All the papers of a meeting in one PDF and in a zip, made by the worker from what was sent.

    The row is the truth, a job only a nudge: `parts` says how far it has come, so that whoever takes it up goes on there.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Being made")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Could not be made")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="paper_sets")
    # Which sending of the notice it is made from.
    sequence = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=6, choices=State, default=State.QUEUED)
    total = models.PositiveSmallIntegerField(default=0)
    # The paper of each case that is set: the item, the name of the file, and its content by hash in the file store.
    parts = models.JSONField(default=list)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pdf_size = models.PositiveBigIntegerField(default=0)
    zip_sha256 = models.CharField(max_length=64, blank=True)
    zip_size = models.PositiveBigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting"], condition=Q(state="queued"), name="one_paper_set_at_a_time"),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_at__isnull=False), name="made_papers_have_a_time"
            ),
        ]

    @property
    def made(self) -> int:
        """How many steps are done: a paper for each case, and then the whole."""
        return self.total if self.state == self.State.DONE else len(self.parts)
