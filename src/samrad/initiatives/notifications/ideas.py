"""Who is told what about an idea, and why them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from samrad.initiatives.models import Idea, IdeaAnswer, IdeaComment, Initiative
from samrad.initiatives.queries import followers, idea_house, owes_answer, secretariat_of, still_sees
from samrad.organisation.actions import Message, notify
from samrad.organisation.actors import Actor
from samrad.organisation.models import Person


def _tell(
    by: Actor,
    at: datetime,
    idea: Idea,
    people: Iterable[Person],
    code: str,
    subject: Promise,
    body: Promise,
    **more: Any,
) -> None:
    values = {"title": idea.title, "reference": idea.reference, "by": by.name, **more}
    path = reverse("initiatives:idea_detail", args=[idea.pk])
    message = Message(code=code, subject=subject, body=body, values=values, path=path)
    notify(by=by, at=at, house=idea, people=people, message=message)


def _day(day: date) -> str:
    return day.strftime("%d.%m.%Y")


def tell_idea_sent(*, by: Actor, at: datetime, idea: Idea) -> None:
    """Those who owe the idea an answer hear of it, because they do."""
    _tell(
        by,
        at,
        idea,
        owes_answer(idea, on=localdate(at)),
        "initiatives.idea_sent",
        _("New idea to answer: %(title)s"),
        _("%(author)s has sent an idea (%(reference)s). Answer it by %(due)s:\n%(text)s"),
        author=idea.author.name,
        due=_day(idea.due_date),
        text=idea.text,
    )


_DUE = _("The idea from %(author)s (%(reference)s) waits for an answer. Answer by %(due)s.")
_PASSED = _("The idea from %(author)s (%(reference)s) should have had its answer by %(due)s, and still waits.")


def tell_answer_due(*, by: Actor, at: datetime, idea: Idea, passed: bool) -> None:
    """Those who owe the answer are reminded; when the deadline has passed, the secretariat hears it too."""
    today = localdate(at)
    people = owes_answer(idea, on=today)
    if passed:
        people = [*people, *secretariat_of(idea_house(idea), on=today)]
    _tell(
        by,
        at,
        idea,
        people,
        "initiatives.idea_due",
        _("The idea has waited too long: %(title)s") if passed else _("Reminder, answer the idea: %(title)s"),
        _PASSED if passed else _DUE,
        author=idea.author.name,
        due=_day(idea.due_date),
    )


NEXT: dict[str, Promise] = {
    IdeaAnswer.Kind.NEED: _("A draft of the need is made with your words. You can follow it from the idea."),
    IdeaAnswer.Kind.GATHERED: _("Several had the same idea. Now they go on together, and you follow the joint one."),
    IdeaAnswer.Kind.EXISTS: _("Read the answer to find what is there already."),
    IdeaAnswer.Kind.DECLINED: _("Nothing more happens now. You can ask about it in the dialogue."),
}


def tell_idea_answered(*, by: Actor, at: datetime, idea: Idea, answer: IdeaAnswer) -> None:
    """The author hears what becomes of the idea and why; so do those whose ideas are gathered here, and followers."""
    gathered = [other.author for other in idea.gathered.select_related("author") if other.author.active]
    owners = list({p.pk: p for p in [idea.author, *gathered]}.values())
    subject, body = (
        _("%(answer)s: %(title)s"),
        _("%(by)s has answered the idea %(reference)s: %(answer)s.\n%(reason)s\n%(next)s"),
    )
    words = {"answer": IdeaAnswer.Kind(answer.kind).label, "reason": answer.reason, "next": NEXT[answer.kind]}
    _tell(by, at, idea, owners, "initiatives.idea_answered", subject, body, **words)
    others = followers(idea_id=idea.pk).exclude(pk__in=[p.pk for p in owners])
    _tell(by, at, idea, others, "initiatives.followed", subject, body, **{**words, "next": ""})


def tell_answer_undone(*, by: Actor, at: datetime, idea: Idea) -> None:
    """The author hears that the answer no longer holds, and those who owe a new one that they do."""
    _tell(
        by,
        at,
        idea,
        [idea.author],
        "initiatives.idea_answered",
        _("Looked at again: %(title)s"),
        _("%(by)s has taken back the answer to %(reference)s. You get a new one by %(due)s."),
        due=_day(idea.due_date),
    )
    tell_idea_sent(by=by, at=at, idea=idea)


def tell_idea_commented(*, by: Actor, at: datetime, idea: Idea, comment: IdeaComment) -> None:
    """The author hears every comment; whoever asked hears the answer; followers hear it in the weekly letter."""
    asked = [comment.answers_to.written_by] if comment.answers_to is not None else []
    close = list({p.pk: p for p in [idea.author, *asked] if p.active}.values())
    subject, body = _("%(by)s wrote about the idea: %(title)s"), _("%(by)s wrote about %(reference)s:\n%(text)s")
    _tell(by, at, idea, close, "initiatives.idea_commented", subject, body, text=comment.text)
    others = followers(idea_id=idea.pk).exclude(pk__in=[p.pk for p in close])
    _tell(by, at, idea, others, "initiatives.followed", subject, body, text=comment.text)


def tell_followers(
    *, by: Actor, at: datetime, initiative: Initiative, state: str | Promise, besides: int | None
) -> None:
    """Those who follow an initiative, and still may see it, hear that it has come to another step."""
    message = Message(
        code="initiatives.followed",
        subject=_("%(state)s: %(title)s"),
        body=_("%(reference)s, which you follow, has come a step further: %(state)s."),
        values={"title": initiative.title, "reference": initiative.reference, "state": state},
        path=reverse("overview:initiative_story", args=[initiative.pk]),
    )
    following = followers(initiative_id=initiative.pk).exclude(pk=besides or 0)
    people = [person for person in following if still_sees(person, initiative, on=localdate(at))]
    notify(by=by, at=at, house=initiative, people=people, message=message, initiative_id=initiative.pk)


def tell_owner_named(*, by: Actor, at: datetime, initiative: Initiative, people: Iterable[Person]) -> None:
    """Those who are named as owner or responsible hear it, because it is theirs now."""
    message = Message(
        code="initiatives.owner_named",
        subject=_("It is yours now: %(title)s"),
        body=_("%(by)s has named you as owner or responsible of %(reference)s, after one who has left."),
        values={"title": initiative.title, "reference": initiative.reference, "by": by.name},
        path=reverse("overview:initiative_story", args=[initiative.pk]),
    )
    notify(by=by, at=at, house=initiative, people=people, message=message, initiative_id=initiative.pk)


def tell_owner_left(*, by: Actor, at: datetime, initiative: Initiative, people: Iterable[Person]) -> None:
    """Those who can name a new owner hear that the old one has left."""
    message = Message(
        code="initiatives.owner_left",
        subject=_("Lacks an owner: %(title)s"),
        body=_("The owner or responsible of %(reference)s has left. Name someone else, so that the case goes on."),
        values={"title": initiative.title, "reference": initiative.reference},
        path=reverse("overview:owner_name", args=[initiative.pk]),
    )
    notify(by=by, at=at, house=initiative, people=people, message=message, initiative_id=initiative.pk)
