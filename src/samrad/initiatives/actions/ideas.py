"""What people do with an idea: send it, talk about it, support it, answer it, and let it become a need."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samrad.core.models import house_of
from samrad.core.verdict import Refused, Stale
from samrad.eventlog.actions import record
from samrad.governance.models import Field
from samrad.initiatives import events, notifications
from samrad.initiatives.actions.drafting import cooperation_of, next_number, start_draft_for
from samrad.initiatives.models import Following, Idea, IdeaAnswer, IdeaComment, IdeaSupport, Initiative, Responsibility
from samrad.initiatives.policy import (
    can_answer_idea,
    can_join_dialogue,
    can_make_need,
    can_remove_comment,
    can_send_idea,
    can_support_idea,
    can_undo_answer,
    can_withdraw_idea,
)
from samrad.initiatives.queries import answer_by, get_idea, get_visible, standing_answer
from samrad.organisation.actors import Actor

Kind = IdeaAnswer.Kind


@transaction.atomic
def send_idea(
    *, by: Actor, at: datetime, title: str, text: str, field: Field | None, wants_to_write: bool = True
) -> Idea:
    """Send an idea: it goes to the expert group of its field, which owes it an answer by a day."""
    can_send_idea(by).require()
    assert by.entity_id is not None
    share = cooperation_of(by)
    number = next_number(by=by, at=at, owner_id=share or by.entity_id, shared_with_id=None, series="I")
    idea = Idea.objects.create(
        owner_id=by.entity_id,
        shared_with_id=share,
        reference=f"I-{at.year}-{number:04d}",
        title=title[:200],
        text=text,
        field=field,
        author_id=by.person,
        wants_to_write=wants_to_write,
        sent_at=at,
        due_date=answer_by(localdate(at), share, by.entity_id),
    )
    record(events.IdeaSent(idea_id=idea.pk), by=by, at=at, house=idea)
    notifications.tell_idea_sent(by=by, at=at, idea=idea)
    return idea


def _locked(by: Actor, idea_id: int, version: int | None = None) -> Idea:
    """The idea as the actor sees it, locked; Stale when the page was made from another version."""
    get_idea(by, idea_id)
    rows = Idea.objects.select_for_update(of=("self",)).select_related("field", "author", "leading", "became")
    idea = rows.get(pk=idea_id)
    if version is not None and version != idea.version:
        raise Stale(_("Someone has changed the idea since you opened the page. Look at it again before you go on."))
    return idea


def _touch(idea: Idea, *fields: str) -> None:
    idea.version += 1
    idea.save(update_fields=[*fields, "version"])


@transaction.atomic
def withdraw_idea(*, by: Actor, at: datetime, idea_id: int) -> Idea:
    """Take one's own idea back, until it has its answer."""
    idea = _locked(by, idea_id)
    can_withdraw_idea(by, idea, answered=standing_answer(idea) is not None).require()
    idea.withdrawn_at = at
    _touch(idea, "withdrawn_at")
    record(events.IdeaWithdrawn(idea_id=idea.pk), by=by, at=at, house=idea)
    return idea


@transaction.atomic
def place_idea(*, by: Actor, at: datetime, idea_id: int, version: int | None, field: Field | None) -> Idea:
    """Move an idea to the professional field it belongs to; its expert group then owes the answer."""
    idea = _locked(by, idea_id, version)
    can_answer_idea(by, idea).require()
    if field is not None and field.owner_id not in (idea.owner_id, idea.shared_with_id):
        raise Refused(_("Choose a field from the list."))
    if field == idea.field:
        return idea
    idea.field = field
    _touch(idea, "field")
    record(events.IdeaPlaced(idea_id=idea.pk, field_id=idea.field_id), by=by, at=at, house=idea)
    if standing_answer(idea) is None:
        notifications.tell_idea_sent(by=by, at=at, idea=idea)
    return idea


def _answer(by: Actor, at: datetime, idea: Idea, kind: str, reason: str) -> IdeaAnswer:
    if standing_answer(idea) is not None:
        raise Stale(_("The idea has been answered since you opened the page. Look at it again."))
    if not reason.strip():
        raise Refused(_("Say why, so that whoever sent the idea understands the answer."))
    answer = IdeaAnswer.objects.create(
        **house_of(idea), idea=idea, kind=kind, reason=reason.strip(), answered_by_id=by.person, answered_at=at
    )
    record(events.IdeaAnswered(idea_id=idea.pk, answer_id=answer.pk, answer=kind), by=by, at=at, house=idea)
    return answer


