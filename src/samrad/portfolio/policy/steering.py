"""Who keeps risks and asks for changes, and who decides them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from samrad.core.verdict import Lack, Verdict
from samrad.governance.models import Body
from samrad.organisation.actors import Actor
from samrad.portfolio.models import ChangeRequest, Portfolio, Project
from samrad.portfolio.policy.projects import can_manage, can_report


def can_keep_risks(by: Actor, portfolio: Portfolio, project: Project | None) -> Verdict:
    """May this person write down risks? Those who report for the project; the portfolio's own its manager."""
    if project is None:
        return can_manage(by, portfolio)
    if can_report(by, project):
        return Verdict.yes()
    return Verdict.no(_("Only the project manager, the project owner and the portfolio manager keep the risks."))


def can_ask_change(by: Actor, project: Project, waiting: ChangeRequest | None) -> Verdict:
    """May this person ask for a change? Those who report for the project, one change at a time."""
    if not can_report(by, project):
        return Verdict.no(_("Only the project manager, the project owner and the portfolio manager ask for changes."))
    if waiting is not None:
        return Verdict.no(_("A change waits for an answer. Ask for the next one when it is decided."))
    return Verdict.yes()


def change_lacks(
    reason: str,
    frame_kr: Decimal | None,
    contingency_kr: Decimal | None,
    start_date: date | None,
    end_date: date | None,
    project: Project,
) -> tuple[Lack, ...]:
    """What a request for a change of a project lacks."""
    found = []
    if frame_kr is None and contingency_kr is None and start_date is None and end_date is None:
        words = _("Say what is to be changed: the frame, the contingency, the start or the end.")
        found.append(Lack(words, "id_frame_kr"))
    if frame_kr is not None and contingency_kr is not None and contingency_kr > frame_kr:
        found.append(Lack(_("The contingency is a part of the frame, so it cannot be larger."), "id_contingency_kr"))
    start, end = start_date or project.start_date, end_date or project.end_date
    if (start_date or end_date) and start and end and end < start:
        field = "id_end_date" if end_date else "id_start_date"
        found.append(Lack(_("The project cannot end before it starts."), field))
    if not reason.strip():
        found.append(Lack(_("Say why. Those who decide will read it."), "id_reason"))
    return tuple(found)


def can_decide_change(by: Actor, change: ChangeRequest, body: Body | None) -> Verdict:
    """May this person decide the change? The project owner, where the size class leaves it to the owner."""
    if change.state == ChangeRequest.State.WITH_BODY or body is not None:
        return Verdict.no(_("The body decides this change, as a case."))
    if change.decided_at is not None:
        return Verdict.no(_("The change is decided already."))
    if by.is_person and by.person_id == change.project.project_owner_id:
        return Verdict.yes()
    return Verdict.no(_("Only the project owner decides this change."))
