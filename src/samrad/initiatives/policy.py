"""Who sees what of an initiative (flow.md D.6), what one may do with it, and what the groundwork lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from samrad.core.verdict import Lack, Verdict
from samrad.initiatives.content import FIELDS, RESPONSIBLES
from samrad.initiatives.models import Benefit, Initiative
from samrad.initiatives.queries import Sight, house_id, sight
from samrad.organisation.actors import Actor

Stage = Initiative.Stage
__all__ = [
    "Sight",
    "can_copy",
    "can_edit",
    "can_mark_reusable",
    "can_start",
    "house_id",
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


def can_copy(by: Actor, *, open_to_reader: bool) -> Verdict:
    """May this person begin a need with the texts of another? Whoever reads it, or finds it among what others share."""
    if not open_to_reader:
        return Verdict.no(_("You see only the title of this one. Its texts can be copied when it is open to you."))
    return can_start(by)


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