@transaction.atomic
def answer_idea(*, by: Actor, at: datetime, idea_id: int, version: int | None, kind: str, reason: str) -> IdeaAnswer:
    """Answer an idea that exists already or is not taken further, and say why. Its author is told."""
    idea = _locked(by, idea_id, version)
    can_answer_idea(by, idea).require()
    if kind not in (Kind.EXISTS, Kind.DECLINED):
        raise Refused(_("Choose what becomes of the idea."))
    answer = _answer(by, at, idea, kind, reason)
    _touch(idea)
    notifications.tell_idea_answered(by=by, at=at, idea=idea, answer=answer)
    return answer


@transaction.atomic
def gather_ideas(
    *, by: Actor, at: datetime, leading_id: int, idea_ids: Iterable[int], version: int | None, reason: str
) -> Idea:
    """Gather ideas that belong together under one of them. Each is answered so, and points at the leading one."""
    leading = _locked(by, leading_id, version)
    can_answer_idea(by, leading).require()
    if leading.leading_id is not None:
        raise Refused(_("This idea is gathered under another itself. Gather them there."))
    found = [_locked(by, pk) for pk in sorted(set(idea_ids)) if pk != leading.pk]
    if not found:
        raise Refused(_("Choose at least one idea that belongs together with this one."))
    for idea in found:
        can_answer_idea(by, idea).require()
        if idea.leading_id is not None or idea.gathered.exists():
            raise Refused(_("«%(title)s» is gathered with other ideas already.") % {"title": idea.title})
        answer = _answer(by, at, idea, Kind.GATHERED, reason)
        idea.leading = leading
        _touch(idea, "leading")
        notifications.tell_idea_answered(by=by, at=at, idea=idea, answer=answer)
    _touch(leading)
    return leading


@transaction.atomic
def undo_answer(*, by: Actor, at: datetime, idea_id: int, version: int | None) -> Idea:
    """Take an answer back: the idea waits for one again, and stands by itself. The old answer stays in its story."""
    idea = _locked(by, idea_id, version)
    can_undo_answer(by, idea).require()
    answer = standing_answer(idea)
    if answer is None:
        return idea
    answer.undone_at, answer.undone_by_id = at, by.person
    answer.save(update_fields=["undone_at", "undone_by"])
    idea.leading = None
    idea.due_date = answer_by(localdate(at), idea.shared_with_id, idea.owner_id)
    idea.reminded_at, idea.passed_at = None, None
    _touch(idea, "leading", "due_date", "reminded_at", "passed_at")
    record(events.IdeaAnswerUndone(idea_id=idea.pk, answer_id=answer.pk), by=by, at=at, house=idea)
    notifications.tell_answer_undone(by=by, at=at, idea=idea)
    return idea


@transaction.atomic
def make_need(*, by: Actor, at: datetime, idea_id: int, version: int | None, reason: str) -> Initiative:
    """Let an idea become a draft need: its texts go along, and its author writes too if the author wanted that."""
    idea = _locked(by, idea_id, version)
    can_make_need(by, idea).require()
    field = idea.field
    initiative = start_draft_for(
        by=by,
        at=at,
        house=idea,
        title=idea.title,
        answers={"problem": idea.text},
        field_id=idea.field_id,
        kostra_function=field.kostra_functions[0] if field is not None and len(field.kostra_functions) == 1 else "",
    )
    if idea.wants_to_write and idea.author_id != by.person_id and idea.author.active:
        Responsibility.objects.create(
            **house_of(initiative), initiative=initiative, person_id=idea.author_id, kind="author"
        )
    answer = _answer(by, at, idea, Kind.NEED, reason)
    idea.became = initiative
    _touch(idea, "became")
    notifications.tell_idea_answered(by=by, at=at, idea=idea, answer=answer)
    return initiative


