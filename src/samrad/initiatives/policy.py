"""Who sees what of an initiative (flow.md D.6), what one may do with it, and what the groundwork lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from samrad.core.verdict import Lack, Verdict
from samrad.initiatives.content import FIELDS, RESPONSIBLES
from samrad.initiatives.models import Benefit, Idea, IdeaComment, Initiative
from samrad.initiatives.queries import Sight, house_id, sight
from samrad.organisation.actors import Actor
from samrad.organisation.roles import SECRETARIAT, roles_for

Stage = Initiative.Stage
__all__ = [
    "Sight",
    "can_answer_idea",
    "can_edit",
    "can_join_dialogue",
    "can_make_need",
    "can_mark_reusable",
    "can_name_owner",
    "can_remove_comment",
    "can_send_idea",
    "can_start",
    "can_support_idea",
    "can_undo_answer",
    "can_withdraw_idea",
    "house_id",
    "keeps_owners",
    "lacks",
    "needs_budget",
    "sight",
    "size_of",
]


def can_start(by: Actor) -> Verdict:
    """May this person report a need?"""
    if by.may("initiatives.start_draft"):
        return Verdict.yes()
    return Verdict.no(_("Only employees can report a need. Talk to the secretariat if you have an idea."))


def can_edit(by: Actor, initiative: Initiative, *, kinds: frozenset[str]) -> Verdict:
    """May this person change the content? Authors, the need owner and the one responsible, until it is decided."""
    if not kinds & {"author", "need_owner", "lead"}:
        return Verdict.no(_("Only those who write the need can change it."))
    if initiative.stage >= Stage.DECIDED:
        return Verdict.no(_("The case is decided, so the need can no longer be changed."))
    if initiative.status != Initiative.Status.ACTIVE:
        return Verdict.no(_("The initiative is no longer active, so the need cannot be changed."))
    return Verdict.yes()


def can_mark_reusable(by: Actor, initiative: Initiative, *, kinds: frozenset[str]) -> Verdict:
    """May this person let other cooperations see what it gave and cost? The need owner and the secretariat, once sent in."""
    secretariat = by.may("initiatives.mark_reusable", house_id(initiative))
    if "need_owner" not in kinds and not secretariat:
        return Verdict.no(_("Only the need owner and the secretariat can say that others can reuse it."))
    if initiative.stage < Stage.SUBMITTED:
        return Verdict.no(_("It must be sent in before others can see it."))
    return Verdict.yes()


def lacks(initiative: Initiative, benefits: Sequence[Benefit], people: Mapping[str, object]) -> tuple[Lack, ...]:
    """What the minimum requirements still lack, each with the field where it is mended (S20: benefits, costs, responsible)."""
    found = []
    for item in FIELDS:
        if not item.minimum:
            continue
        value = getattr(initiative, item.code) if item.column else initiative.answers.get(item.code)
        if value is None or value == "":
            found.append(
                Lack(
                    _("Fill in «%(label)s».") % {"label": item.label},
                    f"id_{item.code}",
                    str(item.step),
                )
            )
    both_zero = initiative.one_off_kr == 0 and initiative.annual_kr == 0
    if both_zero and not initiative.answers.get("zero_reason"):
        found.append(Lack(_("Say why it costs nothing."), "id_zero_reason", "5"))
    if not [b for b in benefits if b.removed_at is None]:
        found.append(Lack(_("Name at least one benefit."), "id_benefits-0-title", "4"))
    for kind, label, minimum in RESPONSIBLES:
        if minimum and not people.get(kind):
            found.append(Lack(_("Name: %(label)s.") % {"label": label}, f"id_{kind}", "6"))
    return tuple(found)


def needs_budget(initiative: Initiative, *, hours_limit: int = 80) -> Verdict:
    """Does it need budget (S23)? New one-off or annual money, grants, or more internal hours than the limit."""
    one_off, annual = (
        initiative.one_off_kr or Decimal(0),
        initiative.annual_kr or Decimal(0),
    )
    if (one_off or annual) and initiative.funding != "own":
        return Verdict(True, _("Yes: it costs money that is not in your own budget today."))
    if annual:
        return Verdict(True, _("Yes: it binds money in the years to come."))
    if (initiative.internal_hours or 0) > hours_limit:
        return Verdict(
            True,
            _("Yes: it takes more than %(hours)s internal hours.") % {"hours": hours_limit},
        )
    return Verdict(False, _("No: it is covered by your own budget and takes few hours."))


def size_of(initiative: Initiative) -> str:
    """The size class (forms.md G.1): small under 100 000 kr and 80 hours, large over 1 million or over 2 municipalities."""
    cost = (initiative.one_off_kr or Decimal(0)) + (initiative.annual_kr or Decimal(0))
    if cost > 1_000_000 or len(initiative.participant_ids) > 2:
        return Initiative.Size.LARGE
    if cost < 100_000 and (initiative.internal_hours or 0) < 80:
        return Initiative.Size.SMALL
    return Initiative.Size.MEDIUM


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


def can_name_owner(by: Actor, initiative: Initiative) -> Verdict:
    """May this person name a new owner after one who has left? The owning sector's head, the secretariat, an administrator."""
    houses = {initiative.owner_id, initiative.shared_with_id}
    if initiative.stage == Stage.DRAFT and not by.holds("administrator"):
        return Verdict.no(_("It is a draft still, so only those who write it see it. Ask the administrator."))
    heads = by.holds("sector_head", unit_id=initiative.owning_sector_id) if initiative.owning_sector_id else False
    roles = by.roles_in(houses) & (roles_for("initiatives.name_owner") - {"sector_head"})
    if heads or roles:
        return Verdict.yes()
    return Verdict.no(_("The head of the owning sector, the secretariat or the administrator names a new owner."))


def keeps_owners(initiative: Initiative, people: Mapping[str, int | None]) -> Verdict:
    """Does what is sent keep both a need owner and someone responsible?"""
    if initiative.stage > Stage.DRAFT and not all(people.get(kind, True) for kind in ("need_owner", "lead")):
        return Verdict.no(_("What is sent must have both a need owner and a responsible. Choose someone else instead."))
    return Verdict.yes()
