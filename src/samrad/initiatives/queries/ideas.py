"""Reads about ideas. Every one begins with `ideas_visible_to`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery

from samrad.governance.queries import idea_answer_within
from samrad.initiatives.models.ideas import Following, Idea, IdeaAnswer, IdeaComment, IdeaSupport
from samrad.initiatives.models.initiative import Initiative, Responsibility
from samrad.initiatives.queries.alike import alike_scores
from samrad.initiatives.queries.reading import visible_to
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person, RoleAssignment
from samrad.organisation.queries import holders
from samrad.organisation.roles import INSIDERS, SECRETARIAT

REMIND_IDEA_BEFORE = timedelta(days=5)
WORDS, ALIKE = 8, 5
SATURDAY = 5


def answer_by(sent: date, house_id: int | None, owner_id: int) -> date:
    """The day an idea must have its answer by, as the house's rules say, and never a day when nobody works."""
    due = sent + idea_answer_within([house_id, owner_id], sent)
    return due + timedelta(days=7 - due.weekday()) if due.weekday() >= SATURDAY else due


def days_to_answer(actor: Actor, *, on: date) -> int:
    """How many days an idea the actor sends today may wait for its answer."""
    shared = [pk for pk in actor.entities if pk != actor.entity_id]
    return idea_answer_within([*shared[:1], actor.entity_id], on).days


def ideas_visible_to(actor: Actor) -> QuerySet[Idea]:
    """The ideas the actor sees: employees, those with a task and the elected see all of their houses', others their own.

    Row security has already cut to one's own houses.
    """
    if not actor.is_person:
        return Idea.objects.none()
    roles = {held.role for held in actor.held} | actor.roles_in([actor.entity_id])
    if roles & (INSIDERS | {"employee", "elected_rep"}):
        return Idea.objects.filter(Q(withdrawn_at__isnull=True) | Q(author_id=actor.person_or_none))
    return Idea.objects.filter(author_id=actor.person_or_none)


def get_idea(actor: Actor, pk: int) -> Idea:
    """One idea the actor sees; Idea.DoesNotExist otherwise, as if it were not there."""
    return ideas_visible_to(actor).select_related("field", "author__owner", "leading", "became", "owner").get(pk=pk)


def idea_house(idea: Idea) -> int:
    """The entity whose secretariat looks after the idea: the cooperation where it is shared."""
    return idea.shared_with_id or idea.owner_id


def standing_answer(idea: Idea) -> IdeaAnswer | None:
    """What became of the idea, as it stands now."""
    return idea.answers.filter(undone_at__isnull=True).select_related("answered_by").first()


def expert_leads_of(idea: Idea, *, on: date) -> list[Person]:
    """Who heads the expert group of the idea's field today."""
    if idea.field is None:
        return []
    held = holders("expert_group_lead", entity_id=idea.field.owner_id, on=on, field_id=idea.field_id)
    return list(held)


def owes_answer(idea: Idea, *, on: date) -> list[Person]:
    """Those who owe the idea an answer: the head of its expert group, else the secretariat."""
    return expert_leads_of(idea, on=on) or secretariat_of(idea_house(idea), on=on)


def secretariat_of(entity_id: int, *, on: date) -> list[Person]:
    """Those who are the secretariat of a house today."""
    held = RoleAssignment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), entity_id=entity_id, role__in=SECRETARIAT, valid_from__lte=on
    )
    return list(Person.objects.filter(active=True, pk__in=held.values("person_id")).order_by("name"))


def unanswered_ideas(on: date) -> QuerySet[Idea]:
    """The ideas that wait for an answer and whose deadline is near or past: what the timer follows up."""
    standing = IdeaAnswer.objects.filter(idea=OuterRef("pk"), undone_at__isnull=True)
    waiting = Idea.objects.filter(~Exists(standing), withdrawn_at__isnull=True, due_date__lte=on + REMIND_IDEA_BEFORE)
    return waiting.filter(Q(reminded_at__isnull=True) | Q(passed_at__isnull=True, due_date__lt=on))


