"""Who sees what of an initiative (flow.md D.6), what one may do with it, and what the groundwork lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samrad.core.money import kroner
from samrad.core.verdict import Lack, Verdict
from samrad.governance.models import Requirement
from samrad.governance.policy import can_send_needs
from samrad.initiatives.content import (
    BY_CODE,
    DEFAULT_PLANS,
    FIELDS,
    RESPONSIBLES,
    Plan,
)
from samrad.initiatives.models import (
    Benefit,
    Initiative,
    Takeover,
)
from samrad.initiatives.queries import Readable, house_id, plans_of, questions_for, size_limits
from samrad.initiatives.screening import Question
from samrad.organisation.actors import Actor
from samrad.organisation.roles import roles_for

Stage = Initiative.Stage
# What a requirement that a house can switch off covers, by the fields' anchors.
COVERED = {"benefits": ("id_benefits-0-title",), "costs": ("id_one_off_kr", "id_annual_kr", "id_zero_reason")}
OWN = "own"
"""Where the questions that the house has added are answered, as a step of the form."""
SCREENING = "screening"
"""The code of the requirement that the check be answered."""


def can_start(by: Actor) -> Verdict:
    """May this person report a need?"""
    if by.may("initiatives.start_draft"):
        return can_send_needs(by)
    return Verdict.no(_("Only employees can report a need. Talk to the secretariat if you have an idea."))


def can_copy(by: Actor, *, open_to_reader: bool) -> Verdict:
    """May this person begin a need with the texts of another? Whoever reads it, or finds it among what others share."""
    if not open_to_reader:
        return Verdict.no(_("You see only the title of this one. Its texts can be copied when it is open to you."))
    return can_start(by)


def is_writer(kinds: frozenset[str]) -> Verdict:
    """Is this person among those who write the need: its authors, the need owner and the one responsible?"""
    if kinds & {"author", "need_owner", "lead"}:
        return Verdict.yes()
    return Verdict.no(_("Only those who write the need can change it."))


def can_edit(by: Actor, initiative: Initiative, *, kinds: frozenset[str]) -> Verdict:
    """May this person change the content? Authors, the need owner and the one responsible, until it is decided."""
    writes = is_writer(kinds)
    if not writes:
        return writes
    if initiative.stage >= Stage.DECIDED and initiative.reopened_at is None:
        return Verdict.no(_("The case is decided, so the need can no longer be changed."))
    if initiative.status != Initiative.Status.ACTIVE:
        return Verdict.no(_("The initiative is no longer active, so the need cannot be changed."))
    return Verdict.yes()


def can_link(codes: AbstractSet[str], *, known: AbstractSet[str]) -> Verdict:
    """May these goals and points be linked? Those of the strategies in force where the initiative belongs."""
    if codes <= known:
        return Verdict.yes()
    return Verdict.no(_("Choose goals and points from the list: those of a strategy that is in force where you work."))


def can_mark_reusable(by: Actor, initiative: Initiative, *, kinds: frozenset[str]) -> Verdict:
    """May this person let other cooperations see what it gave and cost? The need owner and the secretariat, once sent in."""
    secretariat = by.may("initiatives.mark_reusable", house_id(initiative))
    if "need_owner" not in kinds and not secretariat:
        return Verdict.no(_("Only the need owner and the secretariat can say that others can reuse it."))
    if initiative.stage < Stage.SUBMITTED:
        return Verdict.no(_("It must be sent in before others can see it."))
    return Verdict.yes()


def _unanswered(initiative: Initiative, plan: Plan) -> list[Lack]:
    found = []
    for item in FIELDS:
        if not plan.needs(item):
            continue
        value = getattr(initiative, item.code) if item.column else initiative.answers.get(item.code)
        if item.code == "goal":
            found.extend(lacks_goal(initiative))
        elif value is None or value == "":
            text = _("Fill in «%(label)s».") % {"label": item.label}
            found.append(Lack(text, f"id_{item.code}", str(item.step)))
    return found


def _unfit_costs(initiative: Initiative) -> list[Lack]:
    """What the costs say that does not hold together."""
    found = []
    if initiative.one_off_kr == 0 and initiative.annual_kr == 0 and not initiative.answers.get("zero_reason"):
        found.append(Lack(_("Say why it costs nothing."), "id_zero_reason", "5"))
    years = initiative.answers.get("years") or []
    if years:
        spread = sum((Decimal(str(row.get("one_off") or 0)) for row in years), Decimal(0))
        if spread != (initiative.one_off_kr or 0):
            text = _("The one-off cost is %(whole)s, but the years add up to %(years)s. Correct one of them.")
            words = {"whole": kroner(initiative.one_off_kr or 0), "years": kroner(spread)}
            found.append(Lack(text % words, "id_year-0-one_off", "5"))
    return found


def lacks(
    initiative: Initiative,
    benefits: Sequence[Benefit],
    people: Mapping[str, object],
    *,
    plan: Plan | None = None,
    questions: Sequence[Question] = (),
) -> tuple[Lack, ...]:
    """What the minimum requirements still lack, each with the field where it is mended (S20: benefits, costs, responsible)."""
    plan = plan or DEFAULT_PLANS[Initiative.Size(initiative.size)]
    found = _unanswered(initiative, plan)
    if initiative.classification == Initiative.Classification.OPERATION:
        text = _(
            "What is operation goes to the service desk. Choose development or maintenance if it is more than that."
        )
        found.append(Lack(text, "id_classification", "1"))
    found += _unfit_costs(initiative)
    if not [b for b in benefits if b.removed_at is None]:
        found.append(Lack(_("Name at least one benefit."), "id_benefits-0-title", "4"))
    for kind, label, minimum in RESPONSIBLES:
        if minimum and not people.get(kind):
            found.append(Lack(_("Name: %(label)s.") % {"label": label}, f"id_{kind}", "6"))
    open_ones = [q for q in questions if not initiative.answers.get(q.field)]
    if open_ones and SCREENING in plan.required and 7 in plan.steps:
        text = ngettext(
            "Answer the check: one question is left.", "Answer the check: %(n)s questions are left.", len(open_ones)
        )
        found.append(Lack(text % {"n": len(open_ones)}, f"id_{open_ones[0].field}_0", "7"))
    off = off_anchors(plan)
    kept = sorted((lack for lack in found if lack.anchor not in off), key=lambda lack: int(lack.step))
    return (*kept, *own_lacks(initiative, plan.own))


def off_anchors(plan: Plan) -> frozenset[str]:
    """The fields that are not asked for where the house has switched off what covers them."""
    return frozenset(anchor for code in plan.off for anchor in COVERED.get(code, ()))


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


def blocks(read: Readable, links: Sequence[object]) -> tuple[Block, ...]:
    """How far the groundwork has come, block by block, as the submitter sees it."""
    value = read.values.get
    priced = [b for b in read.benefits if b.kroner_a_year or b.hours_a_year or b.assumption or b.quality]
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


def budget_reasons(initiative: Initiative, *, hours_limit: int = 80) -> list[str]:
    """Why a need requires budget (S23), each in words: new one-off and annual money, coming years, grants, internal hours."""
    one_off, annual = initiative.one_off_kr or Decimal(0), initiative.annual_kr or Decimal(0)
    own, found = initiative.funding == "own", []
    if (one_off or annual) and not own:
        found.append(_("it costs money that is not in your own budget today"))
    if annual and own:
        found.append(_("it binds money in the years to come"))
    if initiative.funding == "grant" and (one_off or annual):
        found.append(
            _("others pay a part, so the council must see your own share and what happens when the grant ends")
        )
    later = [row for row in (initiative.answers.get("years") or [])[1:] if Decimal(str(row.get("one_off") or 0))]
    if own and later:
        found.append(_("some of the one-off cost comes in later years, whose budgets are not decided"))
    if (initiative.internal_hours or 0) > hours_limit:
        found.append(_("it takes more than %(hours)s internal hours") % {"hours": hours_limit})
    return found


def needs_budget(initiative: Initiative, *, hours_limit: int = 80) -> Verdict:
    """Does it need budget (S23)? The answer says every reason."""
    reasons = budget_reasons(initiative, hours_limit=hours_limit)
    if initiative.one_off_kr is None and initiative.annual_kr is None and not reasons:
        return Verdict(False, _("You see it here when you have written what it costs."))
    if reasons:
        return Verdict(True, _("Yes: %(reasons)s.") % {"reasons": "; ".join(reasons)})
    return Verdict(False, _("No: it is covered by your own budget and takes few hours."))


Limits = Sequence[tuple[str, Decimal | None, int | None]]
# A class holds what costs and takes less than its limits, as in governance's SizeClass: a million kroner is large.
DEFAULT_LIMITS: Limits = (
    ("small", Decimal(100_000), 80),
    ("medium", Decimal(1_000_000), None),
    ("large", None, None),
)
ORDER = [str(size) for size in Initiative.Size.values]


def size_of(
    initiative: Initiative,
    *,
    limits: Limits = DEFAULT_LIMITS,
    plans: Mapping[str, Plan] = DEFAULT_PLANS,
    questions: Sequence[Question] = (),
) -> str:
    """The size class (forms.md G.1): the smallest whose limits hold; many municipalities or high risk make it larger."""
    cost = (initiative.one_off_kr or Decimal(0)) + (initiative.annual_kr or Decimal(0))
    hours = initiative.internal_hours or 0
    size = next(
        (
            code
            for code, below_kr, below_hours in limits
            if (below_kr is None or cost < below_kr) and (below_hours is None or hours < below_hours)
        ),
        str(Initiative.Size.LARGE),
    )
    found = [size]
    found += [
        code
        for code, plan in plans.items()
        if plan.from_municipalities and len(initiative.participant_ids) >= plan.from_municipalities
    ]
    # What was answered while the need was larger counts only as long as the form asks it.
    if any(q.high_risk and initiative.answers.get(q.field) == "yes" for q in questions) and 7 in plans[size].steps:
        found.append(str(Initiative.Size.LARGE))
    return max(found, key=lambda code: ORDER.index(code) if code in ORDER else 0)


def size_on(initiative: Initiative, *, on: date) -> str:
    """The size class of a need as it stands, by what its house has in force on a day."""
    house = house_id(initiative)
    limits = size_limits(house, on=on) or DEFAULT_LIMITS
    return size_of(initiative, limits=limits, plans=plans_of(house, on=on), questions=questions_for(house, on=on))


def can_answer_takeover(by: Actor, takeover: Takeover) -> Verdict:
    """May this person take over the draft or turn it down? The one who was asked, once."""
    if by.person_id != takeover.asked_id:
        return Verdict.no(_("Only the one who was asked can answer."))
    if takeover.answer:
        return Verdict.no(_("It is answered already."))
    return Verdict.yes()


def can_take_in_request(by: Actor) -> Verdict:
    """May this person make a mail or a ticket into a draft?"""
    if by.may("initiatives.take_in_request"):
        return Verdict.yes()
    return Verdict.no(_("Only the secretariat, coordinators and IT staff can do this. You can report a need yourself."))


def can_import_needs(by: Actor) -> Verdict:
    """May this person bring in needs from another form tool?"""
    if by.may("initiatives.import_needs"):
        return Verdict.yes()
    return Verdict.no(_("Only the secretariat and administrators can bring in needs from another form tool."))


def can_forward(by: Actor, initiative: Initiative, *, kinds: frozenset[str], desk: bool) -> Verdict:
    """May this person forward it to the service desk? Whoever may change it, while nobody else has been asked."""
    editing = can_edit(by, initiative, kinds=kinds)
    if not editing:
        return editing
    if initiative.stage != Stage.DRAFT:
        return Verdict.no(_("It has been sent on already. Ask the secretariat to redirect it."))
    if initiative.classification != Initiative.Classification.OPERATION:
        return Verdict.no(_("Only what is operation goes to the service desk."))
    if not desk:
        return Verdict.no(_("Your municipality has not said where the service desk is. Ask the administrator."))
    return Verdict.yes()


def can_take_back(by: Actor, initiative: Initiative, *, kinds: frozenset[str], forwarded: bool) -> Verdict:
    """May this person take up again what was forwarded to the service desk?"""
    writes = is_writer(kinds)
    if not writes:
        return writes
    if not forwarded or initiative.status != Initiative.Status.WITHDRAWN or initiative.stage != Stage.DRAFT:
        return Verdict.no(_("It has not been forwarded to the service desk."))
    return Verdict.yes()


def can_invite(by: Actor, initiative: Initiative, *, kinds: frozenset[str]) -> Verdict:
    """May this person let others write along? Those who write the need themselves."""
    return can_edit(by, initiative, kinds=kinds)


def can_remove_author(by: Actor, initiative: Initiative, *, kinds: frozenset[str], authors: int) -> Verdict:
    """May an author be taken away? Not the last one: somebody must be able to write."""
    editing = can_edit(by, initiative, kinds=kinds)
    if editing and authors < 2:
        return Verdict.no(_("Somebody must be able to write. Let another person in first."))
    return editing


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