@transaction.atomic
def comment_idea(*, by: Actor, at: datetime, idea_id: int, text: str, answers_to_id: int | None = None) -> IdeaComment:
    """Write a comment or a question about an idea, or answer one. Those it concerns are told."""
    idea = _locked(by, idea_id)
    can_join_dialogue(by, idea).require()
    question = idea.comments.filter(pk=answers_to_id, answers_to=None).first() if answers_to_id else None
    if answers_to_id and question is None:
        raise Refused(_("The comment you answer is no longer there."))
    comment = IdeaComment.objects.create(
        **house_of(idea), idea=idea, answers_to=question, text=text.strip(), written_by_id=by.person, written_at=at
    )
    record(events.IdeaCommented(idea_id=idea.pk, comment_id=comment.pk), by=by, at=at, house=idea)
    notifications.tell_idea_commented(by=by, at=at, idea=idea, comment=comment)
    return comment


@transaction.atomic
def remove_comment(*, by: Actor, at: datetime, comment_id: int) -> Idea:
    """Remove a comment: its words are gone, and only that something stood there is left."""
    comment = IdeaComment.objects.select_for_update(of=("self",)).get(pk=comment_id)
    idea = get_idea(by, comment.idea_id)
    can_remove_comment(by, comment, idea).require()
    comment.text, comment.removed_at = "", at
    comment.save(update_fields=["text", "removed_at"])
    record(events.IdeaCommentRemoved(idea_id=idea.pk, comment_id=comment.pk), by=by, at=at, house=idea)
    return idea


@transaction.atomic
def support_idea(*, by: Actor, at: datetime, idea_id: int, supported: bool) -> Idea:
    """Support an idea, once, or take the support back."""
    idea = _locked(by, idea_id)
    can_support_idea(by, idea).require()
    mine = IdeaSupport.objects.filter(idea=idea, person_id=by.person)
    if supported == mine.exists():
        return idea
    if supported:
        IdeaSupport.objects.create(**house_of(idea), idea=idea, person_id=by.person, given_at=at)
    else:
        mine.delete()
    record(events.IdeaSupported(idea_id=idea.pk, supported=supported), by=by, at=at, house=idea)
    return idea


@transaction.atomic
def follow_idea(*, by: Actor, at: datetime, idea_id: int, followed: bool) -> None:
    """Follow an idea, to be told what happens with it, or stop."""
    idea = get_idea(by, idea_id)
    mine = Following.objects.filter(idea=idea, person_id=by.person)
    if followed == mine.exists():
        return
    if followed:
        Following.objects.get_or_create(idea=idea, person_id=by.person, defaults={**house_of(idea), "since": at})
    else:
        mine.delete()
    record(events.Followed(idea_id=idea.pk, followed=followed), by=by, at=at, house=idea)


@transaction.atomic
def follow_initiative(*, by: Actor, at: datetime, initiative_id: int, followed: bool) -> None:
    """Follow an initiative that one sees, to be told when it comes a step further, or stop."""
    initiative = get_visible(by, initiative_id)
    mine = Following.objects.filter(initiative=initiative, person_id=by.person)
    if followed == mine.exists():
        return
    if followed:
        new = {**house_of(initiative), "since": at}
        Following.objects.get_or_create(initiative=initiative, person_id=by.person, defaults=new)
    else:
        mine.delete()
    event = events.Followed(initiative_id=initiative.pk, idea_id=None, followed=followed)
    record(event, by=by, at=at, house=initiative)


@transaction.atomic
def follow_up_idea(*, by: Actor, at: datetime, idea_id: int) -> Idea:
    """Remind those who owe an idea its answer before the deadline, and tell the secretariat too when it has passed."""
    idea = Idea.objects.select_for_update(of=("self",)).select_related("field", "author").get(pk=idea_id)
    if standing_answer(idea) is not None or idea.withdrawn_at is not None:
        return idea
    passed = idea.due_date < localdate(at)
    if (idea.passed_at if passed else idea.reminded_at) is not None:
        return idea
    idea.reminded_at = idea.reminded_at or at
    idea.passed_at = at if passed else None
    idea.save(update_fields=["reminded_at", "passed_at"])
    record(events.IdeaReminded(idea_id=idea.pk, passed=passed), by=by, at=at, house=idea)
    notifications.tell_answer_due(by=by, at=at, idea=idea, passed=passed)
    return idea
