"""Who reads and keeps the list of those a project concerns."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samrad.core.verdict import Lack, Verdict
from samrad.organisation.actors import Actor
from samrad.portfolio.models import Project, Stakeholder
from samrad.portfolio.policy.projects import can_report, sees_exempt


def can_keep_stakeholders(by: Actor, project: Project) -> Verdict:
    """May this person write down whom the project concerns? Those who report for the project."""
    if can_report(by, project):
        return Verdict.yes()
    return Verdict.no(
        _("Only the project manager, the project owner and the portfolio manager write down whom it concerns.")
    )


def can_read_stakeholders(by: Actor, project: Project) -> Verdict:
    """May this person read what is thought of others' attitudes? Those who keep the list, and those who steer."""
    if can_keep_stakeholders(by, project) or sees_exempt(by, project.portfolio):
        return Verdict.yes()
    return Verdict.no(
        _("The list says what the project thinks of people's attitudes, so only those who steer the project read it.")
    )


def stakeholder_lacks(standing: Stakeholder | None, name: str) -> tuple[Lack, ...]:
    """A name stands once in a project's list."""
    if not name.strip():
        return (Lack(_("Write who it is."), "id_name"),)
    if standing is not None:
        return (Lack(_("This one is on the list already. Choose another name."), "id_name"),)
    return ()
