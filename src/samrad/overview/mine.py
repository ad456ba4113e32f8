"""What «Min side» shows besides what waits: my ideas and what I follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from samrad.initiatives.models import Idea, IdeaAnswer, Initiative
from samrad.initiatives.queries import listed_ideas, visible_to
from samrad.organisation.actors import Actor

MOST = 20
COLOURS = {"": "yellow", "need": "green", "gathered": "blue", "exists": "blue", "declined": "grey"}


@dataclass(frozen=True)
class MyIdea:
    """One of my ideas, or one I follow, with what became of it."""

    idea: Any
    state: str
    colour: str


def _as_mine(ideas: list[Any]) -> list[MyIdea]:
    labels = {str(kind): str(label) for kind, label in IdeaAnswer.Kind.choices}
    return [
        MyIdea(i, _("Withdrawn"), "grey")
        if i.withdrawn_at
        else MyIdea(i, labels.get(i.answer or "", _("Waits for an answer")), COLOURS[i.answer or ""])
        for i in ideas
    ]


@dataclass(frozen=True)
class Mine:
    """My ideas, and what I follow."""

    ideas: list[MyIdea]
    followed_ideas: list[MyIdea]
    followed: list[Initiative]


def mine_and_followed(actor: Actor) -> Mine:
    """The ideas I have sent and what I follow, in two queries."""
    me = actor.person_or_none
    rows: list[Any] = list(
        listed_ideas(actor).filter(Q(author_id=me) | Q(followings__person_id=me)).distinct()[: 2 * MOST]
    )
    own = [i for i in rows if i.author_id == me]
    followed = visible_to(actor).filter(followings__person_id=me).order_by("-updated_at")
    return Mine(_as_mine(own), _as_mine([i for i in rows if i.author_id != me]), list(followed[:MOST]))


def idea_of(initiative_id: int) -> Idea | None:
    """The idea an initiative began as, the first where there are several."""
    return Idea.objects.filter(became_id=initiative_id).order_by("pk").first()
