"""May this person …? About ideas: each answer has a reason."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samrad.core.verdict import Verdict
from samrad.initiatives.models import Idea, IdeaComment
from samrad.initiatives.policy.needs import can_start
from samrad.organisation.actors import Actor
from samrad.organisation.roles import SECRETARIAT


def can_send_idea(by: Actor) -> Verdict:
    """May this person send an idea? Anyone who is signed in, also those who cannot report a need."""
    if by.is_person:
        return Verdict.yes()
    return Verdict.no(_("Sign in to send an idea."))


def can_join_dialogue(by: Actor, idea: Idea) -> Verdict:
    """May this person comment and ask? Whoever sees the idea, as long as it is not withdrawn."""
    if idea.withdrawn_at is not None:
        return Verdict.no(_("The idea is withdrawn."))
    return Verdict.yes() if by.is_person else Verdict.no(_("Sign in to take part."))


def can_support_idea(by: Actor, idea: Idea) -> Verdict:
    """May this person support the idea? Not one's own: support is what others give."""
    if by.person_id == idea.author_id:
        return Verdict.no(_("It is your own idea. Support is what others give it."))
    return can_join_dialogue(by, idea)


def can_answer_idea(by: Actor, idea: Idea) -> Verdict:
    """May this person answer, gather and place the idea? The head of its field's expert group, and the secretariat."""
    if idea.withdrawn_at is not None:
        return Verdict.no(_("The idea is withdrawn, so it needs no answer."))
    houses = {idea.owner_id, idea.shared_with_id}
    if by.may("initiatives.answer_idea", *houses):
        fields = [h.field_id for h in by.held if h.role == "expert_group_lead" and h.entity_id in houses]
        secretariat = bool(by.roles_in(houses) & SECRETARIAT)
        if secretariat or idea.field_id is None or None in fields or idea.field_id in fields:
            return Verdict.yes()
    return Verdict.no(_("The head of the expert group answers the idea. The secretariat can do it too."))


def can_undo_answer(by: Actor, idea: Idea) -> Verdict:
    """May the answer be taken back? Not when it has become a need: the need is then written already."""
    if idea.became_id is not None:
        return Verdict.no(_("The idea has become a need. Withdraw the need if it was a mistake."))
    return can_answer_idea(by, idea)


def can_make_need(by: Actor, idea: Idea) -> Verdict:
    """May this person let the idea become a need? Those who answer it, and its author where the author may report needs."""
    if idea.became_id is not None:
        return Verdict.no(_("The idea has become a need already."))
    if idea.leading_id is not None:
        return Verdict.no(_("The idea is gathered with another. Use that one."))
    if by.person_id == idea.author_id and idea.withdrawn_at is None and can_start(by):
        return Verdict.yes()
    return can_answer_idea(by, idea)


def can_withdraw_idea(by: Actor, idea: Idea, *, answered: bool) -> Verdict:
    """May the idea be withdrawn? By its author, until it has its answer."""
    if by.person_id != idea.author_id:
        return Verdict.no(_("Only the one who sent the idea can withdraw it."))
    if answered:
        return Verdict.no(_("The idea has its answer, so it stays in the idea bank."))
    return Verdict(idea.withdrawn_at is None, _("The idea is withdrawn already."))


def can_remove_comment(by: Actor, comment: IdeaComment, idea: Idea) -> Verdict:
    """May this comment be removed? By whoever wrote it, and by those who answer the idea."""
    if comment.removed_at is not None:
        return Verdict.no(_("The comment is removed already."))
    return Verdict.yes() if by.person_id == comment.written_by_id else can_answer_idea(by, idea)
