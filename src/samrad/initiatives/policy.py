"""Who sees what of an initiative (flow.md D.6), what one may do with it, and what the groundwork lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from samrad.core.verdict import Lack, Verdict
from samrad.governance.models import Requirement, SizeClass
from samrad.governance.policy import can_send_needs
from samrad.governance.queries import budget_hours, own_requirements, switched_off
from samrad.initiatives.content import BY_CODE, FIELDS, RESPONSIBLES
from samrad.initiatives.models import Benefit, GoalLink, Initiative
from samrad.initiatives.queries import Readable, Sight, house_id, sight
from samrad.organisation.actors import Actor

Stage = Initiative.Stage
# What a requirement that a house can switch off covers, by the fields' anchors.
COVERED = {"benefits": ("id_benefits-0-title",), "costs": ("id_one_off_kr", "id_annual_kr", "id_zero_reason")}
OWN = "own"
"""Where the questions that the house has added are answered, as a step of the form."""
__all__ = [
    "Sight",
    "blocks",
    "can_edit",
    "can_mark_reusable",
    "can_start",
    "house_id",
    "lacks",
    "lacks_goal",
    "needs_budget",
    "own_lacks",
    "sight",
    "size_of",
]


def can_start(by: Actor) -> Verdict:
    """May this person report a need?"""
    if by.may("initiatives.start_draft"):
        return can_send_needs(by)
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
        if item.code == "goal":
            found.extend(lacks_goal(initiative))
        elif value is None or value == "":
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
    off = {anchor for code in switched_off(house_id(initiative), initiative.size) for anchor in COVERED.get(code, ())}
    found = [lack for lack in found if lack.anchor not in off]
    return (*found, *own_lacks(initiative, own_requirements(house_id(initiative), initiative.size)))


def lacks_goal(initiative: Initiative) -> list[Lack]:
    """What its link to the strategy lacks: a goal or a reason for none (S2), and a reason where it is outside the plan (S14)."""
    outside, reason = (str(initiative.answers.get(code) or "").strip() for code in ("outside_plan", "outside_reason"))
    found = []
    if outside and not reason:
        found.append(Lack(_("Say why it is outside the plan."), "id_outside_reason", "2"))
    explained = str(initiative.answers.get("goal") or "").strip() or outside
    if not explained and not initiative.goal_links.exists():
        found.append(Lack(_("Choose a goal, or say why there is none."), "id_goal", "2"))
    return found


def _of(value: Callable[[str], object], *codes: str) -> list[tuple[str, object]]:
    return [(str(BY_CODE[code].label), value(code)) for code in codes]


def _block(read: Readable, code: str, label: str, group: str, parts: list[tuple[str, object]]) -> Block:
    if group in read.masked:
        return Block(code, label, "hidden")
    missing = tuple(name for name, there in parts if there is None or there in ("", [], ()))
    state = "filled" if not missing else "unfilled" if len(missing) == len(parts) else "partly"
    return Block(code, label, state, missing)


@dataclass(frozen=True)
class Block:
    """One of the five blocks of groundwork (S2): filled, partly or unfilled, or hidden by an exemption."""

    code: str
    label: str
    state: str
    missing: tuple[str, ...] = ()


def blocks(read: Readable, links: Sequence[GoalLink]) -> tuple[Block, ...]:
    """How far the groundwork has come, block by block, as the submitter sees it."""
    value = read.values.get
    priced = [b for b in read.benefits if b.kroner_a_year or b.hours_a_year or b.assumption]
    parts: list[tuple[str, str, str, list[tuple[str, object]]]] = [
        ("challenge", _("Challenge"), "need", _of(value, "problem", "if_nothing", "affected")),
        ("groundwork", _("Groundwork"), "need", _of(value, "wanted", "consulted", "classification")),
        (
            "plan",
            _("Plan"),
            "costs",
            [
                *_of(value, "one_off_kr", "annual_kr", "question"),
                (_("Initiative responsible"), read.people.get("lead")),
            ],
        ),
        (
            "benefit",
            _("Benefit potential"),
            "benefits",
            [(_("A benefit"), read.benefits), (_("How large it is"), priced)],
        ),
        (
            "anchoring",
            _("Anchoring"),
            "need",
            [
                (_("A goal, or why none"), links or value("goal") or value("outside_reason")),
                *_of(value, "owning_sector"),
                (_("Need owner"), read.people.get("need_owner")),
            ],
        ),
    ]
    return tuple(_block(read, *part) for part in parts)


def own_lacks(initiative: Initiative, asked: Sequence[Requirement]) -> tuple[Lack, ...]:
    """What is unanswered of the questions that the house has added itself (S20)."""
    return tuple(
        Lack(_("Answer «%(question)s».") % {"question": one.question}, f"id_{one.code}", OWN)
        for one in asked
        if not initiative.answers.get(one.code)
    )


def needs_budget(initiative: Initiative) -> Verdict:
    """Does it need budget (S23)? New one-off or annual money, grants, or more internal hours than the mandate's limit."""
    one_off, annual = (
        initiative.one_off_kr or Decimal(0),
        initiative.annual_kr or Decimal(0),
    )
    if (one_off or annual) and initiative.funding != "own":
        return Verdict(True, _("Yes: it costs money that is not in your own budget today."))
    if annual:
        return Verdict(True, _("Yes: it binds money in the years to come."))
    limit = budget_hours(house_id(initiative)) if initiative.internal_hours else 0
    if (initiative.internal_hours or 0) > limit:
        return Verdict(
            True,
            _("Yes: it takes more than %(hours)s internal hours.") % {"hours": limit},
        )
    return Verdict(False, _("No: it is covered by your own budget and takes few hours."))


def size_of(initiative: Initiative, limits: Sequence[SizeClass] = ()) -> str:
    """The size class, by the house's own limits where it has any.

    Else as in forms.md G.1: small under 100 000 kr and 80 hours, large over 1 million or over 2 municipalities.
    """
    cost = (initiative.one_off_kr or Decimal(0)) + (initiative.annual_kr or Decimal(0))
    if limits and len(initiative.participant_ids) <= 2:
        hours = initiative.internal_hours or 0
        for one in limits:
            if (one.below_kr is None or cost < one.below_kr) and (one.below_hours is None or hours < one.below_hours):
                return one.code
    if cost > 1_000_000 or len(initiative.participant_ids) > 2:
        return Initiative.Size.LARGE
    if cost < 100_000 and (initiative.internal_hours or 0) < 80:
        return Initiative.Size.SMALL
    return Initiative.Size.MEDIUM
