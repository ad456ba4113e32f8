"""Whether a project may pass its next gate, and who says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samrad.core.verdict import Lack, Verdict
from samrad.organisation.actors import Actor
from samrad.portfolio.checklists import BENEFIT_PLAN, DPIA, STOPS
from samrad.portfolio.models import GateCondition, GateReview, Project
from samrad.portfolio.policy.handover import handover_lacks
from samrad.portfolio.policy.projects import can_pass_gate, can_report, role_lacks, staffing_lacks
from samrad.portfolio.queries.gates import Standing
from samrad.portfolio.workflow import STAFFED_PHASES

Answer = GateReview.Answer


def can_answer_gate(by: Actor, standing: Standing | None) -> Verdict:
    """May this person fill in the check list? Those who report for the project, until it lies with the body."""
    if standing is None:
        return Verdict.no(_("The project has passed its last gate."))
    if not can_report(by, standing.project):
        return Verdict.no(_("Only the project manager, the project owner and the portfolio manager fill this in."))
    if standing.review is not None and standing.review.state == GateReview.State.WITH_BODY:
        return Verdict.no(_("The gate lies with the body now."))
    return Verdict.yes()


def _dpia_lacks(standing: Standing) -> tuple[Lack, ...]:
    """Where the need uses personal data, the assessment must be done, not «not relevant»."""
    asked = [code for code, _text in standing.questions]
    if DPIA not in asked or not standing.personal_data:
        return ()
    if standing.review and standing.review.said(DPIA).get("answer") == Answer.YES:
        return ()
    text = _(
        "The DPIA is missing. The screening says that the initiative uses personal data, so it must be done first."
    )
    return (Lack(text, f"id_{DPIA}_0"),)


def _benefit_lacks(standing: Standing) -> tuple[Lack, ...]:
    """There must be a benefit to realise, and an approved plan for every one of them."""
    if BENEFIT_PLAN not in [code for code, _text in standing.questions]:
        return ()
    found = []
    if not standing.review or standing.review.said(BENEFIT_PLAN).get("answer") != Answer.YES:
        found.append(Lack(_("The benefits realisation plan is missing."), f"id_{BENEFIT_PLAN}_0"))
    if not standing.benefits.benefits:
        found.append(Lack(_("The initiative has no benefit, so there is nothing to realise.")))
    elif not standing.benefits.approved:
        text = _("No approved benefits realisation plan holds every benefit yet.")
        found.append(Lack(text, reverse("benefits:plan_detail", args=[standing.project.initiative_id])))
    return tuple(found)


def _answer_lacks(standing: Standing) -> tuple[Lack, ...]:
    review = standing.review
    said = {code: review.said(code) if review else {} for code, _text in standing.questions}
    left = [code for code, row in said.items() if not row.get("answer")]
    found = []
    if left:
        text = ngettext(
            "%(number)s question in the check list is not answered.",
            "%(number)s questions in the check list are not answered.",
            len(left),
        ) % {"number": len(left)}
        found.append(Lack(text, f"id_{left[0]}_0"))
    for code, text in standing.questions:
        row = said[code]
        if row.get("answer") == Answer.NO and not row.get("note"):
            found.append(Lack(_("Say why the answer is no: %(question)s") % {"question": text}, f"id_{code}_note"))
        if code in STOPS and row.get("answer") == Answer.YES and not row.get("note"):
            found.append(Lack(_("Say where it stands: %(question)s") % {"question": text}, f"id_{code}_note"))
    return tuple(found)


def _condition_lacks(standing: Standing) -> tuple[Lack, ...]:
    """What the project owner asked for at an earlier gate, or this one, and is not met. The text stands below on the page."""
    words = _("A condition from %(gate)s is not met: %(who)s, by %(due)s.")
    return tuple(
        Lack(
            words % {"gate": row.review.gate, "who": row.responsible.name, "due": row.due_date.strftime("%d.%m.%Y")},
            reverse("portfolio:gate_condition_meet", args=[row.pk]),
        )
        for row in standing.own_conditions
    )


def conditions_lack(rows: Sequence[tuple[str, int | None, date | None]], *, on: date) -> tuple[Lack, ...]:
    """What a condition lacks: each is said, is somebody's, and has a day that is not past."""
    found = []
    for number, (text, responsible, due) in enumerate(rows):
        asked = (
            ("text", text.strip(), _("Say what the condition is.")),
            ("responsible", responsible, _("Choose who is responsible for the condition.")),
            ("due", due, _("Write when the condition is to be met.")),
            ("due", due is None or due >= on, _("The deadline of the condition has passed already.")),
        )
        found += [Lack(words, f"id_c{number}_{name}") for name, told, words in asked if not told]
    return tuple(found)


def can_meet_gate_condition(by: Actor, condition: GateCondition) -> Verdict:
    """May this person tick off a condition? The one responsible, and the project owner."""
    if condition.met_at is not None:
        return Verdict.no(_("The condition is met already."))
    if by.is_person and by.person_id in (condition.responsible_id, condition.review.project.project_owner_id):
        return Verdict.yes()
    return Verdict.no(_("Only the one responsible and the project owner tick off the condition."))


def _reopened_lacks(standing: Standing) -> tuple[Lack, ...]:
    """A project that was stopped and is opened anew goes on when its new case is treated."""
    if standing.project.initiative.reopened_at is None:
        return ()
    return (Lack(_("The project is opened anew. Its new case must be treated before the next gate.")),)


def gate_lacks(standing: Standing) -> tuple[Lack, ...]:
    """Everything that stops the project at its next gate, one by one."""
    project = standing.project
    people = staffing_lacks(project) if standing.gate.target in STAFFED_PHASES else role_lacks(project, "project_owner")
    stopped = can_pass_gate(standing.conditions, standing.start).lacks
    handed = handover_lacks(project, standing.handovers)
    own = _condition_lacks(standing)
    return (
        *_reopened_lacks(standing),
        *people,
        *stopped,
        *own,
        *handed,
        *_dpia_lacks(standing),
        *_benefit_lacks(standing),
        *_answer_lacks(standing),
    )


def gate_verdict(standing: Standing) -> Verdict:
    """May the project pass? With every reason where it may not."""
    lacks = gate_lacks(standing)
    if lacks:
        return Verdict.no(_("The project cannot pass its next gate yet."), lacks)
    return Verdict.yes()


def _is_owner(by: Actor, project: Project) -> bool:
    return by.is_person and by.person_id == project.project_owner_id


def can_decide_gate(by: Actor, standing: Standing, *, passes: bool = True) -> Verdict:
    """May this person decide at the gate? The project owner, where the size class leaves it to the owner."""
    if standing.body is not None:
        name = standing.body.name
        return Verdict.no(_("%(body)s decides at this gate for initiatives of this size.") % {"body": name})
    if not _is_owner(by, standing.project):
        return Verdict.no(_("Only the project owner decides at this gate."))
    return gate_verdict(standing) if passes else Verdict.yes()


def can_send_gate(by: Actor, standing: Standing) -> Verdict:
    """May this person send the gate to the body as a case?"""
    if standing.body is None:
        return Verdict.no(_("The project owner decides at this gate."))
    may = can_answer_gate(by, standing)
    return gate_verdict(standing) if may else may
