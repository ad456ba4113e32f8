"""The idea: what anyone can say in two fields, before it is a need. Its dialogue, support, answers and followers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.governance.models import Field
from samrad.initiatives.models.initiative import Initiative
from samrad.organisation.models import Person


class Idea(Owned):
    """An idea, as its author wrote it. `leading` points at the idea it is gathered under, `became` at the need it led to.

    `field` is empty where the author did not know; the secretariat then owes the answer.
    """

    reference = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    text = models.TextField()
    field = models.ForeignKey(Field, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ideas")
    wants_to_write = models.BooleanField(default=True)  # takes part in writing the need, if it becomes one
    leading = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="gathered")
    became = models.ForeignKey(Initiative, on_delete=models.PROTECT, null=True, blank=True, related_name="ideas")
    sent_at = models.DateTimeField()
    due_date = models.DateField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    passed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["-sent_at", "-id"], name="idea_newest")]
        constraints = [
            models.UniqueConstraint(fields=["owner", "reference"], name="idea_reference_per_owner"),
            models.CheckConstraint(
                condition=Q(leading__isnull=True) | ~Q(leading=F("id")), name="idea_not_under_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class IdeaAnswer(Owned):
    """What became of an idea, and why. One that is taken back stays in the story."""

    class Kind(models.TextChoices):
        NEED = "need", _("Becomes a need")
        GATHERED = "gathered", _("Gathered with another idea")
        EXISTS = "exists", _("Exists already")
        DECLINED = "declined", _("Not taken further")

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.TextField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["answered_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["idea"], condition=Q(undone_at__isnull=True), name="one_answer_of_an_idea_stands"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="idea_answer_has_a_reason"),
        ]


class IdeaComment(Owned):
    """A comment, a question, or what is answered to one. A removed one keeps its place, without its words."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="comments")
    answers_to = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies")
    text = models.TextField(blank=True)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["written_at", "id"]


class IdeaSupport(Owned):
    """One person's support of an idea: at most one each, and it can be taken back."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="supports")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["idea", "person"], name="support_once")]


class Following(Owned):
    """Someone who wants to hear what happens with an idea or an initiative."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="followings")
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, null=True, blank=True, related_name="followings")
    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, null=True, blank=True, related_name="followings"
    )
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["idea", "person"], name="follow_idea_once"),
            models.UniqueConstraint(fields=["initiative", "person"], name="follow_initiative_once"),
            models.CheckConstraint(
                condition=Q(idea__isnull=True, initiative__isnull=False)
                | Q(idea__isnull=False, initiative__isnull=True),
                name="follows_one_thing",
            ),
        ]
