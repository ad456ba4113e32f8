"""The one table of what people are told: in which group it belongs, why one gets it, and how it usually comes.

A code that stands nowhere here comes at once, so that nothing is lost; a test sees that every code has its place.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Delivery(models.TextChoices):
    """How one hears of something outside Samråd. In Samråd itself it always stands."""

    AT_ONCE = "at_once", _("E-mail at once")
    WEEKLY = "weekly", _("In the weekly letter")
    HERE = "here", _("Only in Samråd")


@dataclass(frozen=True)
class Group:
    """What one chooses for: what it is, how it usually comes, and whether it may be left out of the mail."""

    label: Promise
    help: Promise
    usual: Delivery
    must_do: bool = False  # what one must do is never left out of the mail


GROUPS: dict[str, Group] = {
    "to_do": Group(
        _("What you must do"),
        _("You are asked, reminded, or have been given something to do."),
        Delivery.AT_ONCE,
        must_do=True,
    ),
    "meetings": Group(
        _("Meetings you are called to"),
        _("Notices of meeting, and meetings that are moved or cancelled."),
        Delivery.AT_ONCE,
        must_do=True,
    ),
    "answers": Group(
        _("Answers to you"),
        _("Someone answers a need or an idea that is yours, or sends it back."),
        Delivery.AT_ONCE,
    ),
    "decisions": Group(
        _("Decisions that concern you"),
        _("What was recommended and decided in cases you have to do with."),
        Delivery.AT_ONCE,
    ),
    "progress": Group(
        _("What happens in your cases"),
        _("Sent in, withdrawn, minutes approved: nothing you have to do."),
        Delivery.WEEKLY,
    ),
    "dialogue": Group(
        _("Dialogue about ideas"),
        _("Comments and questions about your ideas, and answers to what you asked."),
        Delivery.WEEKLY,
    ),
    "followed": Group(
        _("What you follow"),
        _("Ideas and initiatives where you have pressed «Follow»."),
        Delivery.WEEKLY,
    ),
}
ALWAYS = "account"  # about one's own account: no choice, for it may be somebody else who did it


@dataclass(frozen=True)
class Notice:
    """One kind of message: its group, and why one gets it."""

    group: str
    why: Promise | str


_ASKED = _("You get this because you are asked, or hold the role that is asked.")
_NAMED = _("You get this because you are named in the case, or are among those it concerns.")
_SEATED = _("You get this because you have a seat in the body.")
_PREPARES = _("You get this because you write the need, or prepare the case.")
_IDEA = _("You get this because the idea is yours, or you asked about it.")

NOTICES: dict[str, Notice] = {
    "anchoring.asked": Notice("to_do", _ASKED),
    "anchoring.reminded": Notice("to_do", ""),  # says so itself
    "anchoring.recorded": Notice("to_do", _("You get this because an answer was written down in your name.")),
    "anchoring.passed": Notice("answers", ""),  # says so itself
    "anchoring.answered": Notice("answers", _("You get this because you are named in the need.")),
    "anchoring.contested": Notice("progress", _NAMED),
    "anchoring.escalated": Notice("to_do", _ASKED),
    "anchoring.hearing_ended": Notice("answers", _NAMED),
    "anchoring.guest_commented": Notice("answers", _NAMED),
    "anchoring.submitted": Notice("progress", _NAMED),
    "benefits.plan_waits": Notice("to_do", _("You get this because you own a benefit in the plan.")),
    "cases.condition": Notice("to_do", _("You get this because you are made responsible for the condition.")),
    "cases.decide": Notice("to_do", _("You get this because you decide for your municipality.")),
    "cases.decide_in_line": Notice("to_do", _("You get this because you decide in your sector.")),
    "cases.recommended": Notice("decisions", _NAMED),
    "cases.decided": Notice("decisions", _NAMED),
    "cases.settled": Notice("decisions", _NAMED),
    "cases.assigned": Notice("to_do", _("You get this because the assignment is given to you.")),
    "cases.assignment_answered": Notice("answers", _("You get this because you gave the assignment.")),
    "cases.sent_on": Notice("progress", _NAMED),
    "cases.turned": Notice("progress", _NAMED),
    "cases.withdrawn": Notice("progress", _NAMED),
    "council.notice": Notice("meetings", _SEATED),
    "council.moved": Notice("meetings", _SEATED),
    "council.cancelled": Notice("meetings", _SEATED),
    "council.minutes": Notice("progress", _SEATED),
    "council.urgent": Notice("meetings", _SEATED),
    "council.substitute": Notice("to_do", _SEATED),
    "council.corrected": Notice(
        "progress", _("You get this because you sat in the meeting, or are named in the case.")
    ),
    "council.action_point": Notice("to_do", _("You get this because you are made responsible for it.")),
    "governance.cycle_changed": Notice("followed", _("You get this because you follow it.")),
    "governance.cycle_published": Notice("followed", _("You get this because you follow it.")),
    "governance.mandate_waits": Notice("to_do", _("You get this because you adopt the mandates.")),
    "portfolio.deviation": Notice("to_do", _("You get this because you answer for the project or its portfolio.")),
    "portfolio.change_asked": Notice("to_do", _("You get this because you own the project.")),
    "portfolio.change_decided": Notice("answers", _("You get this because you asked for it, or lead the project.")),
    "portfolio.gate_condition": Notice("to_do", _("You get this because the condition is yours to meet.")),
    "portfolio.gate_condition_due": Notice("to_do", _("You get this because the condition is yours to meet.")),
    "portfolio.people_asked": Notice("to_do", _("You get this because you lead the unit.")),
    "portfolio.people_answered": Notice("answers", _("You get this because you asked for it, or lead the project.")),
    "portfolio.report_due": Notice("to_do", _("You get this because you lead the project.")),
    "portfolio.report_late": Notice("to_do", _("You get this because you lead or own the project.")),
    "portfolio.measure_decided": Notice("to_do", _("You get this because you answer for the project.")),
    "portfolio.measure_given": Notice("to_do", _("You get this because you are made responsible for it.")),
    "portfolio.measure_due": Notice("to_do", _("You get this because you are made responsible for it.")),
    "portfolio.measure_settled": Notice("answers", _("You get this because you answer for the project.")),
    "portfolio.report_sent": Notice("to_do", _("You get this because you sit in the portfolio board.")),
    "governance.term": Notice("to_do", _("You get this because you look after who sits in the body.")),
    "strategy.round": Notice("to_do", _ASKED),
    "strategy.answered": Notice("answers", _("You get this because you gave the input.")),
    "strategy.written_down": Notice("to_do", _("You get this because an answer was written down in your name.")),
    "strategy.responsible": Notice("to_do", _("You get this because you are made responsible for it.")),
    "systems.ending": Notice("to_do", _("You get this because you own or look after the system.")),
    "secretariat.assigned": Notice("to_do", _("You get this because you are, or were, the case officer.")),
    "secretariat.question": Notice("to_do", _PREPARES),
    "secretariat.word": Notice("answers", _PREPARES),
    "secretariat.review_asked": Notice("to_do", _("You get this because you are asked for an assessment.")),
    "secretariat.review_reminded": Notice("to_do", _("You get this because you are asked for an assessment.")),
    "secretariat.review_overdue": Notice("to_do", _("You get this because you are asked, or prepare the case.")),
    "secretariat.review_answered": Notice("answers", _("You get this because you prepare the case, or asked.")),
    "secretariat.review_ended": Notice("answers", _("You get this because you were asked for an assessment.")),
    "secretariat.redirected": Notice("answers", _NAMED),
    "secretariat.round_late": Notice("answers", _("You get this because you write the need.")),
    "secretariat.score": Notice("to_do", _ASKED),
    "secretariat.returned": Notice("to_do", _("You get this because you write the need.")),
    "initiatives.invited": Notice("to_do", _("You get this because you write the need.")),
    "initiatives.takeover_asked": Notice("to_do", _ASKED),
    "initiatives.takeover_answered": Notice("answers", _("You get this because you asked.")),
    "initiatives.idea_sent": Notice("to_do", _("You get this because you answer ideas in this field.")),
    "initiatives.idea_due": Notice("to_do", _("You get this because you owe the answer, or look after the idea bank.")),
    "initiatives.idea_answered": Notice("answers", _("You get this because you sent the idea.")),
    "initiatives.idea_commented": Notice("dialogue", _IDEA),
    "initiatives.followed": Notice("followed", _("You get this because you follow it.")),
    "initiatives.owner_named": Notice("to_do", _("You get this because you are named as owner or responsible.")),
    "initiatives.owner_left": Notice("to_do", _("You get this because you look after initiatives that lack an owner.")),
    "organisation.password_changed": Notice(ALWAYS, _("You get this because it is about your own account.")),
}


def group_of(code: str) -> str:
    """The group a code belongs to; one that is not placed is something to do, so that it comes at once."""
    notice = NOTICES.get(code)
    return notice.group if notice else "to_do"


def usual(group: str) -> Delivery:
    """How what belongs to a group comes to someone who has chosen nothing."""
    return GROUPS[group].usual if group in GROUPS else Delivery.AT_ONCE


def choices_for(group: str) -> list[tuple[str, str]]:
    """What one may choose for a group: what one must do is never left out of the mail."""
    return [
        (str(value), str(label))
        for value, label in Delivery.choices
        if not (GROUPS[group].must_do and value == Delivery.HERE)
    ]