def followers(*, idea_id: int = 0, initiative_id: int = 0) -> QuerySet[Person]:
    """Those who follow an idea, or an initiative."""
    rows = Following.objects.filter(Q(idea_id=idea_id) | Q(initiative_id=initiative_id))
    return Person.objects.filter(active=True, pk__in=rows.values("person_id"))


def follows(actor: Actor, *, idea_id: int = 0, initiative_id: int = 0) -> bool:
    """Does the actor follow it?"""
    rows = Following.objects.filter(Q(idea_id=idea_id) | Q(initiative_id=initiative_id))
    return rows.filter(person_id=actor.person_or_none).exists()


def followed_by(actor: Actor) -> tuple[list[Idea], list[Initiative]]:
    """What the actor follows and still sees, newest first."""
    mine = Following.objects.filter(person_id=actor.person_or_none)
    ideas = list(listed_ideas(actor).filter(pk__in=mine.filter(idea__isnull=False).values("idea_id"))[:20])
    initiatives = visible_to(actor).filter(pk__in=mine.filter(initiative__isnull=False).values("initiative_id"))
    return ideas, list(initiatives.order_by("-updated_at")[:20])


def listed_ideas(actor: Actor) -> QuerySet[Idea, Any]:
    """The ideas the actor sees, each with its answer and how much there is of support, comments and gathered ideas."""
    standing = IdeaAnswer.objects.filter(idea=OuterRef("pk"), undone_at__isnull=True)

    def number(rows: QuerySet[Any], by: str) -> Subquery:
        counted = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
        return Subquery(counted, output_field=IntegerField())

    return (
        ideas_visible_to(actor)
        .select_related("field", "author", "owner")
        .annotate(
            answer=Subquery(standing.values("kind")[:1]),
            supporters=number(IdeaSupport.objects.filter(idea=OuterRef("pk")), "idea"),
            comments_number=number(IdeaComment.objects.filter(idea=OuterRef("pk"), removed_at=None), "idea"),
            gathered_number=number(Idea.objects.filter(leading=OuterRef("pk")), "leading"),
        )
        .order_by("-sent_at", "-pk")
    )


def ideas_alike(actor: Actor, text: str, *, but: int = 0) -> list[Idea]:
    """The ideas the actor sees that are like a text, closest first; `alike` finds the initiatives."""
    scores = alike_scores(text, kind="idea") if actor.is_person else {}
    ideas = listed_ideas(actor).filter(pk__in=scores, leading__isnull=True).exclude(pk=but) if scores else []
    return sorted(ideas, key=lambda idea: (-scores[idea.pk], -idea.pk))[:ALIKE]


def ideas_found(ideas: QuerySet[Idea, Any], text: str) -> QuerySet[Idea, Any]:
    """Those that hold every word of a search, in title, text or reference."""
    for word in text.replace("\x00", "").split()[:WORDS]:
        ideas = ideas.filter(Q(title__icontains=word) | Q(text__icontains=word) | Q(reference__icontains=word))
    return ideas


@dataclass(frozen=True)
class Remark:
    """A comment or question with what was answered to it."""

    comment: IdeaComment
    replies: list[IdeaComment]


def dialogue(idea: Idea) -> list[Remark]:
    """What has been said about the idea, oldest first; a removed comment stays only where it was answered."""
    rows = list(idea.comments.select_related("written_by"))
    replies: dict[int | None, list[IdeaComment]] = {}
    for row in rows:
        if row.answers_to_id is not None and row.removed_at is None:
            replies.setdefault(row.answers_to_id, []).append(row)
    return [
        Remark(row, replies.get(row.pk, []))
        for row in rows
        if row.answers_to_id is None and (row.removed_at is None or row.pk in replies)
    ]


def led_to(idea: Idea) -> Initiative | None:
    """The need that the idea, or the one it is gathered under, became."""
    if idea.became is not None:
        return idea.became
    return idea.leading.became if idea.leading is not None else None


def began_as(initiative_id: int) -> list[Idea]:
    """The ideas an initiative came from."""
    return list(Idea.objects.filter(became_id=initiative_id).select_related("author"))


def joins(idea: Idea, initiative: Initiative) -> bool:
    """Is the idea's author among those who write the need?"""
    return Responsibility.objects.filter(initiative=initiative, person_id=idea.author_id).exists()
